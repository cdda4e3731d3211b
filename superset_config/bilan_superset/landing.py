"""Where each reader arrives, where an address that is no more leads, and which language a board is in."""

import re
from typing import Any

from bilan_superset.access import BOARD_READERS, MINISTRY_REVIEWER, PARTNER_DIRECTOR

HOME_BOARD = "bilan-mobilis"
ENGLISH_SUFFIX = "-en"
_NAMES = "|".join(map(re.escape, BOARD_READERS))
BOARD_PATH = re.compile(rf"/superset/dashboard/({_NAMES})({ENGLISH_SUFFIX})?/?")
# Telephones once had boards of their own; people kept their addresses.
TELEPHONE_PATH = re.compile(rf"(/superset/dashboard/(?:{_NAMES})(?:{ENGLISH_SUFFIX})?)-tel/?")
# Where a page notes the colours that it gave to names; a reader's pages note nothing.
COLOURS_PATH = re.compile(r"/api/v1/dashboard/\d+/colors")
# Pages that a reader can reach by address and has no use for.
LISTS = frozenset(
    {"/superset/welcome/", "/chart/list/", "/tablemodelview/list/", "/dashboard/list/", "/databaseview/list/"}
)


def board_address(name: str, *, english: bool = False) -> str:
    """The address of a board, by its name."""
    return f"/superset/dashboard/{name}{ENGLISH_SUFFIX if english else ''}/"


def language_of(path: str) -> str | None:
    """The language of the board at that address; None where it is no board."""
    match = BOARD_PATH.fullmatch(path)
    return ("en" if match[2] else "fr") if match else None


def is_reader(roles: list[str]) -> bool:
    """True for the roles that only read dashboards."""
    return bool({PARTNER_DIRECTOR, MINISTRY_REVIEWER} & set(roles))


def home_of(roles: list[str]) -> str:
    """The address of the page that opens after login."""
    return board_address(HOME_BOARD) if is_reader(roles) else "/dashboard/list/"


def elsewhere(path: str, query: str, roles: list[str]) -> str | None:
    """The address to send this request to instead, or None when it may stay where it is."""
    if path in LISTS and is_reader(roles):
        return home_of(roles)
    if match := TELEPHONE_PATH.fullmatch(path):
        return f"{match[1]}/" + (f"?{query}" if query else "")
    return None


def roles_of(user: Any) -> list[str]:
    """The names of a logged-in user's roles; none for an anonymous one."""
    if user is None or user.is_anonymous:
        return []
    return [role.name for role in user.roles]
