"""Counts over stretches of time that have no row of their own, but follow from published ones by subtraction.

A count of events is published over many spans of time: each kind of period, in each release up to its last
day. A year less its first two quarters, or the total of one release less that of the one before, is the
count of a stretch. Each first or last day of a span is a bound, the stretches between neighbouring bounds
are cells like the others (a small one is protected), and each span is an equation: the sum of its stretches.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bilan.disclosure.figures.counted import Counted
from bilan.disclosure.figures.numbers import Cell, Period, adds_up
from bilan.disclosure.figures.relations import Sum
from bilan.disclosure.rules import SMALLEST_SHOWN

KIND = "stretch"
A_DAY = timedelta(days=1)
Way = Sequence[tuple[int, int]]  # cells, each with its sign


class Span(NamedTuple):
    """A cell, and the days that it counts: from `first` to the day before `after`."""

    first: date
    after: date
    place: int


class Piece(NamedTuple):
    """A stretch between neighbouring bounds; its count is the signed sum of the cells of `way`."""

    place: int
    events: int
    way: Way


@dataclass(frozen=True)
class Stretches:
    """The cells of stretches, placed after those of figures."""

    size: int  # how many places figures have
    counts: list[int] = field(default_factory=list)
    view: dict[Cell, int] = field(default_factory=dict)
    # of each place: the cells that it is the difference of
    ways: dict[int, Way] = field(default_factory=dict)
    # each cell that is made of several others
    sums: list[Sum] = field(default_factory=list)

    def add(self, cell: Cell, count: int, way: Way) -> int:
        """The place of a new stretch."""
        place = self.size + len(self.counts)
        self.counts.append(count)
        self.view[cell], self.ways[place] = place, way
        return place


def stretches_of(
    views: Sequence[Mapping[Cell, int]], told_to: Sequence[date], counts: Sequence[int]
) -> Stretches:
    """The stretches of the cells of some releases, given the last day and the count of each place.

    A stretch whose count is negative, because of a correction between releases, is left out.
    """
    found = Stretches(len(counts))
    for (number, territory), spans in _series(views, told_to).items():
        links = _links(spans)
        direct = {(first, after): place for first, after, place in sorted(spans, reverse=True)}
        for bounds in _linked(links):
            pieces = {}
            for first, after in pairwise(bounds):
                way = _ways_from(first, links)[after]
                left = sum(sign * counts[cell] for cell, sign in way)
                stretch = Cell(number, territory, Period(KIND, first, after - A_DAY))
                if (first, after) in direct:
                    pieces[first] = Piece(direct[first, after], left, way)
                elif left >= 0:
                    pieces[first] = Piece(found.add(stretch, left, way), left, way)
            found.sums.extend(_made_of(spans, bounds, pieces))
            for first, after, some in _small_runs(bounds, pieces, direct):
                stretch = Cell(number, territory, Period(KIND, first, after - A_DAY))
                way = tuple(step for piece in some for step in piece.way)
                place = found.add(stretch, sum(piece.events for piece in some), way)
                found.sums.append(Sum(place, tuple(piece.place for piece in some)))
    return found


def _small_runs(
    bounds: Sequence[date], pieces: Mapping[date, Piece], direct: Mapping[tuple[date, date], int]
) -> Iterator[tuple[date, date, list[Piece]]]:
    """Runs of neighbouring stretches whose sum is small: the difference of two rows, to protect as a whole.

    Stops where the sum is large, and leaves out what has a row of its own.
    """
    for at, first in enumerate(bounds):
        some: list[Piece] = []
        for here, after in pairwise(bounds[at:]):
            if here not in pieces:
                break
            some.append(pieces[here])
            together = sum(piece.events for piece in some)
            if together >= SMALLEST_SHOWN:
                break
            if together > 0 and len(some) > 1 and (first, after) not in direct:
                yield first, after, list(some)


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


def _made_of(spans: set[Span], bounds: Sequence[date], pieces: Mapping[date, Piece]) -> Iterator[Sum]:
    """Each span between those bounds, as the sum of its pieces, unless it is one, or one is not known."""
    for first, after, place in sorted(spans):
        inside = [bound for bound in bounds if first <= bound < after]
        if first in bounds and all(bound in pieces for bound in inside):
            parts = tuple(pieces[bound].place for bound in inside)
            if parts != (place,):
                yield Sum(place, parts)
