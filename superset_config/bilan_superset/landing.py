"""Where each reader arrives, and which twin of a dashboard a telephone gets."""

import re
from typing import Any

from bilan_superset.access import MINISTRY_REVIEWER, PARTNER_DIRECTOR

HOME_DASHBOARD = "bilan-mobilis"
PHONE_SUFFIX = "-tel"
DASHBOARD_PATH = re.compile(r"/superset/dashboard/(bilan-(?:mobilis|pj))/?")
# Pages that a reader can reach by address and has no use for.
LISTS = frozenset(
    {"/superset/welcome/", "/chart/list/", "/tablemodelview/list/", "/dashboard/list/", "/databaseview/list/"}
)


def is_reader(roles: list[str]) -> bool:
    """True for the roles that only read dashboards."""
    return bool({PARTNER_DIRECTOR, MINISTRY_REVIEWER} & set(roles))


def is_phone(user_agent: str) -> bool:
    """True when the browser says that it runs on a telephone."""
    return "Mobi" in user_agent


def home_of(roles: list[str]) -> str:
    """The address of the page that opens after login."""
    return f"/superset/dashboard/{HOME_DASHBOARD}/" if is_reader(roles) else "/dashboard/list/"


def elsewhere(path: str, query: str, roles: list[str], user_agent: str) -> str | None:
    """The address to send this request to instead, or None when it may stay where it is."""
    if path in LISTS and is_reader(roles):
        return home_of(roles)
    match = DASHBOARD_PATH.fullmatch(path)
    if match and is_phone(user_agent):
        return f"/superset/dashboard/{match[1]}{PHONE_SUFFIX}/" + (f"?{query}" if query else "")
    return None


def roles_of(user: Any) -> list[str]:
    """The names of a logged-in user's roles; none for an anonymous one."""
    if user is None or user.is_anonymous:
        return []
    return [role.name for role in user.roles]
