"""What a partner reads about each refusal, in French. No message quotes a cell."""

from bilan.contracts import Column, Contract, Kind
from bilan.intake.advice import OF_COLUMNS, OF_FILES, OF_ROWS
from bilan.intake.cells import allowed_values
from bilan.intake.elsewhere import SAID_ELSEWHERE
from bilan.intake.inputs import Reference, Source
from bilan.intake.lives import MOST_YEARS_BEFORE
from bilan.intake.nature import ADVICE as OF_NATURE
from bilan.intake.ragged import ADVICE as OF_RAGGED
from bilan.intake.titles import UNIT_ELSEWHERE
from bilan.intake.troubles import PARTLY_STRUCK

CONSENT_MISSING = "missing_if:consent"  # told apart for its sentence; `missing_if` in a report
PERSON_MISSING = "missing_if:person"
CONSENT_BREACH = "consent_breach"
EXCHANGE_BREACH, LOG_BREACH = "protocol_breach:exchange", "protocol_breach:log"  # one code in a report
BREACHES = (CONSENT_BREACH, EXCHANGE_BREACH, LOG_BREACH)
UNREADABLE_FILE = "unreadable_file"
UNREADABLE_MESSAGE = (
    "Le fichier ne peut pas être lu. Recopier le tableau, et lui seul, dans un classeur neuf (une cellule "
    "oubliée très loin, ou un guillemet jamais fermé, suffit à l'empêcher), enregistré en .xlsx ou .csv."
)
TOLD_AS = {
    CONSENT_MISSING: "missing_if",
    PERSON_MISSING: "missing_if",
    EXCHANGE_BREACH: "protocol_breach",
    LOG_BREACH: "protocol_breach",
}

_OF_ROWS = {
    **OF_ROWS,
    **OF_RAGGED,
    **OF_FILES,
    **OF_NATURE,
    UNREADABLE_FILE: UNREADABLE_MESSAGE,
    CONSENT_BREACH: "Consentement refusé, mais un nom ou une date de naissance est donné : rien de la "
    "ligne n'est conservé. Vider ces cellules ; « {reference} » suffit.",
    EXCHANGE_BREACH: "Le protocole d'échange ne permet pas cette communication entre ces deux organisations, "
    "ou pas avec ce qu'elle dit de la personne : rien de la ligne n'est conservé. Retirer ce qui désigne "
    "la personne, ou demander à l'intendance ce que dit le protocole.",
    LOG_BREACH: "Le protocole d'échange ne permet pas à {sender} de transmettre dans ce journal ce qui "
    "désigne une personne : rien de la ligne n'est conservé. Retirer {named}{or_reference}, ou demander à "
    "l'intendance ce que dit le protocole.",
    CONSENT_MISSING: "Une personne est concernée : « {consent} » doit dire « oui » ou « non ».",
    PERSON_MISSING: "La personne n'est pas indiquée : remplir {named}{or_reference}.",
    "duplicate_key": "La même clé figure sur plusieurs lignes dont le contenu diffère : n'en garder qu'une.",
}
_OF_CELLS = OF_COLUMNS | {
    "missing_column": "La colonne « {column} » manque : le fichier n'est pas pris.",
    "missing_value": "« {column} » doit être rempli ({meaning}).",
    "missing_if": "« {column} » doit être rempli quand « {other} » est « {value} ».",
    "unknown_value": "« {column} » ne contient pas une valeur admise : {allowed}.",
    "bad_date": "« {column} » n'est pas une date possible : écrire par exemple 2010-03-12, 12/03/2010, "
    "12 mars 2010 ou, si le jour n'est pas connu, mars 2010.",
    "date_in_future": "« {column} » vient {late} la date de l'état, le {statement_date}.",
    "date_before_programme": "« {column} » vient {early} le début du programme.",
    "date_out_of_order": "« {column} » vient avant {others} : l'une de ces dates est fausse.",
    "birth_after_fact": "« {column} » : la naissance vient après les faits, ou le même jour.",
    "age_out_of_range": "« {column} » : le jour des faits, la personne aurait moins de {youngest} ans ou "
    "plus de {oldest} ans. Vérifier l'année de naissance.",
    "bad_number": "« {column} » doit être {bounds}.",
    "ambiguous_number": "« {column} » : ce nombre se lit de deux façons (des milliers, ou des décimales). "
    "L'écrire sans séparateur de milliers (1250) ou avec une ou deux décimales (1,25).",
    "placeholder": "« {column} » contient un mot qui veut dire qu'il n'y a rien ou qu'on ne sait pas (N/D, "
    "aucun, inconnu, -, ?) : ici, il faut une vraie réponse ({meaning}).{if_a_name}",
    UNIT_ELSEWHERE: "« {column} » : un titre, le nom de l'onglet ou une ligne à part parle de milliers, ou "
    "d'une autre unité. Écrire les nombres en entier et retirer cette mention.",
    SAID_ELSEWHERE: "« {column} » est vide, mais un titre, le nom de l'onglet ou une ligne à part dit autre "
    "chose que ce qu'une cellule vide veut dire : l'écrire sur chaque ligne.",
    "error_cell": "« {column} » contient une erreur du tableur (#N/A, #REF!, #VALEUR! ou une autre) au lieu "
    "d'une valeur : corriger la formule, ou écrire la valeur.",
    "uncomputed_formula": "« {column} » contient une formule dont le résultat n'est pas dans le fichier : "
    "l'ouvrir dans le tableur, l'enregistrer et le renvoyer, ou écrire la valeur.",
    "garbled_text": "« {column} » contient des lettres abîmées (un accent remplacé par d'autres signes) : "
    "réécrire la cellule, ou enregistrer de nouveau le fichier, en .xlsx ou en CSV UTF-8.",
    "became_date": "« {column} » contient une date que le tableur a faite de ce qui a été écrit (1-2 "
    "devient le 1er février) : mettre la colonne au format Texte, puis réécrire la cellule.",
    "became_number": "« {column} » contient un long numéro dont le tableur n'a gardé que les premiers "
    "chiffres : mettre la colonne au format Texte, puis réécrire le numéro en entier.",
    PARTLY_STRUCK: "« {column} » a du texte barré ou en exposant, et d'autre qui ne l'est pas : n'y laisser "
    "que ce qui compte.",
    "shown_otherwise": "« {column} » : la cellule montre autre chose que le nombre qu'elle contient. Mettre "
    "la colonne au format Texte, puis y écrire ce qui doit être lu.",
}
_IF_A_NAME = " Si c'est un vrai nom, l'écrire avec une seule majuscule, la première."
CODES = (
    *_OF_CELLS,
    *OF_ROWS,
    *OF_RAGGED,
    *OF_FILES,
    *OF_NATURE,
    CONSENT_BREACH,
    "protocol_breach",
    "duplicate_key",
    UNREADABLE_FILE,
)


def message(code: str, column: str | None, contract: Contract, source: Source, reference: Reference) -> str:
    """The sentence for a finding on a column (None: a rule about several cells, or the file)."""
    if column is None:
        return _OF_ROWS[code].format(
            named=", ".join(f"« {name} »" for name in contract.subject.named_columns),
            reference=contract.subject.reference,
            or_reference=f", ou bien « {contract.subject.reference} »" if contract.subject.reference else "",
            consent=contract.subject.consent,
            sender=source.sender,
        )
    spec = contract.column(column)
    other, value = spec.required_if or ("", "")
    youngest, oldest = contract.subject.ages or ("", "")
    early = column != contract.principal_date or contract.precedes_programme
    return _OF_CELLS[code].format(
        column=column,
        meaning=spec.meaning,
        other=other,
        value=value,
        allowed=_allowed(spec, reference) if code == "unknown_value" else "",
        statement_date=source.statement_date.isoformat(),
        bounds=_bounds(spec),
        late=f"plus de {spec.planned_years} an(s) après" if spec.planned_years else "après",
        early=f"plus de {MOST_YEARS_BEFORE} ans avant" if early else "avant",
        others=" ou ".join(f"« {name} »" for name in spec.not_before),
        youngest=youngest,
        oldest=oldest,
        if_a_name=_IF_A_NAME if spec.kind is Kind.NAME else "",
    )


def _allowed(column: Column, reference: Reference) -> str:
    match column.kind:
        case Kind.YES_NO:
            return "écrire « oui » ou « non »"
        case Kind.YES_NO_UNKNOWN:
            return "écrire « oui », « non » ou « inconnu »"
        case Kind.CHOICES:
            return f"écrire une ou plusieurs de {_listed(column, reference)}"
        case _:
            return f"écrire l'une de {_listed(column, reference)}"


def _listed(column: Column, reference: Reference) -> str:
    return ", ".join(f"« {value} »" for value in allowed_values(column, reference))


def _bounds(column: Column) -> str:
    kind = "un nombre entier" if column.kind is Kind.INTEGER else "un nombre"
    if column.maximum is not None:
        return f"{kind} de {column.minimum or 0} à {column.maximum}"
    return f"{kind} d'au moins {column.minimum}" if column.minimum is not None else kind
