"""The top of each page: the boards that the reader may open, in the language of the page. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from bilan.dashboards.boards import BOARDS
from bilan_superset import french
from bilan_superset.access import pulls_extracts
from bilan_superset.landing import is_reader

ENGLISH = "en"
EXTRACTS, EXTRACTS_PAGE = ("Extraits", "Extracts"), "/extracts/"
STEWARD = ("Intendance", "Steward")


def menu(roles: Iterable[str], locale: str, stock: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links to the boards and the extracts; the steward keeps what the `stock` menu offers besides."""
    held, english = list(roles), locale == ENGLISH
    links = [
        _link(board.slug, board.label[english], board.address("en" if english else "fr"))
        for board in BOARDS
        if set(board.readers) & set(held)
    ]
    if pulls_extracts(held):
        links.append(_link("extracts", EXTRACTS[english], EXTRACTS_PAGE))
    if held and not is_reader(held):
        behind = [one for one in stock if one.get("url") != EXTRACTS_PAGE]
        links.append({**_link("steward", STEWARD[english], ""), "childs": behind})
    return links


def bootstrap(data: Mapping[str, Any], roles: Iterable[str]) -> dict[str, Any]:
    """What replaces Superset's own data of a page: our menu, no name or version of the software, the
    formats of the page's language. Each board has a language of its own: there is nothing to pick.
    """
    shown, locale = data["menu_data"], str(data.get("locale") or "fr")
    right = {
        **shown["navbar_right"],
        "show_watermark": False,
        "show_language_picker": False,
        "version_string": None,
        "version_sha": None,
        "build_number": None,
    }
    return {
        "menu_data": {**shown, "menu": menu(roles, locale, shown["menu"]), "navbar_right": right},
        "d3_format": french.D3_FORMAT_EN if locale == ENGLISH else french.D3_FORMAT,
        "d3_time_format": None if locale == ENGLISH else french.D3_TIME_FORMAT,
    }


def _link(name: str, label: str, url: str) -> dict[str, Any]:
    return {"name": name, "label": label, "url": url, "icon": ""}
