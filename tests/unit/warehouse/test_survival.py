"""Kaplan-Meier and Student's t, held against published examples."""

from datetime import date
from math import exp, log, sqrt

import polars as pl
import pytest

from bilan.warehouse.intervals import CELL, intervals_of_cells, mean_interval
from bilan.warehouse.survival import HORIZONS, Estimate, Survival, kaplan_meier, survival_of_cells

# Weeks in remission on 6-mercaptopurine (Freireich et al., Blood 21, 1963), the example that Gehan
# (Biometrika 52, 1965) and most textbooks since work through; a relapse ends them, or they are censored.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
CENSORED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
# Extra hours of sleep of ten patients (Student, Biometrika 6, 1908); R's help for `t.test` has the interval.
SLEEP = (1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4)


def remission() -> tuple[list[int], list[bool]]:
    weeks = [*RELAPSED, *CENSORED]
    return [7 * week for week in weeks], [True] * len(RELAPSED) + [False] * len(CENSORED)


def by_month(found: Survival) -> dict[int, Estimate]:
    return dict(zip(HORIZONS, found.shares, strict=True))


@pytest.mark.integration
def test_remission_is_as_published() -> None:
    found = kaplan_meier(*remission())
    assert found.n == 21
    assert found.median.value == 7 * 23
    assert (found.median.low, found.median.high) == (
        7 * 13,
        None,
    )  # no upper bound: it never crosses one half
    shares = by_month(found)
    assert shares[3].value == pytest.approx(1 - 0.690, abs=5e-4)  # three months are 13.04 weeks: S(13) still
    assert shares[6].value == pytest.approx(1 - 0.448, abs=5e-4)  # six months are 26 weeks: S(23) still


@pytest.mark.integration
def test_a_share_has_greenwoods_band() -> None:
    steps = [(3, 21), (1, 17), (1, 15), (1, 12), (1, 11), (1, 7), (1, 6)]  # relapses, of those at risk
    staying = 1.0
    for met, at_risk in steps:
        staying *= 1 - met / at_risk
    spread = sqrt(sum(met / (at_risk * (at_risk - met)) for met, at_risk in steps)) / abs(log(staying))
    share = by_month(kaplan_meier(*remission()))[6]
    assert share.low == pytest.approx(1 - staying ** exp(-1.959964 * spread), abs=1e-6)
    assert share.high == pytest.approx(1 - staying ** exp(1.959964 * spread), abs=1e-6)


def test_nothing_is_said_beyond_what_was_watched() -> None:
    shares = by_month(kaplan_meier(*remission()))  # the last one was watched for 245 days
    assert {shares[months] for months in (9, 12, 18, 24)} == {Estimate(None, None, None)}


def test_once_everyone_met_the_event_the_share_stays_whole() -> None:
    found = kaplan_meier([100, 200], [True, True])
    assert [share.value for share in found.shares] == [0, 0.5, 1, 1, 1, 1]
    assert (found.shares[2].low, found.shares[2].high) == (None, None)
    assert found.median.value == 100


def test_nobody_met_the_event() -> None:
    found = kaplan_meier([0, 400, 800], [False, False, False])
    assert {share.value for share in found.shares} == {0}
    assert {bound for share in found.shares for bound in (share.low, share.high)} == {None}
    assert (found.median.value, found.median.low, found.median.high) == (None, None, None)


@pytest.mark.parametrize("days", [[], [-1, 3]])
def test_a_person_is_watched_for_some_days(days: list[int]) -> None:
    with pytest.raises(ValueError, match="0 days or more"):
        kaplan_meier(days, [False] * len(days))


def test_student_s_sleepers_are_as_published() -> None:
    assert mean_interval(SLEEP) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)


@pytest.mark.parametrize("values", [[], [5.0], [5.0, 5.0, 5.0]])
def test_one_value_has_no_interval(values: list[float]) -> None:
    assert mean_interval(values) == (None, None)


def test_each_cell_has_its_own() -> None:
    cells = [("Pj", None, "total", date(2016, 10, 1)), ("Pj", "Brossard", "month", date(2018, 3, 1))]
    gains = pl.DataFrame(
        [(*cells[0], 1.0), (*cells[1], 2.0), (*cells[0], 2.0), (*cells[0], 3.0)],
        schema={**CELL, "gain": pl.Float64},
        orient="row",
    )
    assert [(row[1], row[4], row[5] is None) for row in intervals_of_cells(gains).rows()] == [
        (None, 3, False),
        ("Brossard", 1, True),
    ]
    watched = gains.select(*CELL, pl.col("gain").cast(pl.Int64).alias("days_watched"), has_turned=True)
    assert survival_of_cells(watched).select("territory", "n", "median_days").rows() == [
        (None, 3, 2.0),
        ("Brossard", 1, 2.0),
    ]


def test_no_cell_is_no_row() -> None:
    none = pl.DataFrame(schema={**CELL, "days_watched": pl.Int64, "has_turned": pl.Boolean})
    assert survival_of_cells(none).height == 0
    assert survival_of_cells(none).schema["median_days"] == pl.Float64
