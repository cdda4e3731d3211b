"""One statement as the grid of a sheet: titles, header, rows, blanks, a total, in the file's style."""

from collections.abc import Iterable
from dataclasses import dataclass

from bilan.contracts import CONTRACTS, Column, Contract
from bilan.samples.calendars import PJ_START
from bilan.samples.draw import Draw
from bilan.samples.facts import Row
from bilan.samples.spelling import MONTHS, NBSP, Cell, spell
from bilan.samples.statements import Line, Statement
from bilan.samples.untidy import NOTES, Style

ACCENTS = {
    "evenement": "événement",
    "prenom": "prénom",
    "reference": "référence",
    "decision": "décision",
    "debut": "début",
    "echange": "échange",
    "referee": "référée",
    "devoilement": "dévoilement",
    "theme": "thème",
    "apres": "après",
    "employe": "employé",
    "categorie": "catégorie",
    "role": "rôle",
    "activite": "activité",
    "ecole": "école",
    "periode": "période",
    "operation": "opération",
    "reunion": "réunion",
    "realisation": "réalisation",
    "depistage": "dépistage",
    "transfere": "transféré",
    "a": "à",
}
REMARKS = ("à vérifier", "dossier complet", "vu", "", "", "")


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, the sheet's own row number of each line, and the extra headings."""

    cells: list[list[Cell]]
    rows: list[int]
    lines: list[Line]
    extras: tuple[str, ...]


def lay_out(style: Style, draw: Draw, statement: Statement) -> Sheet:
    """The sheet of a statement; every choice comes from the style and the draw."""
    contract = CONTRACTS[statement.log]
    lines = _ordered(style, draw, contract, statement.lines)
    columns = _columns(style, draw, contract)
    extras = _extras(style)
    body = [_row_cells(style, draw, contract, columns, line) for line in lines]
    cells = _above(style, statement, contract)
    cells.append([*(heading(style, column.name) for column in columns), *extras])
    gaps = [draw.randrange(len(body) + 1) for _ in range(style.blank_rows)]
    rows = []
    for place, line_cells in enumerate(body):
        cells.extend(_blank(style, draw, len(columns)) for _ in range(gaps.count(place)))
        cells.append(line_cells)
        rows.append(len(cells))
    cells.extend(_below(style, len(lines)))
    return Sheet(cells, rows, lines, extras)


def heading(style: Style, name: str) -> str:
    """A column's heading as that style writes it."""
    accented = " ".join(ACCENTS.get(word, word) for word in name.split("_"))
    forms = {
        "template": name,
        "upper": name.replace("_", " ").upper(),
        "accented": accented.capitalize(),
        "abbreviated": f"N° {accented[3:]}" if name.startswith("no_") else accented.capitalize(),
        "hyphen": accented.title().replace(" ", "-"),
        "spaced": f" {accented.replace(' ', f' {NBSP}')}{NBSP}",
        "dotted": f"No. {accented[3:]}" if name.startswith("no_") else accented,
    }
    return forms[style.heading]


def _ordered(style: Style, draw: Draw, contract: Contract, lines: Iterable[Line]) -> list[Line]:
    ordered = list(lines)
    if style.row_order == "date":
        ordered.sort(key=lambda line: line.row.day(contract.principal_date))
    elif style.row_order == "random":
        draw.shuffle(ordered)
    return ordered


def _columns(style: Style, draw: Draw, contract: Contract) -> list[Column]:
    columns = [column for column in contract.columns if style.programme_column or column.name != "programme"]
    if style.shuffled_columns:
        draw.shuffle(columns)
    return columns


def _extras(style: Style) -> tuple[str, ...]:
    """Columns that no contract knows. A sheet without a title row says in one of them what it is."""
    extras = NOTES[: style.extra_columns]
    return extras if style.titles else (*extras, "Provenance")


def _above(style: Style, statement: Statement, contract: Contract) -> list[list[Cell]]:
    """The title rows, the first of which says that the data are synthetic."""
    day = statement.date
    titles: list[list[Cell]] = [
        [style.mark],
        [f"{contract.title} ({statement.sender})"],
        [None, f"En date du {day.day} {MONTHS[day.month - 1]} {day.year}"],
    ]
    return titles[: style.titles]


def _below(style: Style, count: int) -> list[list[Cell]]:
    return [[style.total, count]] if style.total else []


def _blank(style: Style, draw: Draw, width: int) -> list[Cell]:
    """An empty row: nothing at all, or cells that only look empty."""
    if style.nbsp and draw.chance(0.5):
        return [" ", NBSP, *[None] * (width - 2)]
    return [None] * width


def _row_cells(style: Style, draw: Draw, contract: Contract, columns: list[Column], line: Line) -> list[Cell]:
    """One row: what was typed wrongly as it was typed, the rest in the file's style."""
    typed = dict(line.typed)
    cells: list[Cell] = []
    for column in columns:
        if column.name in typed:
            cells.append(typed[column.name] or None)
        elif column.name == "programme":
            cells.append(_programme(style, draw, contract, line.row))
        else:
            cells.append(spell(style, draw, column, line.row[column.name]))
    cells.extend(
        style.mark.lower() if name == "Provenance" else draw.choice(REMARKS) for name in _extras(style)
    )
    return cells


def _programme(style: Style, draw: Draw, contract: Contract, row: Row) -> Cell:
    """The programme that is the row's own anyway, or nothing."""
    if draw.chance(0.4):
        return None
    by_date = "MOBILIS" if row.day(contract.principal_date) < PJ_START else "Pj"
    programme = contract.programme or by_date
    return programme.lower() if style.words == "bare" else programme
