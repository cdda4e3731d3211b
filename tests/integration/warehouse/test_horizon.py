"""Logs that stop at different dates, for different senders: worked out by hand what each figure can say."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.cli.kpi import ask
from bilan.home import Home
from bilan.warehouse import Filters
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration

FIRST, SECOND, LAST = "2010-06-30", "2010-12-31", "2015-06-30"
Figures = Callable[..., Mapping[str, Any]]


def stopping() -> Telling:
    """SPAL's arrests go on to 2015; exchanges stop in June 2010 for CJM (gone in 2015), later for SPAL."""
    told = Telling(on=FIRST)
    told.arrest("E1", "2010-01-15", "p1")
    told.exchange("X1", "2010-05-10", sender="CJM")
    told.on = SECOND
    told.exchange("X2", "2010-08-10", sender="SPAL", de="SPAL", vers="CJM")
    staff = {"categorie": "policier", "role": "autre", "lien": "dégagé"}
    told.tell("partnership.staff.assigned", "2009-01-05", "s1", key="1", sender="CJM", on=FIRST, **staff)
    told.tell("partnership.staff.assigned", "2009-01-05", "s2", key="2", sender="SPAL", on=SECOND, **staff)
    grant = {"bailleur": "autre", "volet": "activités", "montant": "1000", "no_subvention": "1"}
    days = {"periode_debut_precision": "day", "periode_fin_precision": "day"}
    told.tell(
        "partnership.grant.awarded", "2009-01-01", key="G1", territory=None, on=FIRST, **grant, **days,
        periode_debut="2009-01-01", periode_fin="2012-12-31",
    )  # fmt: skip
    told.on = LAST
    told.arrest("E2", "2015-05-15", "p2")
    return told


def known(home: Home) -> Figures:
    figures = ask(home, Filters(), until=None, known_at=None)

    def find(code: str, kind: str, start: str, **dimensions: Any) -> Mapping[str, Any]:
        wanted = {"partner": None, "territory": None, "breakdown": None, **dimensions}
        wanted |= {"code": code, "period_kind": kind, "period_start": start, "programme": "MOBILIS"}
        [found] = [one for one in figures if all(one[name] == value for name, value in wanted.items())]
        return found

    return find


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return known(stopping().home(tmp_path_factory.mktemp("horizon")))


@pytest.mark.parametrize(
    ("code", "start", "said"),
    [
        ("M02", "2010-02-01", (0, "true_zero", "2010-02-28")),
        ("M02", "2014-02-01", (0, "true_zero", "2014-02-28")),
        ("M06", "2010-05-01", (1, "value", "2010-05-31")),
        ("M06", "2010-06-01", (0, "true_zero", "2010-06-30")),
        ("M06", "2010-08-01", (1, "value", "2010-06-30")),  # SPAL has told, CJM not: provisional
        ("M06", "2010-10-01", (None, "not_yet_reported", "2010-06-30")),  # a zero that CJM did not say
        ("M06", "2011-02-01", (None, "not_yet_reported", "2010-06-30")),
        ("M06", "2015-05-01", (None, "not_yet_reported", "2010-12-31")),  # CJM is no more, SPAL stopped
    ],
)
def test_a_month_says_what_somebody_said(
    find: Figures, code: str, start: str, said: tuple[int | None, str, str]
) -> None:
    figure = find(code, "month", start)
    assert (figure["value"], figure["status"], figure["covered_to"]) == said


def test_the_total_is_all_that_is_known_and_says_how_far(find: Figures) -> None:
    total = find("M06", "total", "2008-09-01")
    assert (total["value"], total["period_end"], total["covered_to"]) == (2, LAST, FIRST)


def test_a_partner_s_own_figure_has_its_own_horizon(find: Figures) -> None:
    own = [find("M01", "month", "2010-09-01", partner=partner) for partner in ("SPAL", "CJM")]
    assert [(one["value"], one["status"]) for one in own] == [(1, "value"), (None, "not_yet_reported")]
    assert own[1]["waits_for"] == [{"log": "effectifs", "senders": ["CJM"]}]


def test_an_open_post_is_known_to_be_filled_as_long_as_its_sender_says_so(find: Figures) -> None:
    assert find("M01", "month", "2010-06-01")["value"] == 2
    assert find("M01", "month", "2010-09-01")["value"] == 1  # CJM's is not known to last
    assert find("M01", "month", "2011-02-01")["status"] == "not_yet_reported"


def test_only_months_that_are_told_are_in_a_share(find: Figures) -> None:
    share = find("P14.funded_share", "total", "2008-09-01")
    assert (share["numerator"], share["denominator"]) == (
        18,
        22,
    )  # from January 2009, of September 2008 to June


def test_no_town_has_the_money_of_the_whole(find: Figures) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        find("M13", "total", "2008-09-01", territory="Brossard")


@pytest.mark.parametrize("cut", [FIRST, SECOND])
def test_a_log_that_stops_earlier_never_turns_the_unreported_into_zero(cut: str, tmp_path: Path) -> None:
    """Without the arrests told since, months that nobody told are awaited; the others stay as they were."""
    told = stopping()
    last = date.fromisoformat(cut)
    told.rows = [row for row in told.rows if row["log"] != "arrestations" or row["reporteddate"] <= last]
    for number, row in enumerate(told.rows, 1):
        row["sequence"] = number
    find = known(told.home(tmp_path))
    assert find("M02", "month", "2010-02-01")["status"] == "true_zero"
    for month in ("2010-08-01", "2010-12-01"):
        assert find("M02", "month", month)["status"] == "not_yet_reported"
