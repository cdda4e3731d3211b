"""Which rows hold the headings, and which column of the sheet is which column of the contract."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.grids import filled
from bilan.intake.text import plain

HEADER_WITHIN = 200  # rows looked at; titles above the first headings are few
LEAST_RECOGNISED = 2  # one heading alone may be a title's word
# What people write between two words of a heading: « date du dépistage », « motif de la fin ».
_BETWEEN_WORDS = r" (?:(?:de|du|des|d|la|le|les|l) )+"


@dataclass(frozen=True)
class Header:
    """The headings of one table, and what they say.

    `columns` maps a contract's column to the frame's; `extra` the frame's columns under other headings to
    those headings as typed; `repeated` those under a heading that the table has already, to its column.
    """

    row: int  # 0-based, in the frame
    last: int  # another one where the headings take two rows
    columns: dict[str, str]
    extra: dict[str, str]
    repeated: dict[str, str]
    span: tuple[str, ...]  # every column of the frame that belongs to the table

    @property
    def recognised(self) -> bool:
        """Whether it is one; otherwise its row is a guess, to count what follows."""
        return bool(self.columns)

    @property
    def unnamed(self) -> list[str]:
        """The columns of the table that have no heading."""
        named = {*self.columns.values(), *self.extra, *self.repeated}
        return [name for name in self.span if name not in named]

    def lacks(self, contract: Contract) -> list[str]:
        """The columns that the log requires and that are not there."""
        return [
            column.name for column in contract.columns if column.required and column.name not in self.columns
        ]


def folded(heading: pl.Expr) -> pl.Expr:
    """Letters and digits alone, without case, accents or little words between two others.

    « n° », « nº » and « numéro » are `no`.
    """
    words = plain(heading).str.replace_all(r"[^\p{L}\p{N}°]+", " ").str.strip_chars(" ")
    letters = words.str.replace_all(_BETWEEN_WORDS, "").str.replace_all(" ", "")
    return letters.str.replace(r"^(numero|n°)", "no").str.replace_all("°", "")


def find_headers(cells: pl.DataFrame, contract: Contract) -> list[Header]:
    """The headings of every table of a sheet, from top to bottom and from left to right.

    Those of the first rows with all that the log requires, and what looks like headings under them; where
    no row has all of it, two rows that have it together; otherwise the row that has most, if any.
    """
    head = cells.head(HEADER_WITHIN)
    rows = _rows_of_headings(head, contract)
    whole = [headers for headers in rows if not headers[0].lacks(contract)]
    if whole:
        first = whole[0][0]
        under = _rows_of_headings(cells, contract, _headings_below(cells, first, contract))
        rows = [_with_groups(head, whole[0], contract), *under]
        most = len(first.columns)
        kept = [one for one in rows if not one[0].lacks(contract) or 2 * len(one[0].columns) >= most]
        return [header for headers in kept for header in headers]
    joined = _over_two_rows(head, rows, contract)
    if joined:
        return [joined]
    best = max(rows, key=lambda headers: len(headers[0].columns), default=[])
    return best[:1]


def find_header(cells: pl.DataFrame, contract: Contract) -> Header:
    """The first headings of a sheet, or a guess at the row where they should be."""
    headers = find_headers(cells, contract)
    if headers:
        return headers[0]
    row = fullest(cells)
    return Header(row, row, {}, {}, {}, ())


def fullest(cells: pl.DataFrame) -> int:
    """The row that would be the headings, where none looks like them."""
    return filled(cells.head(HEADER_WITHIN)).arg_max() or 0


def score(cells: pl.DataFrame, header: Header) -> tuple[int, bool]:
    """How well a sheet's beginning fits: the headings it recognises, then whether anything follows them."""
    below = cells.slice(header.last + 1)
    return len(header.columns), any(column.null_count() < len(column) for column in below)


def _rows_of_headings(
    cells: pl.DataFrame, contract: Contract, rows: Iterable[int] | None = None
) -> list[list[Header]]:
    """The rows of a frame, or those of them, that look like headings, each as its tables'."""
    numbers = list(range(cells.height) if rows is None else rows)
    held = [
        [(column, text) for column, text in zip(cells.columns, row, strict=True) if text is not None]
        for row in (cells if rows is None else cells[numbers]).iter_rows()
    ]
    names = _recognised(frozenset(text for row in held for _, text in row), contract)
    least = min(LEAST_RECOGNISED, len(contract.columns))
    return [
        _side_by_side(number, [(*cell, names.get(cell[1])) for cell in row], cells.columns, contract)
        for number, row in zip(numbers, held, strict=True)
        if len({names[text] for _, text in row if text in names}) >= least
    ]


@lru_cache(maxsize=16)
def _recognised(texts: frozenset[str], contract: Contract) -> dict[str, str]:
    """The contract's columns, by those of the texts that name one: a file's first rows are asked thrice."""
    frame = pl.DataFrame({"text": list(texts)}, schema={"text": pl.String})
    name = folded(pl.col("text")).replace_strict(_names(contract), default=None, return_dtype=pl.String)
    return dict(frame.select("text", name=name).drop_nulls().iter_rows())


def _headings_below(cells: pl.DataFrame, first: Header, contract: Contract) -> list[int]:
    """The rows under a table's headings that may be another's: a date there has no figure."""
    dates = [
        first.columns[column.name]
        for column in contract.columns
        if column.required and column.kind is Kind.DATE and column.name in first.columns
    ]
    wordy = pl.any_horizontal(~pl.col(name).str.contains(r"\d") for name in dates)
    below = cells.with_row_index("row").slice(first.last + 1)
    return below.filter(wordy.fill_null(False))["row"].to_list()


@cache
def _names(contract: Contract) -> dict[str, str]:
    """The contract's columns by their folded headings."""
    names = pl.DataFrame({"name": [column.name for column in contract.columns]})
    return dict(names.select(folded(pl.col("name")).alias("fold"), "name").iter_rows())


def _side_by_side(
    row: int, cells: list[tuple[str, str, str | None]], columns: list[str], contract: Contract
) -> list[Header]:
    """One table, or several where the headings begin again with all that the log requires."""
    starts, seen = [0], set[str]()
    for place, (_, _, name) in enumerate(cells):
        if name is not None and name in seen:
            starts.append(place)
            seen = set()
        if name is not None:
            seen.add(name)
    pieces = [cells[start:stop] for start, stop in zip(starts, [*starts[1:], len(cells)], strict=True)]
    tables = [_header(row, row, piece) for piece in pieces]
    if len(tables) > 1 and any(table.lacks(contract) for table in tables):
        tables = [_header(row, row, cells)]
    return _with_spans(tables, columns)


def _header(row: int, last: int, cells: list[tuple[str, str, str | None]]) -> Header:
    columns: dict[str, str] = {}
    extra: dict[str, str] = {}
    repeated: dict[str, str] = {}
    for frame_column, text, name in cells:
        if name is None:
            extra[frame_column] = text
        elif name in columns:
            repeated[frame_column] = name
        else:
            columns[name] = frame_column
    return Header(row, last, columns, extra, repeated, ())


def _with_spans(tables: list[Header], columns: list[str]) -> list[Header]:
    """Each table with the columns from its first heading to the next one's; the first takes those before."""
    firsts = [min(columns.index(name) for name in (*one.columns.values(), *one.extra)) for one in tables]
    bounds = [0, *firsts[1:], len(columns)]
    return [
        replace(one, span=tuple(columns[start:stop]))
        for one, start, stop in zip(tables, bounds, bounds[1:], strict=False)
    ]


def _over_two_rows(head: pl.DataFrame, rows: list[list[Header]], contract: Contract) -> Header | None:
    """The headings that two rows make together; a group's heading stands over several others."""
    for headers in rows:
        for top in (headers[0].row, headers[0].row - 1):
            if 0 <= top < head.height - 1:
                header = _joined(head, top, contract)
                if header and not header.lacks(contract):
                    return _with_spans([header], head.columns)[0]
    return None


def _with_groups(head: pl.DataFrame, headers: list[Header], contract: Contract) -> list[Header]:
    """The headings of a row, joined with the row above it where that lets more of them be recognised."""
    only = headers[0]
    if len(headers) > 1 or not only.extra or only.row == 0:
        return headers
    header = _joined(head, only.row - 1, contract)
    if header is None or len(header.columns) <= len(only.columns) or header.lacks(contract):
        return headers
    return _with_spans([header], head.columns)


def _joined(head: pl.DataFrame, top: int, contract: Contract) -> Header | None:
    """Null where a column is named twice, or a heading names two columns at once."""
    pairs = head.slice(top, 2).transpose(include_header=True, header_name="frame_column")
    upper, lower = pl.col("column_0").forward_fill(), pl.col("column_1")
    texts = (lower, pl.concat_str(lower, upper, separator=" "), pl.concat_str(upper, lower, separator=" "))
    alone = pl.when(lower.is_null()).then(pl.col("column_0"))
    found = pairs.select(
        "frame_column",
        text=pl.coalesce(lower, "column_0"),
        names=pl.concat_list(
            folded(text).replace_strict(_names(contract), default=None, return_dtype=pl.String)
            for text in (*texts, alone)
        )
        .list.drop_nulls()
        .list.unique(),
    ).drop_nulls("text")
    if found["names"].list.len().max() != 1:
        return None
    cells = found.select("frame_column", "text", name=pl.col("names").list.first())
    named = cells["name"].drop_nulls()
    return _header(top, top + 1, list(cells.iter_rows())) if named.n_unique() == len(named) else None
