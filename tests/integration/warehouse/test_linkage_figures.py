"""What the linkage does to figures, from the day of a decision on, never before; and its share of them."""

from datetime import date

import pytest

from bilan.cli.kpi import Answer, ask
from bilan.home import Home
from bilan.warehouse.query import Filters
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration
DECIDED, UNDONE = date(2020, 1, 15), date(2021, 3, 1)
BEFORE, AFTER = date(2020, 1, 14), date(2020, 12, 31)


def met() -> Telling:
    told = Telling(on="2010-06-30")
    for number, who in enumerate(("p_a", "p_b", "p_c", "p_d")):
        told.meet(f"{number}", "2010-03-01", who, ressource="non")
    return told


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return met().home(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    told = met()
    told.link("p_a", "p_b", DECIDED.isoformat())
    told.unlink("p_a", "p_b", UNDONE.isoformat())
    # an older statement tells the link again, which undoes nothing
    told.link("p_a", "p_b", "2020-01-01")
    told.rows[-1]["reporteddate"] = DECIDED
    return told.home(tmp_path_factory.mktemp("linked"))


def figures(home: Home, known_at: date | None) -> list[Answer]:
    return ask(home, Filters(code="M05", programme="MOBILIS"), until=None, known_at=known_at)


def persons(home: Home, known_at: date | None) -> tuple[object, object, object]:
    [figure] = [
        figure
        for figure in figures(home, known_at)
        if figure["code"] == "M05.met"
        and figure["period_kind"] == "total"
        and not figure["territory"]
        and not figure["partner"]
    ]
    return figure["value"], figure["n_persons"], figure["link_rate"]


def test_what_was_known_before_a_decision_never_changes(plain: Home, linked: Home) -> None:
    assert figures(linked, BEFORE) == figures(plain, BEFORE)
    assert persons(linked, BEFORE) == (4, 4, 0)


def test_from_the_decision_on_they_are_one_person(linked: Home) -> None:
    value, counted, rate = persons(linked, AFTER)
    assert (value, counted) == (3, 3)
    assert rate == pytest.approx(1 / 3)


def test_what_is_undone_counts_two_again_and_a_link_told_anew_of_before_undoes_nothing(linked: Home) -> None:
    assert persons(linked, UNDONE) == persons(linked, None) == (4, 4, 0)


def test_a_figure_without_persons_has_no_link_rate(plain: Home) -> None:
    rates = ask(plain, Filters(code="P01"), until=None, known_at=None)
    assert rates
    assert {figure["link_rate"] for figure in rates} == {None}
    unreported = [figure for figure in figures(plain, date(2009, 1, 1)) if figure["status"] != "value"]
    assert {figure["link_rate"] for figure in unreported} <= {None}
