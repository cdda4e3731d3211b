"""From a file's bytes to the rows of its log: each sheet is read, or left out for a reported reason."""

import re
from dataclasses import dataclass, replace

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake import advice
from bilan.intake.accounts import Account
from bilan.intake.delimited import read_delimited
from bilan.intake.grids import ROW_FAULT, Grid, filled, rows_at
from bilan.intake.headings import fullest
from bilan.intake.inputs import ROWS_OF_A_SHEET, Accounted, Warned
from bilan.intake.nature import kind_of_file
from bilan.intake.tables import Table, tables_of
from bilan.intake.wording import column_label, sheet_label
from bilan.intake.workbook import Sheet, read_workbook

_HELP = re.compile(
    r"^(aide|help|listes?|exemples?|examples?|instructions?|modele|guide|legende|lisezmoi)\d*$"
)
_OLD = re.compile(r"copi[ea]|copy|ancien|old|archive|brouillon|draft|backup|sauvegarde|perime|\(\d+\)")
_MOST_ALONE = 2  # cells of a line that is no row
_LEAST_OF_DATA = 3  # filled cells that make a row look like one of a log
# a row by another separator, under which a space would mean prose
_ROW_IN_A_CELL = "|".join(rf"(?:{mark}(?:[^ {mark}][^{mark}]*)?){{4}}" for mark in (";", ",", r"\t", r"\|"))
_DATED = r"(?:19|20)\d\d|^\d{5}$"


@dataclass(frozen=True)
class Contents:
    """What a file holds of its log.

    `rows`: `row` (Int64) and a column of strings, null when blank, for each column of the contract that some
    table has. A row's number is the sheet's own; on the second sheet or beside another table, and so on, it
    has ROWS_OF_A_SHEET added as often as there are such places before. `places` names the sheet of each, null
    where the file has one; `around` has what is written around each: the tab's name, cells over the headings,
    lines of one cell. `faults` has `row` and `code`. `lacking`: columns without which nothing is read;
    `contradicted`: those that stand twice and differ; `has_unnamed`: whether one has no heading. `guessed`:
    how many rows there would be then.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    places: tuple[str | None, ...]
    warnings: tuple[Warned, ...]
    accounted: Accounted
    extra_columns: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    has_unnamed: bool = False
    around: tuple[tuple[str, ...], ...] = ()
    guessed: int = 0


NOTHING = Contents(
    pl.DataFrame(schema={"row": pl.Int64}), pl.DataFrame(schema=ROW_FAULT), (), (), Account().accounted(), ()
)


@dataclass(frozen=True)
class _Judged:
    """A sheet, its tables, and why it is not read (null: it is)."""

    sheet: Sheet
    tables: list[Table]
    why: str | None


def read_grids(content: bytes, suffix: str, contract: Contract) -> list[Sheet]:
    """The sheets of a file. Raises UnreadableFileError, also for a cell longer than any that is one."""
    if kind_of_file(content, suffix) == "workbook":
        return read_workbook(content)
    return [Sheet("", 1, read_delimited(content, contract))]


def read_texts(content: bytes, suffix: str, contract: Contract) -> list[str]:
    """Every row of every sheet as one text, for a search of the whole file. Raises UnreadableFileError."""
    cells = [sheet.grid.cells for sheet in read_grids(content, suffix, contract)]
    rows = (row for frame in cells for row in frame.iter_rows())
    return [" ".join(cell for cell in row if cell) for row in rows]


def read_contents(content: bytes, suffix: str, contract: Contract) -> Contents:
    """The rows of a file's log. Raises UnreadableFileError."""
    sheets = read_grids(content, suffix, contract)
    judged = _judge([sheet for sheet in sheets if not _is_blank(sheet.grid)], contract)
    account, warnings = Account(), []
    labels = {one.sheet.number: _label(one.sheet, sheets) for one in judged}
    for one in judged:
        label = labels[one.sheet.number]
        if one.why is None:
            account.take(one.sheet.grid, one.tables)
            warnings += [*one.sheet.grid.warnings, *_told_of(one, label, contract)]
        else:
            account.leave_out(one.sheet.grid, one.why)
            warnings += _told_of_unread(one, label, contract)
    return _gathered(judged, labels, contract, tuple(warnings), account.accounted())


def _is_blank(grid: Grid) -> bool:
    return all(column.null_count() == len(column) for column in grid.cells)


def _label(sheet: Sheet, sheets: list[Sheet]) -> str | None:
    return sheet_label(sheet.number, sheet.name) if len(sheets) > 1 else None


def _judge(sheets: list[Sheet], contract: Contract) -> list[_Judged]:
    """Which sheets are read: all that are shown and have what the log requires, but help and old copies."""
    found = [(sheet, tables_of(sheet.grid, contract)) for sheet in sheets]
    shown = [sheet.number for sheet, tables in found if not sheet.grid.hidden and _is_whole(tables, contract)]
    sure = [one.number for one in sheets if one.number in shown and not _doubtful(one)] or shown
    return [
        _Judged(sheet, tables, None if sheet.number in sure else _why(sheet, tables, contract))
        for sheet, tables in found
    ]


def _is_whole(tables: list[Table], contract: Contract) -> bool:
    return any(not table.header.lacks(contract) for table in tables)


def _doubtful(sheet: Sheet) -> bool:
    name = _folded(sheet.name)
    return bool(_HELP.match(name) or _OLD.search(name))


def _folded(name: str) -> str:
    plain = pl.select(pl.lit(name).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase())
    return str(plain.item()).replace(" ", "")


def _why(sheet: Sheet, tables: list[Table], contract: Contract) -> str:
    if sheet.grid.hidden:
        return advice.HIDDEN_SHEET
    if _HELP.match(_folded(sheet.name)):
        return advice.HELP_SHEET
    if _is_whole(tables, contract):
        return advice.OLD_COPY
    return advice.SHEET_WITHOUT_COLUMN if tables else advice.OTHER_SHEET


def _told_of_unread(one: _Judged, label: str | None, contract: Contract) -> list[Warned]:
    """What is said of a sheet that is not read; nothing of one that could not be of the log."""
    why = one.why or ""
    whole = _is_whole(one.tables, contract)
    if why in (advice.HIDDEN_SHEET, advice.HELP_SHEET, advice.OLD_COPY):
        return [advice.warned(why, label)] if whole else []
    if why == advice.SHEET_WITHOUT_COLUMN:
        best = min((table.header.lacks(contract) for table in one.tables), key=len)
        return [advice.warned(why, label, names=", ".join(f"« {name} »" for name in best))]
    likely = filled(one.sheet.grid.cells) >= _LEAST_OF_DATA
    return [advice.warned(why, label)] if likely.any() else []


def _told_of(one: _Judged, label: str | None, contract: Contract) -> list[Warned]:
    """What is said of a sheet that is read."""
    grid, warnings = one.sheet.grid, []
    for table in one.tables:
        rows = table.rows["row"]
        for code, marked in (("hidden_rows", grid.hidden_rows), ("struck_rows", grid.struck_rows)):
            here = rows.filter(rows.is_in(list(marked)))
            if len(here):
                warnings.append(advice.warned(code, label, here[0], count=len(here)))
        hidden = grid.hidden_columns & {*table.header.columns.values()}
        if hidden:
            warnings.append(advice.warned("hidden_columns", label, count=len(hidden)))
        down = table.dropped.get("filled_down")
        if down:
            warnings.append(advice.warned("filled_down", label, down[0], count=len(down), last=down[-1]))
        warnings += _cells_without_heading(grid, table, label)
    if grid.struck_by_rule:
        warnings.append(advice.warned("struck_by_rule", label))
    return warnings + _rows_above(one, label, contract)


def _cells_without_heading(grid: Grid, table: Table, label: str | None) -> list[Warned]:
    header = table.header
    unnamed = header.unnamed
    if not unnamed:
        return []
    sound = table.rows.filter(~pl.col("row").is_in(table.faults["row"].implode()))["row"]
    held = grid.cells.select(pl.col(unnamed).is_not_null()).filter(rows_at(sound, grid.cells.height))
    return [
        advice.warned(
            "cells_without_heading", label, column=column_label(name, None), count=int(column.sum())
        )
        for name, column in zip(unnamed, held, strict=True)
        if column.any()
    ]


def _rows_above(one: _Judged, label: str | None, contract: Contract) -> list[Warned]:
    """Rows over the first headings whose cell of the log's date holds one."""
    header = min((table.header for table in one.tables), key=lambda header: header.row)
    date = header.columns.get(contract.principal_date)
    if date is None or contract.column(contract.principal_date).kind is not Kind.DATE:
        return []
    cells = one.sheet.grid.cells.head(header.row)
    above = cells.select(header.columns.values())
    of_data = (filled(above) >= _LEAST_OF_DATA) & above[date].str.contains(_DATED)
    in_one_cell = cells.select(pl.any_horizontal(pl.all().str.contains(_ROW_IN_A_CELL))).to_series()
    alike = cells.filter(of_data | in_one_cell)
    return [advice.warned("rows_above_headings", label, count=alike.height)] if alike.height else []


def _gathered(
    judged: list[_Judged],
    labels: dict[int, str | None],
    contract: Contract,
    warnings: tuple[Warned, ...],
    accounted: Accounted,
) -> Contents:
    read = [(one, table) for one in judged if one.why is None for table in one.tables]
    if not read:
        return _nothing(judged, contract, warnings, accounted)
    lanes = list(dict.fromkeys(_lane(one, table) for one, table in read if not table.rows.is_empty()))
    numbered = [
        (lanes.index(_lane(one, table)) * ROWS_OF_A_SHEET, table)
        for one, table in read
        if not table.rows.is_empty()
    ]
    rows = [table.rows.with_columns(pl.col("row") + offset) for offset, table in numbered]
    faults = [table.faults.with_columns(pl.col("row") + offset) for offset, table in numbered]
    extra = (column_label(name, heading) for _, table in read for name, heading in table.header.extra.items())
    twice = (name for _, table in read for name in table.contradicted)
    return Contents(
        pl.concat([NOTHING.rows, *rows], how="diagonal"),
        pl.concat([NOTHING.faults, *faults]),
        tuple(labels[sheet] for sheet, _ in lanes),
        warnings,
        accounted,
        tuple(dict.fromkeys(extra)),
        contradicted=tuple(dict.fromkeys(twice)),
        has_unnamed=any(table.has_unnamed for _, table in read),
        around=tuple(_around([one for one in read if _lane(*one) == lane]) for lane in lanes),
    )


def _around(read: list[tuple[_Judged, Table]]) -> tuple[str, ...]:
    """What is written around tables that stand one under the other."""
    sheet = read[0][0].sheet
    cells = sheet.grid.cells
    above = min(table.header.row for _, table in read)
    alone = cells.filter(filled(cells).is_between(1, _MOST_ALONE))
    return tuple(filter(None, (sheet.name, *_texts(cells.head(above)), *_texts(alone))))


def _texts(cells: pl.DataFrame) -> list[str]:
    """What rows hold, each as one text."""
    return list(dict.fromkeys(" | ".join(filter(None, row)) for row in cells.iter_rows()))


def _lane(one: _Judged, table: Table) -> tuple[int, int]:
    """The sheet of a table, and its place from the left: tables one under the other share their numbers."""
    beside = [other.header.span for other in one.tables if other.header.row == table.header.row]
    return one.sheet.number, beside.index(table.header.span)


def _nothing(
    judged: list[_Judged], contract: Contract, warnings: tuple[Warned, ...], accounted: Accounted
) -> Contents:
    """The contents of a file of which no sheet can be read: what the likeliest one lacks."""
    required = [column.name for column in contract.columns if column.required]
    shown = [one for one in judged if not one.sheet.grid.hidden]
    lacks = [table.header.lacks(contract) for one in shown for table in one.tables]
    best = min(lacks, key=len, default=required)
    return replace(
        NOTHING,
        warnings=warnings,
        accounted=accounted,
        lacking=tuple(best if judged else ()),
        guessed=max((_rows_below_widest(one.sheet.grid.cells) for one in shown), default=0),
    )


def _rows_below_widest(cells: pl.DataFrame) -> int:
    """How many rows a sheet without headings would have, if its fullest row were those."""
    return int((filled(cells.slice(fullest(cells) + 1)) > 0).sum())
