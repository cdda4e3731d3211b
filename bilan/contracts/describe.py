"""The contracts told in French, as the page that partners and stewards read.

`python -m bilan.contracts.describe docs/journaux.md` writes it; a test sees that it has not drifted.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from bilan.contracts import CONTRACTS, Column, Contract, EventSpec, Kind, Presence, Restates, Subject

_INTRODUCTION = """# Les journaux

Cette page est produite à partir des contrats (`bilan/contracts`) par
`python -m bilan.contracts.describe docs/journaux.md` : on change le contrat, jamais la page.

Un fichier se nomme `<EXPÉDITEUR>/<journal>_<AAAA-MM-JJ>.xlsx` ou `.csv`. Les en-têtes se reconnaissent
sans égard à l'ordre, à la casse, aux accents, aux espaces ni aux traits ; les autres colonnes sont laissées
de côté et nommées dans le compte rendu. **N** : colonne nominative, qui n'est conservée que dans la voûte."""

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
    Restates.ALL: "le journal entier : une clé qui n'y est plus a été retirée",
    Restates.PERIOD: "sa période : une clé de la période qui n'y est plus a été retirée",
    Restates.NOTHING: "des ajouts : une clé absente n'est pas retirée",
}
_PRESENCE = {
    Presence.NAMED: "chaque ligne la nomme",
    Presence.NAMED_OR_REFERENCE: "chaque ligne la nomme en entier ou donne sa référence",
    Presence.OPTIONAL: "une ligne peut n'en concerner aucune ; sinon elle la nomme ou donne sa référence",
    Presence.NOBODY: "aucune ; ce journal ne parle de personne",
}


def describe(contracts: Iterable[Contract]) -> str:
    """The whole page, in Markdown."""
    return "\n\n".join([_INTRODUCTION, *(_log(contract) for contract in contracts)]) + "\n"


def _log(contract: Contract) -> str:
    senders = ", ".join(contract.senders) or "tous les partenaires"
    key = " + ".join([f"`{name}`" for name in contract.key] + ["la personne"] * contract.key_has_subject)
    facts = (
        f"- Envoyé par : {senders}",
        f"- Clé : {key}",
        f"- Date principale : `{contract.principal_date}`{_early(contract)}",
        f"- Programme, à défaut : {contract.programme or 'celui qui est en cours à cette date'}",
        f"- La personne : {_person(contract.subject)}",
        f"- Chaque fichier redit {_RESTATES[contract.restates]}",
    )
    return "\n\n".join(
        (
            f"## {contract.title} (`{contract.log}`)",
            "\n".join(facts),
            _table(
                ("En-tête", "Obligatoire", "Se lit comme", "Sens"),
                (_cells(column, contract) for column in contract.columns),
            ),
            _table(("Événement", "Date", "Conserve", "Quand"), map(_event, contract.events)),
        )
    )


def _person(subject: Subject) -> str:
    said = _PRESENCE[subject.presence]
    if subject.presence is Presence.OPTIONAL and subject.reference is None:
        said = "une ligne peut n'en concerner aucune ; sinon elle la nomme en entier"
    if subject.required_if:
        said += " ; nécessaire si `{}` est « {} »".format(*subject.required_if)
    if subject.consent:
        said += f" ; avec `{subject.consent}` à « non », aucun nom ni aucune date de naissance"
    return said


def _early(contract: Contract) -> str:
    return ", qui peut précéder le début du programme" if contract.precedes_programme else ""


def _cells(column: Column, contract: Contract) -> tuple[str, ...]:
    nominative = " **N**" if column.name in contract.subject.columns else ""
    return (f"`{column.name}`{nominative}", _needed(column, contract), _reading(column), column.meaning)


def _needed(column: Column, contract: Contract) -> str:
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


def _reading(column: Column) -> str:
    reading = [_KINDS[column.kind]]
    if column.kind is Kind.PARTNER and column.admits_other:
        reading.append("ou « autre : ... »")
    if column.choices:
        reading.append(f": {' · '.join(column.choices)}")
    if column.maximum is not None:
        reading.append(f"de {column.minimum or 0} à {column.maximum}")
    elif column.minimum is not None:
        reading.append(f"d'au moins {column.minimum}")
    if column.default is not None:
        reading.append(f"(vide : {column.default})")
    return " ".join(reading)


def _event(event: EventSpec) -> tuple[str, ...]:
    kept = ", ".join(f"`{name}`" for name in event.data)
    derived = " ; à défaut, le mois du premier état qui la donne" if event.derives_time else ""
    return (f"`{event.type}`", f"`{event.time}`{derived}", kept, _condition(event))


def _condition(event: EventSpec) -> str:
    conditions = []
    if event.when:
        column, values = event.when
        conditions.append(f"`{column}` est {' ou '.join(f'« {value} »' for value in sorted(values))}")
    if event.when_present:
        conditions.append(f"`{event.when_present}` est rempli")
    return " et ".join(conditions) or "toujours"


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (headings, ("---",) * len(headings), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(describe(CONTRACTS.values()), encoding="utf-8")
