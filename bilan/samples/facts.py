"""What the samples are made of: rows as they truly are, and what each statement said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Day:
    """A date as far as it is known: its first possible day, and `day`, `month` or `year`."""

    first: date
    precision: str = "day"


Value = str | int | bool | Decimal | Day | tuple[str, ...] | None


@dataclass(frozen=True)
class Row:
    """One clean row: typed cells by heading, and whom it truly speaks of (a person's id)."""

    cells: Mapping[str, Value]
    who: str | None = None

    def __getitem__(self, heading: str) -> Value:
        """The cell under that heading; None where the row has none."""
        return self.cells.get(heading)

    def but(self, changed: Mapping[str, Value], who: str | None = None) -> "Row":
        """The same row with other cells, and maybe another person."""
        return Row(MappingProxyType({**self.cells, **changed}), who or self.who)

    def day(self, heading: str) -> date:
        """The first possible day of a date cell; TypeError when it holds none."""
        value = self[heading]
        if not isinstance(value, Day):
            raise TypeError(f"{heading} holds no date")
        return value.first


@dataclass(frozen=True)
class Fact:
    """One key of a log over its life: what each statement, by its position, says from then on.

    None means withdrawn. A `steady` fact is left alone by the revisions and faults dealt at random.
    """

    versions: tuple[tuple[int, Row | None], ...]
    steady: bool = False

    def at(self, position: int) -> Row | None:
        """What the statement at that position holds of it, if anything."""
        held = None
        for since, row in self.versions:
            if since <= position:
                held = row
        return held

    @property
    def first(self) -> int:
        """The position of the first statement that holds it."""
        return self.versions[0][0]

    @property
    def settled(self) -> int:
        """The position from which nothing changes any more."""
        return self.versions[-1][0]

    @property
    def final(self) -> Row | None:
        """What is said of it in the end."""
        return self.versions[-1][1]


@dataclass
class Book:
    """All that one sender ever says in one log: its statements' dates, and its facts."""

    sender: str
    log: str
    calendar: tuple[date, ...]
    facts: list[Fact] = field(default_factory=list)

    def position(self, day: date) -> int:
        """The first statement dated that day or later; the last one if there is none."""
        for position, statement in enumerate(self.calendar):
            if statement >= day:
                return position
        return self.last

    @property
    def last(self) -> int:
        """The position of the last statement."""
        return len(self.calendar) - 1

    def tell(self, *stages: tuple[date, Row], steady: bool = False) -> Fact:
        """Add a fact that became known in stages, each told by the next statement after its day."""
        versions: dict[int, Row | None] = {}
        for day, row in stages:
            versions[self.position(day)] = row
        fact = Fact(tuple(sorted(versions.items())), steady)
        self.facts.append(fact)
        return fact

    def swap(self, old: Fact, new: Fact) -> None:
        """Put a fact in the place of another."""
        self.facts[self.facts.index(old)] = new

    def final_rows(self) -> list[Row]:
        """The rows of the last statement."""
        return [row for fact in self.facts if (row := fact.at(self.last)) is not None]


def steadied(fact: Fact) -> Fact:
    """The same fact, out of reach of random revisions and faults."""
    return replace(fact, steady=True)
