"""What follows from one number to another is derived from what each counts, where and when."""

from datetime import date

from bilan.disclosure.figures.counted import parse
from bilan.disclosure.figures.numbers import Cell, Period, Seen
from bilan.disclosure.figures.relations import Rest, Sum, relations_of

YEAR = Period("programme_year", date(2010, 9, 1), date(2011, 8, 31))
QUARTERS = [
    Period("quarter", date(2010, 9, 1), date(2010, 11, 30)),
    Period("quarter", date(2010, 12, 1), date(2011, 2, 28)),
    Period("quarter", date(2011, 3, 1), date(2011, 5, 31)),
    Period("quarter", date(2011, 6, 1), date(2011, 8, 31)),
]


def cell(text: str, territory: str | None = None, period: Period = YEAR) -> Cell:
    counted = parse(text, "a test")
    assert counted is not None
    return Cell(counted, territory, period)


def derived(*cells: Cell, seen: tuple[str, ...] = ()) -> tuple[list[Sum], list[Rest]]:
    """Of those cells, where those reasons of refusal are seen."""
    values: Seen = {("refusals", (), "raison_refus"): set(seen)} if seen else {}
    told_to = [one.period.end for one in cells]
    return relations_of([{one: at for at, one in enumerate(cells)}], told_to, values, [])


def test_a_subset_leaves_a_remainder_that_counts_somebody() -> None:
    _, rests = derived(cell("persons of met"), cell("persons of met where referred"))
    assert rests == [Rest(0, (1,), counted=True)]


def test_persons_are_never_more_than_their_events_and_the_difference_is_no_count() -> None:
    _, rests = derived(cell("events of met"), cell("persons of met"))
    assert rests == [Rest(0, (1,), counted=False)]


def test_other_facts_say_nothing_of_each_other() -> None:
    assert derived(cell("persons of met"), cell("persons of arrests where charged")) == ([], [])


def test_a_partition_that_is_whole_adds_up() -> None:
    sums, rests = derived(
        cell("events of decisions"),
        cell("events of decisions where decision=accepted"),
        cell("events of decisions where decision=refused"),
    )
    assert sums == [Sum(0, (1, 2))]
    assert not any(rest.counted for rest in rests)


def test_a_partition_of_which_a_part_is_not_given_leaves_that_part() -> None:
    sums, rests = derived(cell("events of decisions"), cell("events of decisions where decision=accepted"))
    assert (sums, rests) == ([], [Rest(0, (1,), counted=True)])


def test_several_values_are_the_sum_of_each() -> None:
    sums, _ = derived(
        cell("events of moves where step=transferred|restarted"),
        cell("events of moves where step=restarted"),
        cell("events of moves where step=transferred"),
    )
    assert Sum(0, (1, 2)) in sums


def test_the_values_of_a_breakdown_add_up_to_what_has_no_value() -> None:
    sums, _ = derived(
        cell("events of refusals"),
        cell("events of refusals where raison_refus=manque de place"),
        cell("events of refusals where raison_refus=hors territoire"),
        seen=("manque de place", "hors territoire"),
    )
    assert sums == [Sum(0, (1, 2))]


def test_one_value_of_a_breakdown_that_is_not_published_leaves_the_others() -> None:
    sums, rests = derived(
        cell("events of refusals"),
        cell("events of refusals where raison_refus=manque de place"),
        seen=("manque de place", "hors territoire"),
    )
    assert (sums, rests) == ([], [Rest(0, (1,), counted=True)])


def test_towns_add_up_to_the_whole() -> None:
    sums, _ = derived(
        cell("events of met"), cell("events of met", "Brossard"), cell("events of met", "Laval")
    )
    assert sums == [Sum(0, (1, 2))]


def test_persons_of_quarters_are_those_of_their_year_but_for_who_is_in_two() -> None:
    quarters = [cell("persons of met", period=quarter) for quarter in QUARTERS]
    assert derived(cell("persons of met"), *quarters)[0] == [Sum(0, (1, 2, 3, 4))]
    sums, rests = derived(cell("persons of met"), *quarters[1:])
    assert sums == [] and Rest(0, (1, 2, 3), counted=True) in rests


def test_persons_told_farther_since_a_release_leave_who_came_since() -> None:
    year, then = (
        cell("persons of met", period=YEAR._replace(end=end)) for end in (YEAR.end, date(2011, 3, 8))
    )
    _, rests = relations_of([{year: 0}, {then: 1}], [YEAR.end, then.period.end], {}, [])
    assert rests == [Rest(0, (1,), counted=True)]


def test_what_nobody_told_yet_of_persons_is_no_stretch() -> None:
    year, quarters = cell("persons of met"), [cell("persons of met", period=one) for one in QUARTERS[:2]]
    view = {one: at for at, one in enumerate((year, *quarters))}
    told_to = [one.period.end for one in quarters]
    sums, _ = relations_of([view], [told_to[-1], *told_to], {}, [])
    assert sums == [Sum(0, (1, 2))]
