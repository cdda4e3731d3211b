"""From the bytes of a CSV text to a grid: its encoding, its lines, its separator, its quotes, its rows."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from bilan.contracts import Contract
from bilan.intake.advice import CUT_SHORT, HTML_ENTITIES, STRAY_BYTES, warned
from bilan.intake.encodings import LOST, decoded, garbled
from bilan.intake.grids import ROW_FAULT, Grid, UnreadableFileError, bounded
from bilan.intake.headings import HEADER_WITHIN, Header, find_header, score
from bilan.intake.inputs import Warned
from bilan.intake.line_ends import (
    all_broken,
    broken_where_rows_are,
    has_breaks,
    none_broken,
    with_line_feeds,
)
from bilan.intake.nature import GARBLED_HEADINGS
from bilan.intake.quoting import RowShape, mended, swallows
from bilan.intake.ragged import SWALLOWED_LINES, TOO_MANY_CELLS, Layout, row_faults
from bilan.intake.scanning import Scan, scan
from bilan.intake.text import SPACES, cut_entities, trimmed, without_entities

SEPARATORS = (";", ",", "\t", "|")
_SNIFFED = 1 << 18  # characters in which the separator shows
_LONGEST_LINE = 1 << 20  # characters
_WIDEST = 1024  # columns that are looked at
_MOST_CELLS = 50_000_000
_NOTHING = SPACES + "".join(SEPARATORS) + '"'
_MARK = "\ufeff"  # of a file's beginning; before a row, it hides the quotes where two files were joined
_DIRECTIVE = re.compile(r'"?sep=(?![\w"])([\t!-~])"?[ \t]*(?=[\r\n]|\Z)', re.IGNORECASE)
_BEFORE_HEADINGS = RowShape(least=4, most=_WIDEST)  # while no heading is known


def read_delimited(content: bytes, contract: Contract) -> Grid:
    """The rows of a CSV text. Raises UnreadableFileError, also for a cell or a line longer than any is.

    A row has the number that a spreadsheet gives it: one per record, so that a quoted cell over three lines
    counts once. Lines that a stray quote ran together count one each, as they will once it is removed, and
    so does a first line that says `sep=;`, which is left blank.
    """
    text, declared = _without_directive(with_line_feeds(decoded(content).replace(_MARK, "")))
    if not (text[:_SNIFFED].strip(_NOTHING) or text.strip(_NOTHING)):
        return Grid(pl.DataFrame())
    head = _best_head(text, declared, contract)
    if has_breaks(text):
        text = broken_where_rows_are(text, head.layout.separator, head.shape, head.layout.date_at)
    if _has_endless_line(text):
        raise UnreadableFileError
    table = _split(text, head.layout.separator, head.shape, None)
    web = "&" in text
    written, letters = without_entities(table.cells) if web else (table.cells, [])
    cells = bounded(written)
    lost = _rows_with(cells, LOST) if LOST in text else []
    cut = [] if text.endswith("\n") else _cut_short(table, head)
    warnings = [*_warned(STRAY_BYTES, lost), *_warned(HTML_ENTITIES, letters), *_warned(CUT_SHORT, cut)]
    faults = _faults(table, cells, head.layout.separator, contract)
    if web and head.layout.separator == ";":
        faults = dict.fromkeys(cut_entities(table.cells), TOO_MANY_CELLS) | faults
    return Grid(cells[:, : max(1, _width(cells))], warnings=tuple(warnings), faults=_told(faults))


def _faults(table: "_Table", cells: pl.DataFrame, separator: str, contract: Contract) -> dict[int, str]:
    """The rows that are not told apart. Raises UnreadableFileError where the headings are garbled, and for a
    cell so far away that it can't be told.
    """
    head = _headed(table, separator, contract)
    missing = [column.name for column in contract.columns if column.name not in head.header.columns]
    if garbled(tuple(head.header.extra.values()), missing):
        raise UnreadableFileError(GARBLED_HEADINGS)
    filled = cells.select(pl.any_horizontal(pl.lit(False), pl.all().is_not_null())).to_series().to_numpy()
    if (table.far & ~filled).any():
        raise UnreadableFileError
    found = row_faults(table.cells, filled, table.scan, head.layout) if head.header.recognised else {}
    return found | dict.fromkeys(table.swallowed, SWALLOWED_LINES)


def _told(faults: dict[int, str]) -> pl.DataFrame:
    rows = [(row + 1, code) for row, code in sorted(faults.items())]
    return pl.DataFrame(rows, schema=ROW_FAULT, orient="row")


def _cut_short(table: "_Table", head: "_Head") -> list[int]:
    """The last row, whose line has no end, where it has fewer cells than every other that is not blank."""
    counts = table.scan.cells[head.header.row + 1 :]
    others = counts[:-1][counts[:-1] > 1]
    is_cut = len(others) > 0 and counts[-1] < others.min()
    return [len(table.scan.cells) - 1] if is_cut else []


def _rows_with(cells: pl.DataFrame, text: str) -> list[int]:
    held = pl.any_horizontal(pl.lit(False), pl.all().str.contains(text, literal=True).fill_null(False))
    return cells.select(held).to_series().arg_true().to_list()


def _warned(code: str, rows: list[int]) -> list[Warned]:
    """A warning about those rows, which names the only one."""
    return [warned(code, None, rows[0] + 1 if len(rows) == 1 else None)] if rows else []


@dataclass(frozen=True)
class _Table:
    """Records split into cells as they are written."""

    cells: pl.DataFrame
    scan: Scan
    swallowed: tuple[int, ...]

    @property
    def far(self) -> npt.NDArray[np.bool_]:
        """Which rows have more cells than are held."""
        return self.scan.cells > self.cells.width


@dataclass(frozen=True)
class _Head:
    """A text's beginning, read with one separator."""

    header: Header
    layout: Layout
    shape: RowShape
    rank: tuple[object, ...]


def _without_directive(text: str) -> tuple[str, str | None]:
    """The text, and the separator that its first line declares for spreadsheets, blanked."""
    found = _DIRECTIVE.match(text)
    return (text[found.end() :], found[1]) if found else (text, None)


def _best_head(text: str, declared: str | None, contract: Contract) -> _Head:
    """The separator that recognises most headings, and where they are."""
    start = text if len(text) <= _SNIFFED else text[:_SNIFFED]
    starts = [all_broken(start), none_broken(start)] if has_breaks(start) else [start]
    whole = [s if len(text) <= _SNIFFED else s[: s.rfind("\n") + 1] or s for s in starts]
    heads = [
        _headed(_split(start, separator, _BEFORE_HEADINGS, HEADER_WITHIN), separator, contract)
        for start in whole
        for separator in _separators(start, declared)
    ]
    return max(heads, key=lambda head: head.rank)


def _separators(start: str, declared: str | None) -> list[str]:
    """Those that a text may have been written with."""
    return [declared] if declared else [one for one in SEPARATORS if one in start] or [SEPARATORS[0]]


def _headed(table: _Table, separator: str, contract: Contract) -> _Head:
    """What the first rows of a table say of the others."""
    cells = table.cells.head(HEADER_WITHIN).select(trimmed(pl.all()))
    header = find_header(cells, contract)
    places = {name: cells.columns.index(column) for name, column in header.columns.items()}
    required = [
        places[column.name] for column in contract.columns if column.required and column.name in places
    ]
    least = max([1, *required]) + 1
    headed, usual = int(table.scan.cells[header.row]), _usual(table.scan, header, least)
    date_at = places.get(contract.principal_date)
    return _Head(
        header=header,
        layout=Layout(separator, header.row, least, frozenset(places.values()), date_at),
        shape=RowShape(least, max(headed, usual)),
        rank=(*score(cells, header), headed == usual, _width(cells)),
    )


def _usual(scan: Scan, header: Header, least: int) -> int:
    """How many cells most rows have under the headings; 0 where there is no row."""
    counts = scan.cells[header.row + 1 :]
    counts = counts[counts >= least]
    return int(np.bincount(counts).argmax()) if len(counts) else 0


def _split(text: str, separator: str, shape: RowShape, limit: int | None) -> _Table:
    """The cells of a text, up to the widest row's. Raises UnreadableFileError."""
    data = text.encode()
    seen = scan(data, separator)
    swallowed: tuple[int, ...] = ()
    if not seen.well_quoted or swallows(seen, shape):
        sound = mended(text, separator, shape)
        data, swallowed = sound.text.encode(), tuple(sound.swallowed)
        seen = scan(data, separator)
    widest = int(seen.cells.max(initial=1))
    width = min(widest, _WIDEST, max(shape.most, _MOST_CELLS // len(seen.cells)))
    return _Table(_cells(data, separator, width, limit), seen, swallowed)


def _cells(data: bytes, separator: str, width: int, limit: int | None) -> pl.DataFrame:
    try:
        return pl.read_csv(
            data,
            has_header=False,
            infer_schema=False,
            schema={str(number): pl.String for number in range(1, width + 1)},
            separator=separator,
            missing_columns="insert",
            extra_columns="ignore",
            truncate_ragged_lines=True,
            n_rows=limit,
        )
    except pl.exceptions.PolarsError:  # its message would quote the file
        raise UnreadableFileError from None


def _has_endless_line(text: str) -> bool:
    """Whether some line is longer than any row of a log."""
    start = 0
    while len(text) - start > _LONGEST_LINE:
        start = text.rfind("\n", start, start + _LONGEST_LINE) + 1
        if not start:
            return True
    return False


def _width(frame: pl.DataFrame) -> int:
    """The number of columns up to the last one that holds anything."""
    filled = [index for index, column in enumerate(frame) if column.null_count() < len(column)]
    return filled[-1] + 1 if filled else 0
