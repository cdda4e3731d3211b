"""The provisional gate: what is hidden, at its boundaries, and what is left as it was."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.disclosure.figures.small import hide_small
from bilan.disclosure.rules import SMALLEST_SHOWN

SCHEMA = {
    "code": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "n_persons": pl.Int64,
    "link_rate": pl.Float64,
    "status": pl.String,
}
MEASURES = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
Cell = dict[str, Any]


def cell(**measures: Any) -> Cell:
    return {"code": "M02", "status": "value", **dict.fromkeys(MEASURES), **measures}


def protected(*cells: Cell) -> list[Cell]:
    return hide_small(pl.DataFrame(list(cells), schema=SCHEMA)).to_dicts()


def is_hidden(result: Cell) -> bool:
    return result["status"] == "suppressed" and all(result[name] is None for name in MEASURES)


@pytest.mark.parametrize(("count", "hidden"), [(1, True), (4, True), (5, False), (90, False)])
def test_a_count_is_hidden_from_one_to_four(count: int, hidden: bool) -> None:
    original = cell(value=float(count))
    [result] = protected(original)
    assert is_hidden(result) if hidden else result == original


def test_a_true_zero_is_shown() -> None:
    zero = cell(value=0.0, numerator=0.0, n_persons=0, status="true_zero")
    assert protected(zero) == [zero]


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [(4, 20, True), (5, 20, False), (2, 4, True), (0, 4, True), (0, 5, False), (5, 5, False)],
)
def test_a_rate_is_hidden_by_what_it_divides(numerator: int, denominator: int, hidden: bool) -> None:
    original = cell(value=numerator / denominator, numerator=float(numerator), denominator=float(denominator))
    [result] = protected(original)
    assert is_hidden(result) if hidden else result == original


def test_a_median_of_three_days_over_enough_cases_is_shown() -> None:
    median = cell(value=3.0, denominator=12.0, n_persons=11)
    assert protected(median) == [median]


def test_a_median_over_few_cases_or_few_persons_is_hidden() -> None:
    by_cases, by_persons = protected(
        cell(value=30.0, denominator=4.0), cell(value=30.0, denominator=12.0, n_persons=3)
    )
    assert is_hidden(by_cases)
    assert is_hidden(by_persons)


def test_many_events_of_few_persons_are_hidden() -> None:
    [result] = protected(cell(value=40.0, n_persons=2))
    assert is_hidden(result)


@pytest.mark.parametrize("status", ["missing", "not_yet_reported"])
def test_a_cell_without_figures_keeps_its_status(status: str) -> None:
    empty = cell(status=status)
    assert protected(empty) == [empty]


def test_the_interval_of_a_hidden_mean_is_hidden_with_it() -> None:
    hidden, shown = protected(
        cell(value=9.0, low=7.5, high=10.5, denominator=3.0),
        cell(value=9.0, low=7.5, high=10.5, denominator=30.0),
    )
    assert is_hidden(hidden)
    assert (shown["low"], shown["high"]) == (7.5, 10.5)


def test_other_columns_and_the_order_are_kept() -> None:
    cells = pl.DataFrame(
        {
            **{name: [None, 3.0, 9.0] for name in MEASURES[:-2]},
            "n_persons": [None, 3, 9],
            "link_rate": [None, 1.0, 1.0],
            "status": ["missing", "value", "value"],
            "territory": ["Longueuil", None, "Brossard"],
        },
        schema_overrides={"n_persons": pl.Int64},
    )
    result = hide_small(cells)
    assert result.columns == cells.columns
    assert result.schema == cells.schema
    assert result["territory"].to_list() == ["Longueuil", None, "Brossard"]


@pytest.mark.parametrize(
    ("linked", "told"), [(0, True), (1, False), (4, False), (5, True), (15, True), (16, False), (20, True)]
)
def test_a_link_rate_is_told_only_where_it_points_at_nobody(linked: int, told: bool) -> None:
    original = cell(value=20.0, numerator=20.0, n_persons=20, link_rate=linked / 20)
    [result] = protected(original)
    assert result == {**original, "link_rate": linked / 20 if told else None}


def test_a_hidden_cell_tells_no_link_rate() -> None:
    assert is_hidden(*protected(cell(value=3.0, n_persons=3, link_rate=1.0)))


COUNTS = st.one_of(st.none(), st.integers(0, 12))
CELLS = st.builds(
    lambda value, numerator, denominator, persons, status: cell(
        value=None if value is None else float(value),
        numerator=None if numerator is None else float(numerator),
        denominator=None if denominator is None else float(denominator),
        n_persons=persons,
        status=status,
    ),
    COUNTS,
    COUNTS,
    COUNTS,
    COUNTS,
    st.sampled_from(["value", "true_zero", "missing", "not_yet_reported"]),
)


def small(count: float | None) -> bool:
    return count is not None and 0 < count < SMALLEST_SHOWN


def rests_on_few(found: Cell) -> bool:
    counts = [found["numerator"], found["denominator"], found["n_persons"]]
    return any(map(small, counts)) or (found["denominator"] is None and small(found["value"]))


@given(st.lists(CELLS, max_size=8))
@settings(deadline=None, max_examples=60)
def test_no_small_count_comes_out_and_the_rest_is_untouched(cells: list[Cell]) -> None:
    for original, result in zip(cells, protected(*cells), strict=True):
        assert not rests_on_few(result)
        assert is_hidden(result) if rests_on_few(original) else result == original


@given(st.lists(CELLS, max_size=8))
@settings(deadline=None, max_examples=20)
def test_protecting_twice_changes_nothing_more(cells: list[Cell]) -> None:
    once = hide_small(pl.DataFrame(cells, schema=SCHEMA))
    assert hide_small(once).equals(once)
