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

from bilan.disclosure.figures.counted import Counted
from bilan.disclosure.figures.numbers import Cell, Period, adds_up
from bilan.disclosure.figures.relations import Sum
from bilan.disclosure.rules import SMALLEST_SHOWN

KIND = "stretch"
A_DAY = timedelta(days=1)
Way = Sequence[tuple[int, int]]  # cells, each with its sign


class Span(NamedTuple):
    """A cell, and the days it is told of: from the first to the one before `after`."""

    first: date
    after: date
    place: int


class Piece(NamedTuple):
    """What lies between two bounds that follow one another; `way` are the cells that tell it."""

    place: int
    events: int
    way: Way


@dataclass(frozen=True)
class Stretches:
    """Cells that no row is for, with places after those of the figures."""

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

    Where corrections leave less than nobody in one, nothing is said of it.
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
    """Pieces that follow one another and are so few together that they are a count to protect: what two rows
    differ by is told, whatever it is made of.
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
