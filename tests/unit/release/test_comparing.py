"""Released figures against recomputed ones: what differs is named, what is hidden is left alone."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.building.rederivation import compare_exact, compare_shown
from bilan.dashboards.tables import KPI_VALUES

KINDS = {"VARCHAR": pl.String(), "DATE": pl.Date(), "DOUBLE": pl.Float64(), "BIGINT": pl.Int64()}
SCHEMA = {name: KINDS[kind] for name, kind in KPI_VALUES.columns.items()}


def figure(**changes: Any) -> dict[str, Any]:
    row = {
        **dict.fromkeys(KPI_VALUES.columns),
        "code": "M02",
        "programme": "MOBILIS",
        "period_kind": "total",
        "period_start": date(2008, 9, 1),
        "value": 90.0,
        "n_persons": 80,
        "status": "value",
    }
    return {**row, **changes}


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


def test_the_same_figures_in_another_order_do_not_differ() -> None:
    one, other = figure(), figure(territory="Brossard", value=None, status="missing")
    assert compare_exact("exact", table(one, other), table(other, one)) == []


def test_a_measure_that_changed_is_named_with_its_cell() -> None:
    [difference] = compare_exact("exact", table(figure()), table(figure(value=91.0)))
    assert (difference.measure, difference.released, difference.derived) == ("value", 90.0, 91.0)
    told = difference.to_dict()
    assert (told["cell"]["code"], told["cell"]["period_start"], told["file"]) == (
        "M02",
        "2008-09-01",
        "exact",
    )


@pytest.mark.parametrize(
    "changes", [{"value": None}, {"n_persons": 81}, {"low": 1.0}, {"status": "missing"}, {"link_rate": 0.0}]
)
def test_no_measure_is_overlooked(changes: dict[str, Any]) -> None:
    assert [d.measure for d in compare_exact("x", table(figure()), table(figure(**changes)))] == [*changes]
    assert [d.measure for d in compare_exact("x", table(figure(**changes)), table(figure()))] == [*changes]


def test_a_cell_that_one_side_lacks_differs() -> None:
    both, more = table(figure()), table(figure(), figure(territory="Brossard", value=3.0, n_persons=None))
    lacking = compare_exact("exact", both, more)
    invented = compare_exact("exact", more, both)
    assert {(d.cell["territory"], d.released, d.derived) for d in lacking if d.measure == "status"} == {
        ("Brossard", None, "value")
    }
    assert {(d.cell["territory"], d.released, d.derived) for d in invented if d.measure == "status"} == {
        ("Brossard", "value", None)
    }


def test_the_last_digits_of_a_sum_do_not_count() -> None:
    assert compare_exact("exact", table(figure(value=0.3)), table(figure(value=0.1 + 0.2))) == []
    assert compare_exact("exact", table(figure(value=0.3)), table(figure(value=0.3001)))


def test_what_readers_see_is_held_against_the_exact_figure() -> None:
    hidden = figure(territory="Brossard", value=None, n_persons=None, status="suppressed")
    exact = table(figure(), figure(territory="Brossard", value=3.0, n_persons=3))
    assert compare_shown("public", table(figure(), hidden), exact) == []
    assert compare_shown("public", table(figure(n_persons=None), hidden), exact) == []
    [difference] = compare_shown("public", table(figure(value=89.0), hidden), exact)
    assert (difference.file, difference.measure, difference.derived) == ("public", "value", 90.0)


def test_a_figure_shown_that_has_no_exact_one_differs() -> None:
    invented = figure(territory="Chambly", value=0.0, n_persons=None, status="true_zero")
    differences = compare_shown("public", table(invented), table(figure()))
    assert [d.measure for d in differences] == ["status", "value"]
