"""What a file's sheets hold, before anything is understood of it."""

from dataclasses import dataclass, field

import polars as pl

from bilan.intake.inputs import Warned
from bilan.intake.text import trimmed

LONGEST_CELL = 32_767  # characters, a spreadsheet's own limit; more is damage, such as a stray quote
ROW_FAULT = {"row": pl.Int64, "code": pl.String}


class UnreadableFileError(Exception):
    """The bytes are no sheet of that kind. `code` says what they are; nothing of them is held."""

    def __init__(self, code: str = "unreadable_file") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells as strings, trimmed, null when blank, or troubles (`bilan.intake.troubles`).

    Row i of `cells` is row i + 1 of the sheet; its columns are named by their number, from 1. `faults` has
    `row` (Int64, the sheet's own number) and `code`: rows whose cells can't be told apart, such as one with
    more cells than headings.
    """

    cells: pl.DataFrame
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROW_FAULT))
    warnings: tuple[Warned, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    struck_by_rule: bool = False  # the sheet may strike text through where a condition holds
    days_since_1904: bool = False


def filled(cells: pl.DataFrame) -> pl.Series:
    """How many cells of each row hold something."""
    if not cells.columns:
        return pl.Series(dtype=pl.UInt32)
    return cells.select(pl.sum_horizontal(pl.all().is_not_null().cast(pl.UInt32))).to_series()


def rows_at(numbers: pl.Series | list[int], height: int) -> pl.Series:
    """Which rows of a sheet, from its first, have one of those numbers, from 1."""
    wanted = pl.Series(numbers, dtype=pl.Int64)
    return pl.int_range(1, height + 1, eager=True).is_in(wanted.implode())


def bounded(cells: pl.DataFrame) -> pl.DataFrame:
    """A grid's cells from those a file writes: trimmed, null when blank.

    Raises UnreadableFileError for a cell longer than any that is one.
    """
    longest = cells.select(pl.all().str.len_chars().max())
    if max((column.item() or 0 for column in longest), default=0) > LONGEST_CELL:
        raise UnreadableFileError
    return cells.select(trimmed(pl.all()))
