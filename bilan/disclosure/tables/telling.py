"""What `bilan protect` says of a table that holds totals of its own, or one category under two writings."""

from collections.abc import Iterable
from pathlib import Path

from bilan.disclosure.tables.files import TableError
from bilan.disclosure.tables.table import Table
from bilan.disclosure.tables.totals import BY_NAME, Total, look_alikes, totals_in
from bilan.printable import printable

LOOK_ALIKES = "look_alike_categories"
_SHOWN = 8


def check_totals(file: Path, table: Table, denied: Iterable[str]) -> None:
    """Raise TableError where totals stand among the cells of a table.

    `denied`: « dimension=category », or a dimension alone, that the user says is no total.
    """
    totals = totals_in(table.dimensions, table.inner, frozenset(_denied(table, one) for one in denied))
    if not totals:
        return
    listed = ", ".join(_words(total) for total in totals[:_SHOWN])
    more = f" et {len(totals) - _SHOWN} autres" if len(totals) > _SHOWN else ""
    first = totals[0]
    example = first.dimension if first.category is None else f"{first.dimension}={first.category}"
    raise TableError(
        f"{file.name} tient ses propres totaux : {listed}{more}. Par eux, ce qui est masqué se retrouve par "
        "soustraction. Ôter ces lignes ou ces colonnes (--publish dit quels totaux montrer) ; si l'un n'en "
        f'est pas un : --not-a-total "{printable(example)}"'
    )


def look_alike_warnings(table: Table) -> list[dict[str, str]]:
    """code and message (French) of each group of categories that the eye takes for one."""
    return [
        {
            "code": LOOK_ALIKES,
            "message": f"{printable(name)} : {', '.join(map(_shown, group))} ne diffèrent que par la casse, "
            "les espaces ou la forme des accents, et comptent comme des catégories distinctes.",
        }
        for name, group in look_alikes(table.dimensions, table.inner)
    ]


def _denied(table: Table, text: str) -> tuple[str, str | None]:
    """What an option says, by the names that the table has. Raises TableError for what it has not."""
    name, is_category, category = text.partition("=")
    place = {dimension: index for index, dimension in enumerate(table.dimensions)}.get(name.strip())
    if place is None:
        raise TableError(f"--not-a-total : « {printable(name)} » n'est pas une dimension de la table")
    if not is_category:
        return table.dimensions[place], None
    if category.strip() not in {key[place] for key in table.inner}:
        raise TableError(f"--not-a-total : « {printable(name)} » n'a pas de catégorie de ce nom")
    return table.dimensions[place], category.strip()


def _words(total: Total) -> str:
    how = "par son nom" if total.known_by == BY_NAME else "par ses nombres, sommes d'autres"
    if total.category is None:
        return f"la colonne {_shown(total.dimension)} ({how})"
    return f"{printable(total.dimension)} {_shown(total.category)} ({how})"


def _shown(category: str) -> str:
    return f"« {printable(category)} »"
