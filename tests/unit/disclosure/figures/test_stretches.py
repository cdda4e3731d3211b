"""What differences of periods tell of the days between them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from bilan.disclosure.figures.counted import parse
from bilan.disclosure.figures.numbers import Cell, Period
from bilan.disclosure.figures.relations import Sum
from bilan.disclosure.figures.stretches import Stretches, stretches_of


class Told(NamedTuple):
    """A period of a kind, from a month of 2016 to the last day of another, and its count."""

    kind: str
    first: int
    last: int
    events: int


def day(month: int) -> date:
    """The first day of a month, counted from January 2016."""
    return date(2016 + month // 12, month % 12 + 1, 1)


def until(month: int) -> date:
    """The last day of a month."""
    return date.fromordinal(day(month + 1).toordinal() - 1)


def told(*releases: Sequence[Told], text: str = "events of met") -> Stretches:
    """The stretches of those releases, each cell in its place in the order of what is told."""
    number = parse(text, "a test")
    assert number is not None
    views: list[dict[Cell, int]] = []
    counts: list[int] = []
    told_to: list[date] = []
    for release in releases:
        views.append({})
        for one in release:
            period = Period(one.kind, day(one.first), until(one.last))
            views[-1][Cell(number, None, period)] = len(counts)
            counts.append(one.events)
            told_to.append(period.end)
    return stretches_of(views, told_to, counts)


def days(found: Stretches) -> dict[tuple[date, date], int]:
    counts = dict(zip(sorted(found.ways), found.counts, strict=True))
    return {(cell.period.start, cell.period.end): counts[place] for cell, place in found.view.items()}


QUARTERS = [
    Told("quarter", first, first + 2, count) for first, count in zip((0, 3, 6, 9), (6, 7, 8, 9), strict=True)
]


def test_quarters_that_follow_one_another_make_their_year() -> None:
    found = told([Told("programme_year", 0, 11, 30), *QUARTERS])
    assert found.sums == [Sum(0, (1, 2, 3, 4))] and not found.view


def test_a_quarter_that_is_not_given_is_what_the_others_leave() -> None:
    found = told([Told("programme_year", 0, 11, 30), *QUARTERS[:2], QUARTERS[3]])
    assert days(found) == {(day(6), until(8)): 8}


def test_two_calendars_tell_the_half_years_between_them() -> None:
    found = told(
        [
            Told("programme_year", 9, 20, 30),
            Told("programme_year", 21, 32, 25),
            Told("fiscal_year", 9, 14, 10),
            Told("fiscal_year", 15, 26, 23),
        ]
    )
    assert days(found) == {(day(15), until(20)): 20, (day(21), until(26)): 3, (day(27), until(32)): 22}


def test_two_releases_tell_what_a_quarter_leaves_of_what_came_between() -> None:
    """All there was up to July, then up to December, of which the last quarter."""
    found = told([Told("total", 0, 11, 77), Told("quarter", 9, 11, 8)], [Told("total", 0, 6, 67)])
    assert days(found) == {(day(7), until(8)): 2}
    assert Sum(0, (2, 3, 1)) in found.sums


def test_what_two_totals_differ_by_is_a_count_whatever_it_is_made_of() -> None:
    """Nobody in May, four in June: that it is four together is told by April and June alone."""
    found = told([Told("total", 0, 5, 44)], [Told("total", 0, 3, 40)], [Told("total", 0, 4, 40)])
    assert days(found) == {(day(4), until(4)): 0, (day(5), until(5)): 4, (day(4), until(5)): 4}
    assert Sum(5, (3, 4)) in found.sums


def test_corrections_that_leave_less_than_nobody_say_nothing() -> None:
    found = told([Told("total", 0, 11, 60)], [Told("total", 0, 6, 67)])
    assert not found.view and not found.sums


def test_what_no_chain_of_periods_links_is_not_a_difference() -> None:
    assert not told([Told("quarter", 0, 2, 6), Told("quarter", 6, 8, 7)]).view


def test_persons_and_what_is_under_way_do_not_add_up() -> None:
    for text in ("persons of met", "persons of met where referred"):
        assert not told([Told("total", 0, 11, 77)], [Told("total", 0, 6, 67)], text=text).view


SPANS = st.tuples(st.integers(0, 11), st.integers(0, 11)).map(sorted)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.lists(SPANS, min_size=1, max_size=8))
def test_every_stretch_and_every_sum_is_true(months: list[int], spans: list[list[int]]) -> None:
    kinds = [
        Told(f"kind {at}", first, last, sum(months[first : last + 1]))
        for at, (first, last) in enumerate(spans)
    ]
    found = told(kinds)
    for (first, last), count in days(found).items():
        inside = [months[at] for at in range(12) if first <= day(at) and until(at) <= last]
        assert count == sum(inside)
    counts = [*(one.events for one in kinds), *found.counts]
    for whole, parts in found.sums:
        assert counts[whole] == sum(counts[part] for part in parts)
