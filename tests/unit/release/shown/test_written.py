"""Numbers as a French and an English reader write them."""

from datetime import date

import polars as pl
import pytest

from bilan.release.wording.labels import Diffusion
from bilan.release.wording.written import ENGLISH, FRENCH, with_figures, written


@pytest.mark.parametrize(
    ("value", "kind", "signed", "french", "english"),
    [
        (90.0, "count", False, "90", "90"),
        (0.0, "count", False, "0", "0"),
        (1234.0, "count", False, "1\u00a0234", "1,234"),
        (0.885, "rate", False, "88,5\u00a0%", "88.5%"),
        (1.0, "rate", False, "100\u00a0%", "100%"),
        (12.5, "days", False, "12,5", "12.5"),
        (12.0, "days", False, "12", "12"),
        (45000.0, "amount", False, "45\u00a0000\u00a0$", "$45,000"),
        (9.75, "points", True, "+9,8", "+9.8"),
        (-1.25, "points", True, "\u22121,2", "\u22121.2"),
        (-0.04, "points", True, "0", "0"),
        (0.0, "points", True, "0", "0"),
    ],
)
def test_a_figure_is_written(value: float, kind: str, signed: bool, french: str, english: str) -> None:
    assert written(value, kind, FRENCH, signed=signed) == french
    assert written(value, kind, ENGLISH, signed=signed) == english


def told(**changes: object) -> dict[str, object]:
    row = {
        "signed": "yes",
        "format": "points",
        "value": 9.8,
        "low": 8.1,
        "high": 10.4,
        "denominator": 298.0,
        "link_rate": 0.005,
        **changes,
    }
    schema = dict.fromkeys(("value", "low", "high", "denominator", "link_rate"), pl.Float64)
    [row] = with_figures(pl.DataFrame([row], schema_overrides=schema)).to_dicts()
    return row


def test_what_is_said_beside_a_figure() -> None:
    row = told()
    assert (row["figure_fr"], row["figure_en"]) == ("+9,8", "+9.8")
    assert (row["n_fr"], row["n_en"]) == ("n = 298", "n = 298")
    assert row["interval_fr"] == "intervalle à 95\u00a0%\u00a0: de 8,1 à 10,4"
    assert row["interval_en"] == "95% interval: 8.1 to 10.4"
    assert (row["link_rate_fr"], row["link_rate_en"]) == ("0,5\u00a0%", "0.5%")


def test_what_is_no_gain_has_no_sign() -> None:
    assert told(signed="")["figure_fr"] == "9,8"


def test_nothing_is_said_of_what_is_hidden() -> None:
    row = told(value=None, low=None, high=None)
    assert (row["figure_fr"], row["figure_en"]) == (None, None)
    assert {row[f"{name}_fr"] for name in ("n", "interval", "link_rate")} == {""}


def test_an_interval_without_an_upper_bound_is_not_told() -> None:
    assert told(high=None)["interval_fr"] == ""


def test_a_release_is_named_as_readers_choose_it() -> None:
    newest = Diffusion(2, date(2019, 10, 31), is_newest=True)
    older = Diffusion(1, date(2018, 10, 1), is_newest=False)
    assert (newest.french, newest.english) == ("La plus récente", "Latest")
    assert older.french == "n° 1 · connue au 1er octobre 2018"
    assert older.english == "No. 1 · known at 1 October 2018"
