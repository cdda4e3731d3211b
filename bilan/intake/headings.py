"""Which row holds the headings, and which column of the sheet is which column of the contract."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from bilan.contracts import Contract
from bilan.intake.text import plain

HEADER_WITHIN = 200  # rows looked at; titles above the headings are few
LEAST_RECOGNISED = 2  # one heading alone may be a title's word
_POSITION = "position"
# What people write between two words of a heading: « date du dépistage », « motif de la fin ».
_BETWEEN_WORDS = r" (?:(?:de|du|des|d|la|le|les|l) )+"


@dataclass(frozen=True)
class Header:
    """Where the headings are and what they say.

    `columns` maps a contract's column to the frame's; `extra` holds the headings of no column, as typed.
    `recognised` is false when no row looks like headings: `row` is then a guess, to count what follows.
    """

    row: int  # 0-based, in the frame
    columns: dict[str, str]
    extra: tuple[str, ...]
    recognised: bool


def folded(heading: pl.Expr) -> pl.Expr:
    """Letters and digits alone, without case, accents or little words between two others.

    « n° », « nº » and « numéro » are `no`.
    """
    words = plain(heading).str.replace_all(r"[^\p{L}\p{N}°]+", " ").str.strip_chars(" ")
    letters = words.str.replace_all(_BETWEEN_WORDS, "").str.replace_all(" ", "")
    return letters.str.replace(r"^(numero|n°)", "no").str.replace_all("°", "")


def find_header(cells: pl.DataFrame, contract: Contract) -> Header:
    """The row that recognises most headings among the first ones of a frame of strings."""
    if all(column.null_count() == len(column) for column in cells.head(HEADER_WITHIN)):
        return Header(row=0, columns={}, extra=(), recognised=False)
    long = _recognised(cells.head(HEADER_WITHIN), contract)
    found, filled = pl.col("name").drop_nulls().n_unique(), pl.col("text").count()
    scores = long.group_by("row").agg(found=found, guess=pl.when(found == 0).then(filled).otherwise(0))
    best = scores.sort("found", "guess", "row", descending=[True, True, False]).item(0, "row")
    return _header(long.filter(pl.col("row") == best), best, contract)


def score(cells: pl.DataFrame, contract: Contract) -> tuple[int, bool]:
    """How well a sheet's beginning fits: the headings it recognises, then whether anything follows them."""
    header = find_header(cells, contract)
    below = cells.slice(header.row + 1)
    return len(header.columns), any(column.null_count() < len(column) for column in below)


def _recognised(cells: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """One row per filled cell: row, position, text and the contract's column it names, if any."""
    positions = {name: index for index, name in enumerate(cells.columns)}
    return (
        cells.with_row_index("row")
        .unpivot(index="row", variable_name="frame_column", value_name="text")
        .drop_nulls("text")
        .with_columns(
            pl.col("row").cast(pl.Int64),
            pl.col("frame_column").replace_strict(positions, return_dtype=pl.Int64).alias(_POSITION),
            folded(pl.col("text"))
            .replace_strict(_names(contract), default=None, return_dtype=pl.String)
            .alias("name"),
        )
        .sort("row", _POSITION)
    )


@cache
def _names(contract: Contract) -> dict[str, str]:
    """The contract's columns by their folded headings."""
    names = pl.DataFrame({"name": [column.name for column in contract.columns]})
    return dict(names.select(folded(pl.col("name")).alias("fold"), "name").iter_rows())


def _header(cells: pl.DataFrame, row: int, contract: Contract) -> Header:
    columns: dict[str, str] = {}
    extra = []
    for frame_column, text, name in cells.select("frame_column", "text", "name").iter_rows():
        if name is None or name in columns:
            extra.append(text)
        else:
            columns[name] = frame_column
    least = min(LEAST_RECOGNISED, len(contract.columns))
    return Header(row=row, columns=columns, extra=tuple(extra), recognised=len(columns) >= least)
