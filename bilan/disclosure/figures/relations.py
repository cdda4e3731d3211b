"""The equations and inequalities between cells, derived from what each number counts.

No indicator is named here: that a number is the whole of others, or never less than them, follows from their
conditions, territories and dates. What is left of a whole without some parts is a count of persons or events
too, and is protected like one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import NamedTuple

from bilan.cube import PERIOD_KINDS
from bilan.disclosure.figures.counted import VALUES, Counted
from bilan.disclosure.figures.numbers import Cell, Period, Seen, adds_up

FINER = PERIOD_KINDS[1:]
STOCK = "(at_end)"


class Sum(NamedTuple):
    """A whole, and the parts that make it, but for what overlaps or is told of none of them."""

    whole: int
    parts: tuple[int, ...]


class Rest(NamedTuple):
    """A whole that is never less than some parts of it together; whether what is left counts somebody."""

    whole: int
    parts: tuple[int, ...]
    counted: bool


def relations_of(
    views: Sequence[Mapping[Cell, int]],
    told_to: Sequence[date],
    seen: Seen,
    bounds: Sequence[tuple[Counted, Counted]],
) -> tuple[list[Sum], list[Rest]]:
    """Every relation between the cells of those views, one of each release.

    `told_to` is the last day that each cell is told of; `seen` the values of a property that some
    breakdown gives, published or not; one that none gives has all its values by definition.
    `bounds` are numbers of which the catalogue says that the second is never more than the first.
    """
    sums: list[Sum] = []
    rests = [*_grown(views, told_to)]
    for cells in views:
        sums += _over_territories(cells)
        over_time = list(_over_time(cells, told_to))
        sums += [relation for relation in over_time if isinstance(relation, Sum)]
        rests += [relation for relation in over_time if isinstance(relation, Rest)]
        for here in _by_place(cells).values():
            divided, complete = _divided(here, seen)
            sums += divided
            rests += [*_subsets(here, complete), *_persons_and_events(here), *_bounded(here, bounds)]
    return sums, rests


def _bounded(here: Mapping[Counted, int], bounds: Sequence[tuple[Counted, Counted]]) -> Iterator[Rest]:
    for most, least in bounds:
        if most in here and least in here:
            yield Rest(here[most], (here[least],), False)


def _by_place(cells: Mapping[Cell, int]) -> dict[tuple[str | None, Period], dict[Counted, int]]:
    """The numbers of each territory and period."""
    found: dict[tuple[str | None, Period], dict[Counted, int]] = defaultdict(dict)
    for cell, place in cells.items():
        found[cell.territory, cell.period][cell.number] = place
    return found


def _over_territories(cells: Mapping[Cell, int]) -> Iterator[Sum]:
    towns: dict[Cell, list[int]] = defaultdict(list)
    for cell, place in cells.items():
        if cell.territory is not None:
            towns[cell._replace(territory=None)].append(place)
    for whole, parts in towns.items():
        if whole in cells:
            yield Sum(cells[whole], tuple(parts))


def _over_time(cells: Mapping[Cell, int], told_to: Sequence[date]) -> Iterator[Sum | Rest]:
    """A period, and those of each finer kind inside it: together they make it, or leave a stretch of it.

    After the last day that anything is told of there is no stretch. What adds up is made of stretches, and
    what is told of a day does not add up at all.
    """
    series: dict[tuple[Counted, str | None], list[tuple[Period, int]]] = defaultdict(list)
    for cell, place in cells.items():
        if not adds_up(cell.number) and not cell.number.facts.endswith(STOCK):
            series[cell.number, cell.territory].append((cell.period, place))
    for periods in map(sorted, series.values()):
        for period, place in periods:
            finer = FINER[FINER.index(period.kind) + 1 :] if period.kind in FINER else FINER
            inside = [one for one in periods if one[0].kind in finer and _holds(period, one[0])]
            last = max([told_to[place], *(told_to[part] for _, part in inside)])
            for kind in finer:
                parts = [one for one in inside if one[0].kind == kind]
                if parts:
                    is_whole = _follow(period.start, min(last, period.end), [part for part, _ in parts])
                    places = tuple(part for _, part in parts)
                    yield Sum(place, places) if is_whole else Rest(place, places, True)


def _holds(whole: Period, part: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _follow(first: date, last: date, parts: Sequence[Period]) -> bool:
    """Whether periods, in order, follow one another from a first day to a last."""
    starts = [first, *(part.end + timedelta(days=1) for part in parts)]
    return [part.start for part in parts] == starts[:-1] and parts[-1].end >= last


def _grown(views: Sequence[Mapping[Cell, int]], told_to: Sequence[date]) -> Iterator[Rest]:
    """Periods that begin on one day, in any release: what is told farther is no less, and what came since is
    a remainder. What adds up is made of stretches instead.
    """
    reached: dict[tuple[Counted, str | None, date], dict[int, date]] = defaultdict(dict)
    for cells in views:
        for cell, place in cells.items():
            if not adds_up(cell.number) and not cell.number.facts.endswith(STOCK):
                reached[cell.number, cell.territory, cell.period.start][place] = told_to[place]
    for places in reached.values():
        for (before, until), (after, later) in combinations(
            sorted(places.items(), key=lambda one: one[1]), 2
        ):
            yield Rest(after, (before,), until < later)


def _divided(here: Mapping[Counted, int], seen: Seen) -> tuple[list[Sum], set[tuple[Counted, str]]]:
    """Wholes by the values of one property, and the (whole, property) that are divided so."""
    groups: dict[tuple[Counted, str], dict[tuple[str, ...], int]] = defaultdict(dict)
    for number, place in here.items():
        for condition in number.conditions:
            if condition.values:
                whole = replace(number, conditions=number.without(condition.name))
                groups[whole, condition.name][condition.values] = place
    sums, complete = [], set[tuple[Counted, str]]()
    for (whole, name), places in groups.items():
        single = {values[0]: place for values, place in places.items() if len(values) == 1}
        values = seen.get((whole.facts, whole.conditions, name), set(VALUES.get(name, ())))
        if whole in here and values and values <= set(single):
            sums.append(Sum(here[whole], tuple(single.values())))
            complete.add((whole, name))
        for some, place in places.items():
            if len(some) > 1 and set(some) <= set(single):
                sums.append(Sum(place, tuple(single[value] for value in some)))
    return sums, complete


def _subsets(here: Mapping[Counted, int], complete: set[tuple[Counted, str]]) -> Iterator[Rest]:
    """What has more conditions is part of what has fewer, and the remainder counts somebody.

    Where a sum over all values says what the others are, the remainder is told by them.
    """
    by_facts: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for number in here:
        by_facts[number.unit, number.facts].append(number)
    for numbers in by_facts.values():
        for wide, narrow in permutations(numbers, 2):
            if narrow != wide and narrow.is_within(wide):
                names = {one.name for one in narrow.conditions if one not in wide.conditions}
                divided = all((wide, name) in complete for name in names)
                yield Rest(here[wide], (here[narrow],), not divided)


def _persons_and_events(here: Mapping[Counted, int]) -> Iterator[Rest]:
    """Persons are never more than the events that count them."""
    for number, place in here.items():
        if number.unit == "persons":
            events = here.get(replace(number, unit="events"))
            if events is not None:
                yield Rest(events, (place,), False)
