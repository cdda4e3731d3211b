"""Every KPI on the worked case, as known in the end and as of other dates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.cli.kpi import ask
from bilan.home import Home
from bilan.warehouse import Filters
from tests.integration.warehouse.worked_case import FIRST, SECOND

pytestmark = pytest.mark.integration

Figures = Callable[..., Any]
HEADLINE = {"territory": None, "partner": None, "breakdown": None, "breakdown_value": None}


@pytest.fixture(scope="module")
def home(worked: Home) -> Home:
    return worked


def finder(home: Home, code: str | None = None, **bounds: date | None) -> Figures:
    """Finds figures, or those of a code alone, which take less time to build."""
    figures = ask(home, Filters(code=code), until=bounds.get("until"), known_at=bounds.get("known_at"))

    def find(code: str, kind: str = "total", start: str | None = None, **dimensions: str) -> Any:
        programme = "Pj" if code.startswith("P") else "MOBILIS"
        wanted = {"code": code, "programme": programme, "period_kind": kind, **HEADLINE, **dimensions}
        if start:
            wanted["period_start"] = start
        found = [row for row in figures if all(row[name] == value for name, value in wanted.items())]
        assert len(found) == 1, f"{len(found)} figures for {wanted}"
        return found[0]

    return find


@pytest.fixture(scope="module")
def final(home: Home) -> Figures:
    return finder(home)


@pytest.mark.parametrize(
    ("code", "value", "persons"),
    [
        ("M02", 6, 4),
        ("M03", 4, 4),
        ("M04", 1 / 3, 3),
        ("M04.presented", 1 / 2, 2),
        ("M04.concluded", 3, 3),
        ("M05", 2, 2),
        ("M05.met", 3, 3),
        ("M05.meetings", 5, 3),
        ("M06", 2, None),
        ("M06.informal", 1, None),
        ("M07", 3 / 4, 4),
        ("M08", 35, 2),
        ("M08.outcome", 136.5, 2),
        ("M10", 1 / 2, None),
        ("P01", 2, None),
        ("P02", 2, 2),
        ("P02.attendances", 3, 2),
        ("P03", 8.5, 1),
        ("P03.relative", 17 / 120, 1),
        ("P03.before", 60, 1),
        ("P03.after", 68.5, 1),
        ("P09", 3, 3),
        ("P09.received", 3, 3),
        ("P09.accepted_share", 1 / 2, 2),
        ("P09.days_to_decision", 20, 2),
        ("P09.started", 1, 1),
        ("P09.refused", 1, 1),
    ],
)
def test_since_the_beginning(final: Figures, code: str, value: float, persons: int | None) -> None:
    figure = final(code)
    assert figure["value"] == value
    assert figure["n_persons"] == persons
    assert figure["status"] == "value"


@pytest.mark.parametrize(
    ("code", "kind", "start", "value"),
    [
        ("M02", "month", "2010-01-01", 2),
        ("M02", "month", "2010-03-01", 1),
        ("M02", "month", "2010-08-01", 0),  # corrected away
        ("M02", "month", "2010-11-01", 1),
        ("M02", "quarter", "2009-12-01", 2),  # the programme counts its quarters from September
        ("M02", "fiscal_year", "2008-04-01", 1),  # 2008, from September on
        ("M02", "fiscal_year", "2009-04-01", 3),  # 2009 fits no such year
        ("M02", "programme_year", "2008-09-01", 1),
        ("M02", "programme_year", "2009-09-01", 3),
        ("M02", "phase", "2008-09-01", 6),
        ("M04.concluded", "month", "2010-09-01", 1),
        ("M04", "month", "2010-08-01", None),
        ("M06", "month", "2010-01-01", 1),  # the sender who passed it on is believed
        ("M06", "month", "2010-02-01", 0),
        ("M08", "month", "2010-12-01", 40),
        ("M08.outcome", "quarter", "2010-09-01", 183),
        ("P02.attendances", "month", "2016-11-01", 2),
        ("P02.attendances", "month", "2016-12-01", 0),
        ("P02", "programme_year", "2017-10-01", 1),
    ],
)
def test_in_a_period(final: Figures, code: str, kind: str, start: str, value: float | None) -> None:
    figure = final(code, kind, start)
    assert figure["value"] == value
    assert figure["status"] == {0: "true_zero", None: "missing"}.get(value, "value")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("code", "dimensions", "value"),
    [
        ("M02", {"territory": "Brossard"}, 1),
        ("M02", {"territory": "Longueuil"}, 5),
        ("M02", {"territory": "Saint-Lambert"}, 0),
        ("M02", {"breakdown": "motif", "breakdown_value": "proxénétisme"}, 1),
        ("M02", {"breakdown": "gang", "breakdown_value": "inconnu"}, 5),
        ("M04.concluded", {"breakdown": "issue", "breakdown_value": "retrait"}, 1),
        ("M04.concluded", {"territory": "Brossard"}, 1),
        ("M05", {"breakdown": "ressource", "breakdown_value": "CAVAC"}, 1),
        ("M05", {"breakdown": "sexe", "breakdown_value": "M"}, 1),
        ("M05", {"breakdown": "sexe", "breakdown_value": "inconnu"}, 1),
        ("M06", {"breakdown": "direction", "breakdown_value": "CJM > SPAL"}, 2),
        ("M06", {"breakdown": "nature", "breakdown_value": "entourage"}, 1),
        ("P02", {"partner": "SPAL"}, 1),
        ("P02", {"partner": "VILLE"}, 0),
        ("P02", {"breakdown": "milieu", "breakdown_value": "scolaire"}, 1),
        ("P03.before", {"breakdown": "theme", "breakdown_value": "exploitation sexuelle"}, 60),
        ("P09", {"partner": "KEKPART"}, 2),
        ("P09.received", {"partner": "CAVAC"}, 3),
        ("P09.received", {"partner": "KEKPART"}, 0),
        ("P09.refused", {"breakdown": "raison_refus", "breakdown_value": "manque de place"}, 1),
    ],
)
def test_in_a_part(final: Figures, code: str, dimensions: dict[str, str], value: float) -> None:
    assert final(code, **dimensions)["value"] == value


def test_programmes_stand_apart(final: Figures) -> None:
    assert final("P09", programme="MOBILIS")["value"] == 1


def test_before_a_correction_and_a_withdrawal(home: Home) -> None:
    before = finder(home, known_at=date.fromisoformat(SECOND))
    assert before("M02")["value"] == 7
    assert before("M02", "month", "2010-08-01")["value"] == 1
    assert before("M05")["value"] == 3  # the link was not known yet
    assert before("M04.concluded")["value"] == 2
    assert before("M02")["known_at"] == SECOND
    assert before("P01")["status"] == "not_yet_reported"


def test_the_day_before_a_statement(home: Home) -> None:
    before = finder(home, "M02", known_at=date(2010, 9, 29))
    assert before("M02")["value"] == 5
    assert before("M02", "month", "2010-06-01")["value"] == 0


def test_until_a_date(home: Home) -> None:
    by_then = finder(home, until=date(2010, 3, 30))
    assert by_then("M02")["value"] == 4  # March may have ended after it
    assert by_then("M07")["value"] == 1 / 4  # ana, charged; cam and ben only later
    assert by_then("M08")["value"] == 30
    assert by_then("M04.concluded")["status"] == "true_zero"
    assert by_then("M05")["value"] == 2  # links are not limited by it
    assert by_then("M02")["known_at"] == "2010-12-31"  # of its own programme


def test_until_and_known_at_together(home: Home) -> None:
    asked = finder(home, "M02", until=date(2010, 3, 31), known_at=date.fromisoformat(FIRST))
    assert asked("M02")["value"] == 5
    assert asked("M02")["known_at"] == FIRST


def test_an_as_of_question_leaves_nothing_behind(home: Home) -> None:
    before = Path(home.warehouse / "warehouse.duckdb").read_bytes()
    finder(home, "M02", known_at=date.fromisoformat(SECOND))
    assert Path(home.warehouse / "warehouse.duckdb").read_bytes() == before
    assert not list(home.warehouse.glob("as-of-*"))
