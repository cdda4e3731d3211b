"""What came in and what became of it, as counts: what the rooms that open the vault tell a release.

No cell of a sheet, no name of a person or of a file as it came is in it: senders and logs by their codes,
columns by their contract's own headings.
"""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

TAKEN, REFUSED, HELD = "taken", "refused", "held"
ALLOWED_DAYS = 45  # after the end of a month, for a statement that tells of it to be in time
STATEMENTS: dict[str, pl.DataType] = {
    "sender": pl.String(),
    "log": pl.String(),
    "statement_date": pl.Date(),
    "outcome": pl.String(),  # TAKEN; REFUSED whole, or set aside by the steward; HELD until a word is said
}
REFUSALS: dict[str, pl.DataType] = {
    "sender": pl.String(),
    "log": pl.String(),
    "statement_date": pl.Date(),
    "code": pl.String(),
    "heading": pl.String(),  # the contract's; '' for a rule on a row or on a file
    "rows": pl.Int64(),  # refused for that; 1 for a fault of the whole file, 0 for a warning
}


@dataclass(frozen=True)
class Verified:
    """The last verification of the ledger."""

    on: date
    events: int
    findings: int  # none where it is sound

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True)
class Reception:
    """Statements with their outcome, rows refused and warnings by reason, what was found of the ledger.

    `statements` and `refusals` have the columns above. `verified` is None where nothing was verified.
    """

    statements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STATEMENTS))
    refusals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REFUSALS))
    verified: Verified | None = None
