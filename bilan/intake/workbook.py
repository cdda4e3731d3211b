"""A workbook's sheets as grids of strings: the library gives the values, the XML what it does not give."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import fastexcel
import polars as pl

from bilan.intake.grids import ROW_FAULT, Grid, UnreadableFileError, bounded
from bilan.intake.marks import Area, Marks, marks_of, numbers_among
from bilan.intake.package import BROKEN, Package, SheetPart, open_package, worksheets
from bilan.intake.troubles import stored

MERGED_ACROSS = "merged_across"
# thousands or decimals; a number of more figures than a spreadsheet keeps
_DOUBTFUL = r"^-?(?:[0-9]{1,3}\.[0-9]{3}|[0-9]{16,})$"


@dataclass(frozen=True)
class _Opened:
    """A workbook while it is read."""

    book: zipfile.ZipFile
    package: Package


@dataclass(frozen=True)
class Sheet:
    """One tab: its grid, and where it stands."""

    name: str
    number: int  # from 1, in the order of the tabs
    grid: Grid


def read_workbook(content: bytes) -> list[Sheet]:
    """Every tab that is no chart, hidden ones included. Raises UnreadableFileError."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            package = open_package(book)
            marks = {part: marks_of(book, part, package) for part in worksheets(book)}
            library = fastexcel.read_excel(content)
            if len(library.sheet_names) != len(package.sheets):
                raise UnreadableFileError
            return [
                _sheet(library, number, sheet, marks[sheet.part], _Opened(book, package))
                for number, sheet in enumerate(package.sheets, start=1)
                if sheet.part is not None
            ]
    except (fastexcel.FastExcelError, *BROKEN):
        raise UnreadableFileError from None  # the reader's own message may quote the file


def _sheet(
    library: fastexcel.ExcelReader, number: int, part: SheetPart, marks: Marks, opened: _Opened
) -> Sheet:
    loaded = library.load_sheet(number - 1, header_row=None, skip_rows=0, dtypes="string")
    values: pl.DataFrame = loaded.to_polars()
    first = marks.first_column or 1
    cells = values.rename({name: str(first + place) for place, name in enumerate(values.columns)})
    cells = _overlaid(bounded(cells), marks.shown)
    cells = _overlaid(cells, _stored_numbers(cells, part, opened))
    cells, faults = _unmerged(cells, marks.merged)
    grid = Grid(
        cells=cells,
        faults=faults,
        hidden=part.hidden,
        hidden_rows=frozenset(marks.hidden_rows),
        struck_rows=frozenset(marks.struck_rows),
        struck_by_rule=marks.struck_by_rule,
        hidden_columns=frozenset(str(column) for column in marks.hidden_columns),
        days_since_1904=opened.package.days_since_1904,
    )
    return Sheet(part.name, number, grid)


def _stored_numbers(cells: pl.DataFrame, part: SheetPart, opened: _Opened) -> dict[tuple[int, int], str]:
    """The cells that would be doubtful if somebody had typed them as text, and that are stored as numbers.

    They are few: only where there are any is the sheet read again.
    """
    marked = cells.select(pl.all().str.contains(_DOUBTFUL).fill_null(value=False))
    doubtful = {
        (row + 1, int(name)): cells[name][row]
        for name in cells.columns
        if marked[name].any()
        for row in marked[name].arg_true()
    }
    if not doubtful or part.part is None:
        return {}
    numbers = numbers_among(opened.book, part.part, opened.package, doubtful.keys())
    return {place: stored(doubtful[place]) for place in numbers}


def _overlaid(cells: pl.DataFrame, shown: dict[tuple[int, int], str]) -> pl.DataFrame:
    """The cells, with other texts at those places (row, column)."""
    if not shown:
        return cells
    height = max(cells.height, *(row for row, _ in shown))
    cells = cells if height == cells.height else _taller(cells, height)
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in shown.items():
        by_column.setdefault(column, {})[row - 1] = text
    changed = []
    for column, texts in by_column.items():
        name = str(column)
        held = cells[name] if name in cells.columns else pl.Series(name, [None] * height, dtype=pl.String)
        changed.append(held.scatter(list(texts), list(texts.values())).alias(name))
    cells = cells.with_columns(changed)
    names: list[str] = sorted(cells.columns, key=_number)
    return cells.select(names)


def _number(column: str) -> int:
    return int(column)


def _taller(cells: pl.DataFrame, height: int) -> pl.DataFrame:
    blank = pl.DataFrame(
        {name: pl.Series([None] * (height - cells.height), dtype=pl.String) for name in cells.columns}
    )
    return pl.concat([cells, blank])


def _unmerged(cells: pl.DataFrame, merged: list[Area]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells with each value that was merged downwards in every row it covers, and the faults.

    Over rows that hold nothing else it covers nothing. A value merged over several columns is one whose
    column can't be told: it faults its rows.
    """
    faults: list[int] = []
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if merged else None
    for area in merged:
        name = str(area.left)
        if name not in cells.columns or area.top > cells.height:
            continue
        value = cells[name][area.top - 1]
        if value is None:
            continue
        rows = range(area.top, min(area.bottom, cells.height) + 1)
        if area.right > area.left:
            faults += rows
        elif filled is not None:
            below = [row - 1 for row in rows[1:] if filled[row - 1]]
            cells = cells.with_columns(cells[name].scatter(below, value))
    return cells, pl.DataFrame({"row": faults, "code": MERGED_ACROSS}, schema=ROW_FAULT).unique()
