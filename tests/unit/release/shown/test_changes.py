"""What became of a figure since the release before, and when too few are counted to conclude."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from bilan.dashboards.tables import DIMENSIONS
from bilan.release.publication.shown.changes import with_changes

NUMBERS = ("value", "low", "high", "denominator")


def cells(kind: str, **told: Any) -> pl.DataFrame:
    row = {**dict.fromkeys((*DIMENSIONS, *NUMBERS)), "code": "M02", "period_end": date(2011, 9, 30), **told}
    schema: dict[str, Any] = dict.fromkeys(DIMENSIONS, pl.String)
    schema |= dict.fromkeys(("period_start", "period_end"), pl.Date) | dict.fromkeys(NUMBERS, pl.Float64)
    return pl.DataFrame([{**row, "format": kind}], schema={**schema, "format": pl.String})


def change(kind: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    [row] = with_changes(cells(kind, **after), cells(kind, **before), 1).to_dicts()
    return row


@pytest.mark.parametrize(
    ("kind", "before", "after", "french", "english"),
    [
        ("count", 86.0, 90.0, "+4 depuis la diffusion n° 1", "+4 since release No. 1"),
        ("count", 90.0, 86.0, "\u22124 depuis la diffusion n° 1", "\u22124 since release No. 1"),
        ("count", 90.0, 90.0, "inchangé depuis la diffusion n° 1", "unchanged since release No. 1"),
        ("rate", 0.9, 0.885, "\u22121,5 point depuis", "\u22121.5 percentage points since"),
        ("rate", 0.88, 0.9, "+2 points depuis", "+2 percentage points since"),
        ("rate", 0.88, 0.89, "+1 point depuis", "+1 percentage point since"),
        ("rate", 0.8804, 0.8801, "inchangé depuis", "unchanged since"),
        ("amount", 1000.0, 46000.0, "+45\u00a0000\u00a0$ depuis", "+$45,000 since"),
        ("days", 17.5, 19.0, "+1,5 depuis", "+1.5 since"),
    ],
)
def test_a_change_is_told_in_words(kind: str, before: float, after: float, french: str, english: str) -> None:
    row = change(kind, {"value": before}, {"value": after})
    assert row["change_fr"].startswith(french)
    assert row["change_en"].startswith(english)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.8854, 0.8846, "\u22120,1 point"),  # both are read as 88,5
        (0.8844, 0.8846, "inchangé"),  # read as 88,4 and 88,5
    ],
)
def test_what_is_subtracted_are_the_unrounded_figures(before: float, after: float, said: str) -> None:
    assert change("rate", {"value": before}, {"value": after})["change_fr"].startswith(said)


@pytest.mark.parametrize(("before", "after"), [(None, 90.0), (90.0, None)])
def test_no_change_is_told_of_what_was_or_is_hidden(before: float | None, after: float | None) -> None:
    row = change("count", {"value": before}, {"value": after})
    assert (row["change_fr"], row["change_en"], row["change_unsure"]) == (None, None, None)


def test_a_period_that_is_still_open_is_the_same_period() -> None:
    row = change("count", {"value": 80.0, "period_end": date(2010, 9, 30)}, {"value": 90.0})
    assert row["change_fr"] == "+10 depuis la diffusion n° 1"
    other = change("count", {"value": 80.0, "territory": "Longueuil"}, {"value": 90.0})
    assert other["change_fr"] is None


def test_the_first_release_has_nothing_to_compare_with() -> None:
    [row] = with_changes(cells("count", value=90.0), None, None).to_dicts()
    assert (row["change_fr"], row["change_unsure"]) == (None, None)


@pytest.mark.parametrize(
    ("kind", "before", "after", "unsure"),
    [
        # 1.96 x sqrt(86 + 112) is 27.58: 26 is within, 28 is not
        ("count", {"value": 86.0}, {"value": 112.0}, True),
        ("count", {"value": 85.0}, {"value": 113.0}, False),
        # 1.96 x sqrt(p(1-p)/50 + q(1-q)/50) is 0.189
        ("rate", {"value": 0.5, "denominator": 50.0}, {"value": 0.68, "denominator": 50.0}, True),
        ("rate", {"value": 0.5, "denominator": 50.0}, {"value": 0.70, "denominator": 50.0}, False),
        ("rate", {"value": 0.1, "denominator": 29.0}, {"value": 0.9, "denominator": 500.0}, True),
        ("rate", {"value": 0.1, "denominator": 30.0}, {"value": 0.9, "denominator": 500.0}, False),
        ("rate", {"value": 0.1}, {"value": 0.9}, True),
        # intervals that touch by an end overlap
        ("points", {"value": 9, "low": 8, "high": 10}, {"value": 11, "low": 10, "high": 12}, True),
        ("points", {"value": 9, "low": 8, "high": 9.9}, {"value": 11, "low": 10, "high": 12}, False),
        ("rate", {"value": 0.5, "low": 0.4, "high": 0.6}, {"value": 0.9, "low": 0.8, "high": 1.0}, False),
        ("days", {"value": 17.0, "denominator": 29.0}, {"value": 40.0, "denominator": 90.0}, True),
        ("days", {"value": 17.0, "denominator": 30.0}, {"value": 40.0, "denominator": 30.0}, False),
        ("days", {"value": 17.0}, {"value": 40.0}, True),
        ("amount", {"value": 1.0}, {"value": 2.0}, False),
        ("count", {"value": 5.0}, {"value": 5.0}, False),  # unchanged: there is nothing to conclude
    ],
)  # fmt: skip
def test_too_few_to_conclude(
    kind: str, before: dict[str, float], after: dict[str, float], unsure: bool
) -> None:
    assert change(kind, before, after)["change_unsure"] is unsure
    assert change(kind, after, before)["change_unsure"] is unsure
