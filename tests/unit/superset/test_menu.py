"""The top of each page, and the language and address of each board."""

from typing import Any

import pytest
from bilan_superset.landing import elsewhere, language_of
from bilan_superset.menu import bootstrap, menu

DIRECTOR = ["PartnerDirector", "Partenaire SPAL"]
STOCK = [{"name": "Charts", "label": "Graphiques", "url": "/chart/list/"}, {"name": "x", "url": "/extracts/"}]


def labels(roles: list[str], locale: str = "fr") -> list[str]:
    return [link["label"] for link in menu(roles, locale, STOCK)]


def test_each_role_finds_its_boards_and_no_other() -> None:
    assert labels(DIRECTOR) == ["Bilan MOBILIS", "Bilan Pj", "Mon organisation", "Trajectoires", "Qualité"]
    assert labels(["MinistryReviewer"]) == ["Bilan MOBILIS", "Bilan Pj", "Extraits"]
    assert labels(["Admin", "DataSteward"])[-2:] == ["Extraits", "Intendance"]
    assert labels([]) == []


def test_the_steward_keeps_the_lists_behind_the_boards() -> None:
    [steward] = [link for link in menu(["Admin", "DataSteward"], "fr", STOCK) if link["name"] == "steward"]
    assert steward["childs"] == STOCK[:1]


def test_an_english_page_leads_to_english_boards() -> None:
    links = menu(["MinistryReviewer"], "en", STOCK)
    assert [link["label"] for link in links] == ["MOBILIS review", "Pj review", "Extracts"]
    assert links[0]["url"] == "/superset/dashboard/bilan-mobilis-en/"


@pytest.mark.parametrize(("locale", "decimal"), [("fr", ","), ("en", ".")])
def test_numbers_are_written_in_the_page_s_language(locale: str, decimal: str) -> None:
    data: dict[str, Any] = {
        "locale": locale,
        "menu_data": {"menu": STOCK, "navbar_right": {"version_string": "6"}},
    }
    told = bootstrap(data, DIRECTOR)
    assert told["d3_format"]["decimal"] == decimal
    right = told["menu_data"]["navbar_right"]
    assert (right["version_string"], right["show_language_picker"]) == (None, False)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/superset/dashboard/qualite/", "fr"),
        ("/superset/dashboard/qualite-en/", "en"),
        ("/superset/dashboard/autre-en/", None),
        ("/superset/dashboard/p/qualite/", None),
        ("/extracts/", None),
    ],
)
def test_a_board_has_the_language_of_its_address(path: str, language: str | None) -> None:
    assert language_of(path) == language


@pytest.mark.parametrize(
    ("slug", "query", "found"),
    [
        ("bilan-pj-tel", "", "bilan-pj/"),
        ("trajectoires-en-tel", "permalink_key=x", "trajectoires-en/?permalink_key=x"),
        ("bilan-pj", "", None),
        ("autre-tel", "", None),
    ],
)
def test_the_address_of_a_telephone_s_board_leads_to_the_board(
    slug: str, query: str, found: str | None
) -> None:
    target = elsewhere(f"/superset/dashboard/{slug}/", query, DIRECTOR)
    assert target == (f"/superset/dashboard/{found}" if found else None)
