"""Small clean statements, as a careful person types them, drawn from the sample logs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from bilan.contracts import CONTRACTS, Column, Contract, Kind
from bilan.intake import Source
from bilan.samples import make_samples
from bilan.samples.facts import Day, Row, Value

FEWEST, MOST = 5, 12  # rows
_TRIES = 40  # draws of rows among which the one that fills most columns is kept

Typed = str | int | float | date | None


@dataclass(frozen=True)
class Clean:
    """One sender's statement: typed cells by column, in rows of distinct keys."""

    log: str
    sender: str
    statement_date: date
    rows: tuple[dict[str, Typed], ...]

    def __hash__(self) -> int:
        return hash((self.log, self.sender, *(tuple(row.items()) for row in self.rows)))

    @property
    def contract(self) -> Contract:
        """The log's contract."""
        return CONTRACTS[self.log]

    def source(self, suffix: str) -> Source:
        """Whose statement a file of it is."""
        path = f"{self.sender}/{self.log}_{self.statement_date.isoformat()}{suffix}"
        return Source(path, self.sender, self.log, self.statement_date, suffix)


def draw_clean(random: Random, log: str) -> Clean:
    """A statement of that log: of the rows drawn, those that fill most columns."""
    sender = random.choice([sender for sender, of in _books() if of == log])
    day, rows = _books()[sender, log]
    size = random.randint(FEWEST, min(MOST, len(rows)))
    drawn = [random.sample(rows, size) for _ in range(_TRIES)]
    best = max(drawn, key=_filled)
    typed = tuple(
        {column.name: _typed(column, row[column.name]) for column in CONTRACTS[log].columns} for row in best
    )
    return Clean(log, sender, day, typed)


def _filled(rows: list[Row]) -> int:
    """How many columns hold something, where it counts most: one row is enough."""
    return len({name for row in rows for name, value in row.cells.items() if value is not None})


@cache
def _books() -> dict[tuple[str, str], tuple[date, list[Row]]]:
    """Of every sender and log with rows enough: the last statement's date, and its rows."""
    books = make_samples().books
    told = {key: (book.calendar[-1], book.final_rows()) for key, book in books.items()}
    return {key: (day, rows) for key, (day, rows) in told.items() if len(rows) >= FEWEST}


def _typed(column: Column, value: Value) -> Typed:
    if isinstance(value, Day):
        written: dict[str, Typed] = {"day": value.first, "month": f"{value.first:%Y-%m}"}
        return written.get(value.precision, str(value.first.year))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    if column.kind is Kind.NUMBER and value is not None:
        return str(value)
    return value
