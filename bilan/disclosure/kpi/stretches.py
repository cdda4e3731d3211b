"""The stretches of time between the days that figures are told of: what no row is for, and differences tell.

A number that adds up over time is told of many spans: periods of each kind, in each release as far as it
knew. Each day on which a span begins or ends is a bound; two bounds that a chain of spans links are a
difference away from one another, and what happened between two that follow one another is a count like the
others.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bilan.disclosure.kpi.counted import Counted
from bilan.disclosure.kpi.numbers import Cell, Period, adds_up
from bilan.disclosure.kpi.relations import Sum

KIND = "stretch"
A_DAY = timedelta(days=1)
Way = Sequence[tuple[int, int]]  # cells, each with its sign


class Span(NamedTuple):
    """A cell, and the days it is told of: from the first to the one before `after`."""

    first: date
    after: date
    place: int


@dataclass(frozen=True)
class Stretches:
    """Cells that no row is for, with places after those of the figures."""

    counts: list[int] = field(default_factory=list)
    view: dict[Cell, int] = field(default_factory=dict)
    ways: dict[int, Way] = field(
        default_factory=dict
    )  # of each place: the cells that it is the difference of
    sums: list[Sum] = field(default_factory=list)  # every figure's cell that is made of several


def stretches_of(
    views: Sequence[Mapping[Cell, int]], told_to: Sequence[date], counts: Sequence[int]
) -> Stretches:
    """The stretches of the cells of some releases, given the last day and the count of each place.

    Where corrections leave less than nobody in one, nothing is said of it.
    """
    found = Stretches()
    for (number, territory), spans in _series(views, told_to).items():
        links = _links(spans)
        for bounds in _linked(links):
            pieces = {}
            for first, after in pairwise(bounds):
                direct = [place for to, place, sign in links[first] if to == after and sign > 0]
                place = direct[0] if direct else len(counts) + len(found.counts)
                if not direct:
                    way = _ways_from(first, links)[after]
                    left = sum(sign * counts[cell] for cell, sign in way)
                    if left < 0:
                        continue
                    found.counts.append(left)
                    found.view[Cell(number, territory, Period(KIND, first, after - A_DAY))] = place
                    found.ways[place] = way
                pieces[first] = place
            found.sums.extend(_made_of(spans, bounds, pieces))
    return found


def _series(
    views: Sequence[Mapping[Cell, int]], told_to: Sequence[date]
) -> Mapping[tuple[Counted, str | None], set[Span]]:
    found: dict[tuple[Counted, str | None], set[Span]] = defaultdict(set)
    for cells in views:
        for cell, place in cells.items():
            after = told_to[place] + A_DAY
            if adds_up(cell.number) and cell.period.start < after:
                found[cell.number, cell.territory].add(Span(cell.period.start, after, place))
    return found


def _links(spans: set[Span]) -> Mapping[date, Sequence[tuple[date, int, int]]]:
    """Of each bound, the others that a span leads to, with its cell and its sign."""
    links: dict[date, list[tuple[date, int, int]]] = defaultdict(list)
    for first, after, place in sorted(spans):
        links[first].append((after, place, 1))
        links[after].append((first, place, -1))
    return links


def _linked(links: Mapping[date, Sequence[tuple[date, int, int]]]) -> Iterator[list[date]]:
    """The bounds that spans link, in the order of time, set by set."""
    left = set(links)
    while left:
        reached = _ways_from(min(left), links)
        left -= set(reached)
        yield sorted(reached)


def _ways_from(start: date, links: Mapping[date, Sequence[tuple[date, int, int]]]) -> dict[date, Way]:
    """The shortest chain of cells from a bound to each that it is linked to."""
    ways: dict[date, Way] = {start: ()}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for to, place, sign in links[here]:
            if to not in ways:
                ways[to] = (*ways[here], (place, sign))
                queue.append(to)
    return ways


def _made_of(spans: set[Span], bounds: Sequence[date], pieces: Mapping[date, int]) -> Iterator[Sum]:
    """Each span between those bounds, as the sum of its pieces, unless it is one, or one is not known."""
    for first, after, place in sorted(spans):
        inside = [bound for bound in bounds if first <= bound < after]
        if first in bounds and all(bound in pieces for bound in inside):
            parts = tuple(pieces[bound] for bound in inside)
            if parts != (place,):
                yield Sum(place, parts)
