"""What the logs that follow somebody over time share: vague dates, stages in order, weighted choices."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from bilan.samples.draw import Draw
from bilan.samples.facts import Day, Row

LAST_NEWS = date(2019, 10, 20)
MONTH_ALONE = 0.03

T = TypeVar("T")


def seen(draw: Draw, day: date, share: float = MONTH_ALONE) -> Day:
    """A day as it is remembered: now and then by its month alone."""
    return Day(day.replace(day=1), "month") if draw.chance(share) else Day(day)


def in_order(stages: Sequence[tuple[date, Row]]) -> list[tuple[date, Row]]:
    """The same stages, none of which is known before the one that it follows."""
    known = stages[0][0]
    ordered = []
    for day, row in stages:
        known = max(known, day)
        ordered.append((known, row))
    return ordered


def one_of(draw: Draw, weights: Mapping[T, int]) -> T:
    """One of the options, each as often as its weight says."""
    return draw.choices([*weights], [*weights.values()])[0]
