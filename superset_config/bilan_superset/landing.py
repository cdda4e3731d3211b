"""Where each reader arrives, which twin of a board a telephone gets, and which language a board is in."""

import re
from typing import Any

from bilan_superset.access import BOARD_READERS, MINISTRY_REVIEWER, PARTNER_DIRECTOR

HOME_BOARD = "bilan-mobilis"
ENGLISH_SUFFIX, PHONE_SUFFIX = "-en", "-tel"
_NAMES = "|".join(map(re.escape, BOARD_READERS))
BOARD_PATH = re.compile(rf"/superset/dashboard/({_NAMES})({ENGLISH_SUFFIX})?({PHONE_SUFFIX})?/?")
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


def is_phone(user_agent: str) -> bool:
    """True when the browser says that it runs on a telephone."""
    return "Mobi" in user_agent


def home_of(roles: list[str]) -> str:
    """The address of the page that opens after login."""
    return board_address(HOME_BOARD) if is_reader(roles) else "/dashboard/list/"


def elsewhere(path: str, query: str, roles: list[str], user_agent: str) -> str | None:
    """The address to send this request to instead, or None when it may stay where it is."""
    if path in LISTS and is_reader(roles):
        return home_of(roles)
    match = BOARD_PATH.fullmatch(path)
    if match and not match[3] and is_phone(user_agent):
        twin = f"/superset/dashboard/{match[1]}{match[2] or ''}{PHONE_SUFFIX}/"
        return twin + (f"?{query}" if query else "")
    return None


def roles_of(user: Any) -> list[str]:
    """The names of a logged-in user's roles; none for an anonymous one."""
    if user is None or user.is_anonymous:
        return []
    return [role.name for role in user.roles]
