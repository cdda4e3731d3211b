"""What a contract says, in the partners' words: shared by the page on the logs and the workbooks to fill in.

Names of columns and codes stand between backquotes, as on a page in Markdown.
"""

from bilan.contracts.contract import Column, Contract, Kind, Presence, Restates, Subject
from bilan.contracts.version import version_of

_KINDS = {
    Kind.NUMBER: "numéro",
    Kind.DATE: "date : jour, mois ou année",
    Kind.NAME: "nom",
    Kind.BIRTH_DATE: "date de naissance",
    Kind.REFERENCE: "référence",
    Kind.CHOICE: "une valeur de la liste",
    Kind.CHOICES: "une ou plusieurs valeurs de la liste, séparées par `,` `;` ou `/`",
    Kind.YES_NO: "oui / non",
    Kind.YES_NO_UNKNOWN: "oui / non / inconnu",
    Kind.PARTNER: "code d'un partenaire",
    Kind.INTEGER: "nombre entier",
    Kind.DECIMAL: "nombre, décimales à la virgule ou au point",
    Kind.FREE_TEXT: "texte, lu mais jamais conservé",
}
_RESTATES = {
    Restates.ALL: "le journal entier ; une clé qui n'y est plus a été retirée",
    Restates.PERIOD: "sa période ; une clé de la période qui n'y est plus a été retirée",
    Restates.NOTHING: "des ajouts ; une clé absente n'est pas retirée",
}
_PRESENCE = {
    Presence.NAMED: "chaque ligne la nomme",
    Presence.NAMED_OR_REFERENCE: "chaque ligne la nomme en entier ou donne sa référence",
    Presence.OPTIONAL: "une ligne peut n'en concerner aucune ; sinon elle la nomme ou donne sa référence",
    Presence.NOBODY: "aucune ; ce journal ne parle de personne",
}


def facts(contract: Contract) -> tuple[tuple[str, str], ...]:
    """What holds of the whole log, each fact with its label."""
    senders = ", ".join(contract.senders) or "tous les partenaires"
    key = " + ".join([f"`{name}`" for name in contract.key] + ["la personne"] * contract.key_has_subject)
    return (
        ("Envoyé par", senders),
        ("Clé", key),
        ("Date principale", f"`{contract.principal_date}`{_early(contract)}"),
        ("Programme, à défaut", contract.programme or "celui qui est en cours à cette date"),
        ("La personne", _person(contract.subject)),
        ("Chaque fichier redit", _RESTATES[contract.restates]),
        ("Version du contrat", f"`{version_of(contract)}`"),
    )


def _person(subject: Subject) -> str:
    said = _PRESENCE[subject.presence]
    if subject.presence is Presence.OPTIONAL and subject.reference is None:
        said = "une ligne peut n'en concerner aucune ; sinon elle la nomme en entier"
    if subject.required_if:
        said += " ; nécessaire si `{}` est « {} »".format(*subject.required_if)
    if subject.ages:
        said += " ; de {} à {} ans à la date principale".format(*subject.ages)
    if subject.consent:
        said += f" ; avec `{subject.consent}` à « non », aucun nom ni aucune date de naissance"
    return said


def _early(contract: Contract) -> str:
    return ", qui peut précéder le début du programme" if contract.precedes_programme else ""


def needed(column: Column, contract: Contract) -> str:
    """Whether a column must be filled: « oui », « non », or when."""
    if column.required:
        return "oui"
    if column.required_if:
        other, value = column.required_if
        return f"si `{other}` est « {value} »"
    if column.name == contract.subject.consent:
        return "si une personne est concernée"
    if column.name == contract.subject.reference:
        return "ou bien le nom entier"
    return "voir « La personne »" if column.name in contract.subject.columns else "non"


def reading(column: Column) -> str:
    """How the cells of a column are read."""
    reading = [_KINDS[column.kind]]
    if column.kind is Kind.PARTNER and column.admits_other:
        reading.append("ou « autre : ... »")
    if column.choices:
        reading.append(f": {' · '.join(column.choices)}")
    if column.maximum is not None:
        reading.append(f"de {column.minimum or 0} à {column.maximum}")
    elif column.minimum is not None:
        reading.append(f"d'au moins {column.minimum}")
    if column.not_before:
        reading.append(f"; pas avant {' ni '.join(f'`{name}`' for name in column.not_before)}")
    if column.planned_years:
        reading.append(f"; jusqu'à {column.planned_years} an(s) après l'état")
    if column.default is not None:
        reading.append(f"(vide : {column.default})")
    return " ".join(reading)
