"""The attacker tells what can be told, in cases small enough to do by hand; and no more."""

from datetime import date

import polars as pl
import pytest

from tests.attacker.attack import attack
from tests.attacker.nonlinear import events
from tests.unit.attacker.rows import catalogue, release, row

pytestmark = pytest.mark.integration

EVENTS = catalogue(C01=("count", "Nombre de faits."))
PERSONS = catalogue(C01=("count", "Nombre de jeunes distincts."))
AIMS = pl.DataFrame({"code": ["C01"], "part": ["num"]})
QUARTERS = [
    (date(2016, 4, 1), date(2016, 6, 30)),
    (date(2016, 7, 1), date(2016, 9, 30)),
    (date(2016, 10, 1), date(2016, 12, 31)),
    (date(2017, 1, 1), date(2017, 3, 31)),
]


def by_place(*counts: float | None, of: float | None) -> list[dict[str, object]]:
    """A whole and its territories."""
    return [row("C01", of), *(row("C01", n, territory=f"T{at}") for at, n in enumerate(counts))]


def territory(name: str, **more: object) -> dict[str, object]:
    return {"code": "C01", "territory": name, "part": "num", **more}


def test_one_hidden_part_is_what_the_others_leave() -> None:
    found = attack([release(*by_place(None, 7, 9, 0, of=19))], EVENTS)
    assert found.bounds_of(territory("T0")) == (3, 3)


def test_two_hidden_parts_share_what_is_left_and_count_somebody_where_zeros_are_shown() -> None:
    assert attack([release(*by_place(None, None, 9, 0, of=13))], EVENTS).bounds_of(territory("T0")) == (1, 3)
    assert attack([release(*by_place(None, None, 9, 8, of=21))], EVENTS).bounds_of(territory("T0")) == (0, 4)


def test_as_many_hidden_parts_as_they_count_are_one_each() -> None:
    found = attack([release(*by_place(None, None, None, 0, of=3))], EVENTS)
    assert found.bounds_of(territory("T1")) == (1, 1)


def test_distinct_persons_are_at_most_the_whole_and_at_least_what_others_lack() -> None:
    found = attack([release(*by_place(None, 12, 9, 0, of=22))], PERSONS)
    assert found.bounds_of(territory("T0")) == (1, 22)


def test_absent_values_of_a_breakdown_count_nobody() -> None:
    rows = [row("C01", 9, breakdown="nature", breakdown_value="a", territory="T0")]
    rows += [row("C01", None, breakdown="nature", breakdown_value="b", territory="T0")]
    rows += [row("C01", None, breakdown="nature", breakdown_value="a", territory="T1")]
    rows += [row("C01", 12, territory="T0"), row("C01", 3, territory="T1")]
    found = attack([release(*rows)], EVENTS)
    assert found.bounds_of(territory("T1", breakdown_value="a")) == (3, 3)


def test_a_rate_leaves_its_denominator_less_what_it_counts() -> None:
    rates = catalogue(C02=("rate", "Part."), P09__accepted_share=("rate", ""), P09__refused=("count", ""))
    rows = [row("P09.accepted_share", 0.8, numerator=16.0, denominator=20.0), row("P09.refused", None)]
    found = attack([release(*rows)], rates)
    assert found.bounds_of({"code": "P09.refused", "part": "num"}) == (4, 4)


def test_whoever_is_met_and_not_referred_is_a_count() -> None:
    entries = catalogue(M05=("count", "distincts"), M05__met=("count", "distincts"))
    found = attack([release(row("M05", 17), row("M05.met", 20))], entries)
    assert found.bounds_of({"code": "M05.met less M05", "part": "rest"}) == (3, 3)


def test_a_partner_knows_its_own() -> None:
    rows = by_place(None, None, 9, 0, of=19)
    own = release(row("C01", 7, territory="T0", partner="P"), row("C01", 7, partner="P"))
    assert attack([release(*rows)], EVENTS, [own]).bounds_of(territory("T1")) == (1, 3)


def test_what_a_release_showed_is_known_beside_the_next() -> None:
    first = release(*by_place(4, None, 9, 0, of=20))
    second = release(*by_place(None, None, 9, 0, of=20))
    assert attack([second], EVENTS).bounds_of(territory("T1")) == (1, 10)
    assert attack([first, second], EVENTS).bounds_of(territory("T1")) == (7, 7)


def test_a_year_that_grew_by_little_gives_its_last_quarter() -> None:
    def quarters(*counts: float | None) -> list[dict[str, object]]:
        return [row("C01", n, kind="quarter", period=QUARTERS[at]) for at, n in enumerate(counts)]

    then = row("C01", 20, period=(QUARTERS[0][0], QUARTERS[2][1]))
    first = release(then, *quarters(10, 10, 0))
    second = release(row("C01", 22), *quarters(10, 10, 0, None))
    found = attack([first, second], EVENTS)
    assert found.bounds_of({"code": "C01", "start": QUARTERS[3][0], "part": "num"}) == (2, 2)


def test_overlapping_periods_give_the_stretch_between_them_by_programmes() -> None:
    year, late = (QUARTERS[0][0], QUARTERS[3][1]), (QUARTERS[1][0], date(2017, 6, 30))
    rows = [
        row("C01", 20, kind="fiscal_year", period=year),
        row("C01", 18, kind="programme_year", period=late),
        row("C01", None, kind="quarter", period=QUARTERS[0]),
        row("C01", 0, kind="quarter", period=QUARTERS[3]),
        row("C01", 21, period=(year[0], late[1])),
    ]
    quarter = {"code": "C01", "start": year[0], "kind": "quarter", "part": "num"}
    assert attack([release(*rows)], EVENTS).bounds_of(quarter) == (2, 20)  # bounds alone: two sums at once
    assert attack([release(*rows)], EVENTS, aims=AIMS).bounds_of(quarter) == (3, 3)


def test_indicators_that_are_always_equal_tell_each_other() -> None:
    entries = catalogue(A01=("count", "Nombre."), B01=("count", "Nombre."))
    places = [f"T{at}" for at in range(12)]
    rows = [row("A01", 5 + at, territory=name) for at, name in enumerate(places)]
    rows += [row("B01", None if at == 3 else 5 + at, territory=name) for at, name in enumerate(places)]
    found = attack([release(*rows)], entries)
    assert found.bounds_of({"code": "B01", "territory": "T3", "part": "num"}) == (8, 8)


@pytest.mark.parametrize(
    ("share", "persons", "low", "high", "told"),
    [
        (0.1, 10, 0.014719, 0.526991, (1, 1)),  # one of ten, all followed
        (0.0, 12, None, None, (0, 0)),
        (0.3, 20, 0.147482, 0.549454, (6, 6)),
        (
            1 - 0.9 * 6 / 7,
            12,
            None,
            None,
            (1, 2),
        ),  # one of ten, then one of seven: two, or one of few followed
    ],
)
def test_survival_shares_say_how_many(
    share: float, persons: float, low: float | None, high: float | None, told: tuple[int, int]
) -> None:
    assert events(share, persons, low, high) == told


def test_what_is_not_told_is_left_wide() -> None:
    found = attack([release(*by_place(None, None, 9, 0, of=40))], EVENTS, aims=AIMS)
    low, high = found.bounds_of(territory("T0"))
    assert (low, high) == (1, 30)
    assert not found.numbers["doubtful"].any()
