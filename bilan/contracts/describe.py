"""The contracts told in French, as the page that partners and stewards read.

`python -m bilan.contracts.describe docs/journaux.md` writes it; a test sees that it has not drifted.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from bilan.contracts import CONTRACTS, Column, Contract, EventSpec
from bilan.contracts.sentences import facts, needed, reading

_INTRODUCTION = """# Les journaux

Cette page est produite à partir des contrats (`bilan/contracts`) par
`python -m bilan.contracts.describe docs/journaux.md` : on change le contrat, jamais la page.

Un fichier se nomme `<EXPÉDITEUR>/<journal>_<AAAA-MM-JJ>.xlsx` ou `.csv`. Les en-têtes se reconnaissent
sans égard à l'ordre, à la casse, aux accents, aux espaces, aux traits ni aux petits mots (« Date du
dépistage » est `date_depistage`) ; les autres colonnes sont laissées de côté et nommées dans le compte
rendu. **N** : colonne nominative, qui n'est conservée que dans la voûte.

Sous les en-têtes, trois sortes de lignes ne sont pas des données : les lignes vides ; les totaux, dont la
première cellule remplie est « Total » ou « Sous-total » ; les exemples, dont la première cellule remplie
commence par « Exemple (ligne ignorée) ». Ce qui est au-dessus des en-têtes (titre, aide) n'est pas lu.

Un mot qui ne dit rien (N/D, n.d., s.o., aucun, inconnu, -, ?, xxx…) compte pour une case vide où le vide
est permis, et refuse la ligne ailleurs ; il n'est jamais une personne, une référence ni un lien, et
n'appelle pas la valeur par défaut. Une erreur du tableur, une formule sans résultat, des lettres abîmées, un
numéro devenu date ou arrondi refusent la ligne. Un nombre comme « 1,000 » n'est lu que si les autres cases
de la colonne disent ce qu'il veut dire. Une date ne vient pas après l'état, sauf où c'est dit. Dans
« 3/4/2010 », le jour vient d'abord ; si le fichier laisse croire le contraire, il est retenu et la question
est posée.

Ce qu'un expéditeur peut dire d'une personne, et à qui, suit le protocole d'échange, qui est une donnée
(`protocol.csv`) : une ligne qui en dit plus est refusée (`consent_breach`, `protocol_breach`), rien d'elle
n'est conservé, et le refus est compté. « Envoyé par » dit qui reçoit le modèle, non qui a le droit d'envoyer.

`bilan templates --out DOSSIER` écrit pour chaque expéditeur les classeurs à remplir. Chacun porte la version
de son contrat : celle que donne cette page."""


def describe(contracts: Iterable[Contract]) -> str:
    """The whole page, in Markdown."""
    return "\n\n".join([_INTRODUCTION, *(_log(contract) for contract in contracts)]) + "\n"


def _log(contract: Contract) -> str:
    return "\n\n".join(
        (
            f"## {contract.title} (`{contract.log}`)",
            "\n".join(f"- {label} : {said}" for label, said in facts(contract)),
            _table(
                ("En-tête", "Obligatoire", "Se lit comme", "Sens"),
                (_cells(column, contract) for column in contract.columns),
            ),
            _table(("Événement", "Date", "Conserve", "Quand"), map(_event, contract.events)),
        )
    )


def _cells(column: Column, contract: Contract) -> tuple[str, ...]:
    nominative = " **N**" if column.name in contract.subject.columns else ""
    return (f"`{column.name}`{nominative}", needed(column, contract), reading(column), column.meaning)


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
