"""Which doors are open: what a board takes to readers, the login to strangers, nothing else."""

import pytest
from bilan_superset.access import board_readers, explores
from bilan_superset.gate import PASS, REFUSE, TO_ANYONE, TO_LOGIN, TO_READERS, decide, missing

STRANGER: list[str] = []
DIRECTOR = ["PartnerDirector", "Partenaire SPAL"]
MINISTRY = ["MinistryReviewer"]
STEWARD = ["Admin", "DataSteward"]
BOTH = ["PartnerDirector", "Partenaire SPAL", "DataSteward"]


@pytest.mark.parametrize(
    ("endpoint", "method", "stranger", "reader"),
    [
        ("AuthDBView.login", "POST", PASS, PASS),
        ("SecurityApi.login", "POST", PASS, PASS),
        ("SecurityApi.refresh", "POST", TO_LOGIN, REFUSE),
        ("static", "GET", PASS, PASS),
        ("health.version", "GET", TO_LOGIN, REFUSE),
        ("Superset.dashboard", "GET", TO_LOGIN, PASS),
        ("Superset.dashboard", "POST", TO_LOGIN, REFUSE),
        ("ChartDataRestApi.data", "POST", TO_LOGIN, PASS),
        ("ChartDataRestApi.get_data", "GET", TO_LOGIN, REFUSE),
        ("ChartDataRestApi.data_from_cache", "GET", TO_LOGIN, REFUSE),
        ("ChartRestApi.get_list", "GET", TO_LOGIN, REFUSE),
        ("DatasetRestApi.get_list", "GET", TO_LOGIN, REFUSE),
        ("DashboardFilterStateRestApi.put", "PUT", TO_LOGIN, PASS),
        ("DashboardFilterStateRestApi.delete", "DELETE", TO_LOGIN, REFUSE),
        ("SomethingNew.get", "GET", TO_LOGIN, REFUSE),
        ("bilan_extracts_api.list_releases", "GET", PASS, PASS),  # has guards of its own
        (None, "GET", PASS, PASS),  # nothing is there
    ],
)
def test_doors(endpoint: str | None, method: str, stranger: str, reader: str) -> None:
    assert decide(endpoint, method, STRANGER) == stranger
    assert decide(endpoint, method, DIRECTOR) == reader
    assert decide(endpoint, method, MINISTRY) == reader
    assert decide(endpoint, method, BOTH) == reader
    assert decide(endpoint, method, STEWARD) == PASS


def test_a_role_that_says_nothing_opens_no_more_than_a_board() -> None:
    assert decide("DatasetRestApi.get_list", "GET", ["Partenaire SPAL"]) == REFUSE
    assert not explores(["Gamma", "Alpha", "Partenaire SPAL"])


def test_a_door_that_superset_no_longer_has_is_named() -> None:
    doors = {*TO_ANYONE, *TO_READERS}
    assert missing(doors | {"SomethingElse.get"}) == []
    assert missing(doors - {"Superset.dashboard"}) == ["Superset.dashboard"]


def test_no_door_is_listed_twice() -> None:
    assert not set(TO_ANYONE) & set(TO_READERS)


@pytest.mark.parametrize("suffix", ["", "-en"])
def test_each_board_has_its_readers_in_both_languages(suffix: str) -> None:
    everyone = {"PartnerDirector", "MinistryReviewer", "DataSteward"}
    for slug, readers in {
        "bilan-mobilis": everyone,
        "bilan-pj": everyone,
        "mon-organisation": {"PartnerDirector", "DataSteward"},
        "trajectoires": {"PartnerDirector", "DataSteward"},
        "qualite": {"PartnerDirector", "DataSteward"},
    }.items():
        assert set(board_readers(slug + suffix)) == readers


@pytest.mark.parametrize(
    "slug", [None, "", "-en", "bilan", "bilan-mobilis-fr", "bilan-pj-tel", "bilan-pj-en-en", "x-bilan-pj"]
)
def test_an_unknown_board_is_nobody_s(slug: str | None) -> None:
    assert board_readers(slug) == ()
