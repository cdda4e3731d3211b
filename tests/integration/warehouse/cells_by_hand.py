"""Cells and spans for the KPIs that are calculated again in plain Python."""

import calendar
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.integration.warehouse.by_hand import STARTS, Fact, Ledger, share


@dataclass(frozen=True)
class Cell:
    """Where and when a figure counts; `horizon` is the last day that all of its logs' senders have told."""

    programme: str
    territory: str | None
    partner: str | None
    first: date
    last: date
    closes: date
    horizon: date

    def here(self, fact: Fact, partner: str | None = None) -> bool:
        """Whether it is a fact of that programme, place and partner."""
        placed = self.programme == fact.programme and self.territory in (None, fact.territory)
        return placed and self.partner in (None, partner)

    def holds(self, fact: Fact, partner: str | None = None) -> bool:
        """Whether it surely happened within."""
        return self.here(fact, partner) and self.first <= fact.first and fact.last <= self.last


@dataclass(frozen=True)
class Span:
    """What begins with one fact and may end with another."""

    begun: Fact
    ended: Fact | None

    @property
    def end(self) -> date:
        """Its last day, or the last day on which its sender has told that it goes on."""
        return self.ended.last if self.ended else max(self.begun.first, self.begun.told_to)

    def days(self) -> int | None:
        """Days from one to the other, where both days are known."""
        if not self.ended or {self.begun.precision, self.ended.precision} != {"day"}:
            return None
        return (self.ended.first - self.begun.first).days

    def overlaps(self, cell: Cell) -> bool:
        return self.begun.first <= cell.closes and self.end >= cell.first

    def at_end(self, cell: Cell) -> bool:
        return self.begun.first <= cell.closes <= self.end


Figures = dict[str, Callable[[Cell], Any]]


def spans(ledger: Ledger, begins: str, ends: str) -> list[Span]:
    """Each beginning with the end that is told on the same row."""
    ended = {(f.sender, f.key): f for f in ledger.facts if f.kind == ends}
    return [Span(f, ended.get((f.sender, f.key))) for f in ledger.facts if f.kind == begins]


def of_kind(ledger: Ledger, kind: str) -> list[Fact]:
    return [f for f in ledger.facts if f.kind == kind]


def first_of(
    facts: Iterable[Fact], key: Callable[[Fact], Any], order: Callable[[Fact], tuple[Any, ...]]
) -> list[Fact]:
    """The first fact of each key, in that order."""
    kept: dict[Any, Fact] = {}
    for f in sorted(facts, key=order):
        kept.setdefault(key(f), f)
    return list(kept.values())


def moved(span: Span, cell: Cell, partner: str | None = None) -> bool:
    """Whether its end lies in the cell; it is in the place of its beginning."""
    end = span.ended
    within = end is not None and cell.first <= end.first and end.last <= cell.last
    return within and cell.here(span.begun, partner)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months(cell: Cell, covered: list[tuple[str, date, date]]) -> Iterator[bool]:
    """For each month of the cell that has begun, whether a span covers a day of it."""
    first = STARTS[cell.programme].replace(day=1)
    while first <= cell.horizon:
        last = month_end(first)
        if cell.first <= first and last <= cell.last:
            known = min(last, cell.horizon)
            yield any(
                p == cell.programme and begins <= known and ends >= first for p, begins, ends in covered
            )
        first = last + timedelta(days=1)


def share_of(answers: list[bool]) -> float | None:
    return share(sum(answers), len(answers))
