"""Where each reader arrives, where an address that is no more leads, and which language a board is in."""

import re
from typing import Any

from bilan.dashboards.boards import BY_SLUG, HOME, MINISTRY_REVIEWER, PARTNER_DIRECTOR

# Telephones once had boards of their own, in `-tel`; people kept their addresses.
BOARD_PATH = re.compile(r"/superset/dashboard/(.+?)(-tel)?/?")
# Where a page notes the colours that it gave to names; a reader's pages note nothing.
COLOURS_PATH = re.compile(r"/api/v1/dashboard/\d+/colors")
# Pages that a reader can reach by address and has no use for.
LISTS = frozenset(
    {"/superset/welcome/", "/chart/list/", "/tablemodelview/list/", "/dashboard/list/", "/databaseview/list/"}
)


def language_of(path: str) -> str | None:
    """The language of the board at that address; None where it is no board."""
    match = BOARD_PATH.fullmatch(path)
    return BY_SLUG[match[1]][1] if match and match[1] in BY_SLUG else None


def is_reader(roles: list[str]) -> bool:
    """True for the roles that only read dashboards."""
    return bool({PARTNER_DIRECTOR, MINISTRY_REVIEWER} & set(roles))


def home_of(roles: list[str]) -> str:
    """The address of the page that opens after login."""
    return HOME.address("fr") if is_reader(roles) else "/dashboard/list/"


def elsewhere(path: str, query: str, roles: list[str]) -> str | None:
    """The address to send this request to instead, or None when it may stay where it is."""
    if path in LISTS and is_reader(roles):
        return home_of(roles)
    match = BOARD_PATH.fullmatch(path)
    if match and match[2] and match[1] in BY_SLUG:
        entry, language = BY_SLUG[match[1]]
        return entry.address(language) + (f"?{query}" if query else "")
    return None


def roles_of(user: Any) -> list[str]:
    """The names of a logged-in user's roles; none for an anonymous one."""
    if user is None or user.is_anonymous:
        return []
    return [role.name for role in user.roles]
