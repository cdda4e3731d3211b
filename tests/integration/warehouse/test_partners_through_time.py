"""A partner's figures keep its name of the time, are read under its successor's, and wait for its own log."""

from typing import Any

import pytest
from typer.testing import CliRunner

from bilan.cli.kpi import Answer, Partners, ask
from bilan.cli.main import app
from bilan.home import Home
from bilan.warehouse import Filters
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration
MADE = {"de": "SPAL", "vers": "CAVAC", "motif": []}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two referrals of the school board, one of the centre de services that it became in June 2020."""
    told = Telling(on="2020-12-31", programme="Pj")
    told.refer("referral.made", "N1", "2017-01-10", "ana", sender="CSMV", **MADE)
    told.refer("referral.made", "N2", "2020-05-10", "ben", sender="CSMV", **MADE)
    told.refer("referral.made", "N3", "2020-09-10", "cam", sender="CSSMV", **MADE)
    told.refer("referral.made", "N4", "2010-09-10", "dan", sender="CJM", programme="MOBILIS", **MADE)
    return told.home(tmp_path_factory.mktemp("partners"))


def referrals(home: Home, partners: Partners, **narrowed: Any) -> dict[tuple[str, str], Answer]:
    """P09 everywhere, by partner and first day of the period."""
    asked = ask(home, Filters(code="P09", **narrowed), until=None, known_at=None, partners=partners)
    return {
        (str(figure["partner"]), str(figure["period_start"])): figure
        for figure in asked
        if figure["code"] == "P09" and figure["partner"] and figure["territory"] is None
    }


def test_a_figure_keeps_the_name_of_its_time(home: Home) -> None:
    totals = referrals(home, Partners.OWN, programme="Pj", period_kind="total")
    assert totals["CSMV", "2016-10-01"]["value"] == 2
    assert totals["CSSMV", "2016-10-01"]["value"] == 1
    mobilis = referrals(home, Partners.OWN, programme="MOBILIS", period_kind="total")
    assert mobilis["CJM", "2008-09-01"]["value"] == 1


def test_a_partner_has_no_figure_of_a_time_that_was_not_its_own(home: Home) -> None:
    months = referrals(home, Partners.OWN, programme="Pj", period_kind="month")
    assert ("CSMV", "2020-06-01") in months
    assert ("CSMV", "2020-07-01") not in months
    assert ("CSSMV", "2020-05-01") not in months
    assert months["CSSMV", "2020-06-01"]["status"] == "true_zero"


def test_a_long_series_is_read_under_the_successor(home: Home) -> None:
    totals = referrals(home, Partners.SUCCESSOR, programme="Pj", period_kind="total")
    assert totals["CSSMV", "2016-10-01"]["value"] == 3
    assert not any(partner == "CSMV" for partner, _ in totals)
    mobilis = referrals(home, Partners.SUCCESSOR, programme="MOBILIS", period_kind="total")
    assert mobilis["CISSS-ME", "2008-09-01"]["value"] == 1


def test_a_figure_says_which_log_it_waits_for_and_from_whom(home: Home) -> None:
    asked = Filters(code="M02", period_kind="total", territory="Brossard")
    arrests = ask(home, asked, until=None, known_at=None)[0]
    assert arrests["status"] == "not_yet_reported"
    assert arrests["value"] is None
    assert arrests["waits_for"] == [{"log": "arrestations", "senders": ["SPAL"]}]


def test_a_partner_s_figure_waits_for_its_own_log(home: Home) -> None:
    totals = referrals(home, Partners.OWN, programme="Pj", period_kind="total")
    assert totals["KEKPART", "2016-10-01"]["status"] == "not_yet_reported"
    assert totals["KEKPART", "2016-10-01"]["waits_for"] == [{"log": "references", "senders": ["KEKPART"]}]
    assert totals["CSMV", "2016-10-01"]["waits_for"] is None


def test_the_command_prints_what_is_awaited(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    printed = CliRunner().invoke(app, ["kpi", "--code", "M02", "--period-kind", "total"])
    assert "attend" in printed.output
    assert "(SPAL)" in printed.output
