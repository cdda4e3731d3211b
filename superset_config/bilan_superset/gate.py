"""Which of Superset's doors are open, and to whom. Pure; what is not listed is shut.

Superset has some four hundred addresses. Opening a board takes a score of them; the others are shut
before any of its code runs, whatever permission a role may come to hold.
"""

from collections.abc import Iterable

from bilan_superset.access import explores

PASS, TO_LOGIN, REFUSE = "pass", "to login", "refuse"

READ = frozenset({"GET", "HEAD", "OPTIONS"})
WRITE = frozenset({"POST", "OPTIONS"})
EDIT = READ | {"POST", "PUT"}

# Flask's endpoint and the methods: what a stranger needs to log in.
TO_ANYONE: dict[str, frozenset[str]] = {
    "static": READ,
    "appbuilder.static": READ,
    "bilan.static": READ,
    "health.health": READ,
    "LandingView.index": READ,
    "LandingView.patch_flask_locale": READ,
    "LocaleView.index": READ,
    "SupersetAuthView.login": READ,
    "SupersetAuthView.logout": READ,
    "AuthDBView.login": READ | WRITE,
    "AuthDBView.logout": READ,
    "SecurityApi.login": WRITE,
    "SecurityRestApi.csrf_token": READ,
    "Superset.language_pack": READ,
    "Superset.log": WRITE,
}
# What opening a board takes, and changing one's own password.
TO_READERS: dict[str, frozenset[str]] = {
    "Superset.dashboard": READ,
    "Superset.dashboard_permalink": READ,
    "DashboardRestApi.get": READ,
    "DashboardRestApi.get_charts": READ,
    "DashboardRestApi.get_datasets": READ,
    "DashboardRestApi.favorite_status": READ,
    "DashboardFilterStateRestApi.get": READ,
    "DashboardFilterStateRestApi.post": WRITE,
    "DashboardFilterStateRestApi.put": EDIT,
    "DashboardPermalinkRestApi.get": READ,
    "DashboardPermalinkRestApi.post": WRITE,
    "ChartDataRestApi.data": WRITE,
    "CurrentUserRestApi.get_me": READ,
    "CurrentUserRestApi.get_my_roles": READ,
    "MenuApi.get_menu_data": READ,
    "UserInfoView.list": READ,
    "ResetMyPasswordView.this_form_get": READ,
    "ResetMyPasswordView.this_form_post": WRITE,
}
# They have guards of their own: personal tokens, roles, limits.
ON_THEIR_OWN = frozenset({"bilan_extracts", "bilan_extracts_api"})


def missing(endpoints: Iterable[str]) -> list[str]:
    """The doors listed here that are none of Superset's `endpoints`: renamed, or gone."""
    return sorted({*TO_ANYONE, *TO_READERS} - set(endpoints))


def decide(endpoint: str | None, method: str, roles: Iterable[str]) -> str:
    """PASS, TO_LOGIN or REFUSE for a call by someone who holds `roles` (none: a stranger).

    An address that leads nowhere (no endpoint) passes: Superset answers that there is nothing.
    """
    held = list(roles)
    if endpoint is None or endpoint.partition(".")[0] in ON_THEIR_OWN or explores(held):
        return PASS
    if method in TO_ANYONE.get(endpoint, ()):
        return PASS
    if not held:
        return TO_LOGIN
    return PASS if method in TO_READERS.get(endpoint, ()) else REFUSE
