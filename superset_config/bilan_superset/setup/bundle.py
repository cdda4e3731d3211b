"""The bundle of dashboards: put it in, take out what it no longer has, say who reads it."""

from collections.abc import Mapping
from typing import Any

import yaml

from bilan_superset.access import board_readers
from bilan_superset.gate import missing


def install(files: Mapping[str, str]) -> None:
    """Import `files` (path in the bundle -> YAML); remove what an earlier bundle left and this one lacks."""
    from flask import g
    from superset import security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand

    from bilan_superset.setup.accounts import STEWARD

    g.user = security_manager.find_user(STEWARD)
    ImportAssetsCommand(dict(files)).run()
    _remove_leftovers(_uuids(files))


def _uuids(files: Mapping[str, str]) -> dict[str, set[str]]:
    """The uuids of a bundle, by folder (databases, datasets, charts, dashboards)."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        folder = path.split("/", 1)[0]
        if "/" in path:
            found.setdefault(folder, set()).add(yaml.safe_load(text)["uuid"])
    return found


def check_doors() -> None:
    """LookupError names a door of `gate` that this Superset has not: a board would not open."""
    from flask import current_app

    if unknown := missing(current_app.view_functions):
        raise LookupError(f"this Superset has no endpoint {', '.join(unknown)}")


def grant_reading() -> None:
    """Give each role its permissions, and each dashboard its readers. Nobody's dashboard is unpublished."""
    from superset import db, security_manager
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.dashboard import Dashboard

    from bilan_superset.partners import partner_codes
    from bilan_superset.roles import build_roles

    datasets = [dataset.perm for dataset in db.session.query(SqlaTable)]
    build_roles(security_manager, datasets, partner_codes())
    for dashboard in db.session.query(Dashboard):
        dashboard.roles = [security_manager.find_role(name) for name in board_readers(dashboard.slug)]
        dashboard.published = bool(dashboard.roles)
    db.session.commit()


def _remove_leftovers(kept: dict[str, set[str]]) -> None:
    """Superset holds this bundle and nothing else: dashboards first, then what they rest on."""
    from superset import db
    from superset.connectors.sqla.models import SqlaTable
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    models: dict[str, Any] = {
        "dashboards": Dashboard, "charts": Slice, "datasets": SqlaTable, "databases": Database,
    }  # fmt: skip
    for folder, model in models.items():
        for asset in db.session.query(model):
            if str(asset.uuid) not in kept[folder]:
                db.session.delete(asset)
        db.session.commit()
