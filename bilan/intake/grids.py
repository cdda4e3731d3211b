"""What a file's sheets hold, before anything is understood of it."""

from dataclasses import dataclass, field

import polars as pl

from bilan.intake.model import Warned

ROW_FAULT = {"row": pl.Int64, "code": pl.String}


class UnreadableFileError(Exception):
    """The bytes are no sheet of that kind. `code` says what they are; nothing of them is held."""

    def __init__(self, code: str = "unreadable_file") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells as strings, trimmed, null when blank, or troubles (`bilan.intake.troubles`).

    Row i of `cells` is row i + 1 of the sheet. `faults` has `row` (Int64, the sheet's own number) and `code`:
    rows whose cells can't be told apart, such as one with more cells than headings.
    """

    cells: pl.DataFrame
    sheet: str | None = None  # how it is told: « feuille 2 »; null for the only one
    hidden: bool = False
    warnings: tuple[Warned, ...] = ()
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROW_FAULT))
