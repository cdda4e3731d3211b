"""The metadata database: its schema and Superset's own permissions."""

from importlib import import_module
from typing import Any


def application() -> Any:
    """Superset's Flask application, with our settings."""
    from superset.app import create_app

    return create_app()


def upgrade() -> None:
    """Bring the metadata database to this version's schema."""
    from superset import __file__ as package

    import_module("flask_migrate").upgrade(directory=f"{package.rsplit('/', 1)[0]}/migrations")


def init() -> None:
    """Write the permissions of every view, then the stock roles that rest on them."""
    from superset import db, security_manager
    from superset.extensions import appbuilder

    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    db.session.commit()
