"""The roles, built from a short list of reading permissions; nothing is taken from stock roles."""

from typing import Any

from bilan.dashboards.boards import DATA_STEWARD, MINISTRY_REVIEWER, PARTNER_DIRECTOR
from bilan_superset.access import partner_role

Permission = tuple[str, str]  # what may be done, to which view

# What opening a dashboard asks for, and the export of a chart's figures; `gate` shuts what else these
# permissions would open. No dataset, no SQL Lab, no explore, no writing but of one's own filter state and
# links: a dataset is read through the boards that one may open.
READING: tuple[Permission, ...] = (
    ("can_read", "Dashboard"),
    ("can_read", "Chart"),
    ("can_dashboard", "Superset"),
    ("can_dashboard_permalink", "Superset"),
    ("can_language_pack", "Superset"),
    ("can_log", "Superset"),
    ("can_csv", "Superset"),
    ("can_view_chart_as_table", "Dashboard"),
    ("can_read", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_read", "DashboardPermalinkRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_read", "CurrentUserRestApi"),
    ("can_get", "MenuApi"),
    ("can_read", "SecurityRestApi"),
    ("can_userinfo", "UserDBModelView"),
    ("resetmypassword", "UserDBModelView"),
    ("can_this_form_get", "ResetMyPasswordView"),
    ("can_this_form_post", "ResetMyPasswordView"),
    ("menu_access", "Dashboards"),
)
# The steward also sees the lists behind the dashboards, to answer « where does this come from ».
STEWARDING: tuple[Permission, ...] = (
    ("can_read", "Dataset"),
    ("menu_access", "Charts"),
    ("menu_access", "Datasets"),
    ("menu_access", "Data"),
    ("can_explore", "Superset"),
    ("can_read", "Explore"),
    ("can_read", "ExploreFormDataRestApi"),
    ("can_write", "ExploreFormDataRestApi"),
)
# The menu's link alone: who may pull is decided by `access.pulls_extracts`.
PULLING: tuple[Permission, ...] = (("menu_access", "Extraits"),)
PERMISSIONS: dict[str, tuple[Permission, ...]] = {
    DATA_STEWARD: READING + STEWARDING + PULLING,
    PARTNER_DIRECTOR: READING,
    MINISTRY_REVIEWER: READING + PULLING,
}


def build_roles(security_manager: Any, dataset_permissions: list[str], partners: list[str]) -> None:
    """Create the roles, or give them back exactly their permissions.

    `dataset_permissions` are the permission names of the bundle's datasets: the steward's. LookupError
    names a permission that this Superset does not have: a role must not shrink silently at an upgrade.
    """
    datasets = [
        security_manager.add_permission_view_menu("datasource_access", name) for name in dataset_permissions
    ]
    for name, permissions in PERMISSIONS.items():
        role = security_manager.find_role(name) or security_manager.add_role(name)
        role.permissions = [_existing(security_manager, permission) for permission in permissions]
        if name == DATA_STEWARD:
            role.permissions = [*role.permissions, *datasets]
    for code in partners:
        role = security_manager.find_role(partner_role(code)) or security_manager.add_role(partner_role(code))
        role.permissions = []


def _existing(security_manager: Any, permission: Permission) -> Any:
    found = security_manager.find_permission_view_menu(*permission)
    if not found:
        raise LookupError(f"this Superset has no permission {permission[0]} on {permission[1]}")
    return found
