"""Users: the steward, the ministry, one director per partner; passwords made here, kept 0600."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from bilan.dashboards.boards import DATA_STEWARD, MINISTRY_REVIEWER, PARTNER_DIRECTOR
from bilan_superset.access import ADMIN, partner_role

STEWARD = "intendance"
MINISTRY = "ministere"
PRIVATE_FILE = 0o600


def director(code: str) -> str:
    """The user name of a partner's director."""
    return f"direction-{code.lower()}"


def roles_of_users(partners: list[str]) -> dict[str, list[str]]:
    """Every user to be, with the names of the roles it has."""
    directors = {director(code): [PARTNER_DIRECTOR, partner_role(code)] for code in partners}
    return {STEWARD: [ADMIN, DATA_STEWARD], MINISTRY: [MINISTRY_REVIEWER], **directors}


def create_users() -> None:
    """Create who is missing and set everyone's roles; an existing user's password is left alone."""
    from superset import db, security_manager

    from bilan_superset.partners import partner_codes
    from bilan_superset.roles import build_roles
    from superset_config import STATE

    partners = partner_codes()
    build_roles(security_manager, [], partners)
    wanted = roles_of_users(partners)
    passwords = load_or_make_passwords(STATE / "passwords.json", list(wanted))
    for name, roles in wanted.items():
        _create_user(
            security_manager, name, [security_manager.find_role(role) for role in roles], passwords[name]
        )
    db.session.commit()


def load_or_make_passwords(path: Path, names: list[str]) -> dict[str, str]:
    """The password of each user in `names`; those that `path` does not hold are made and kept there."""
    known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    passwords = {name: known.get(name) or secrets.token_urlsafe(12) for name in names}
    if passwords != known:
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as stream:
            json.dump(passwords, stream, indent=1)
        draft.replace(path)
    return passwords


def _create_user(security_manager: Any, name: str, roles: list[Any], password: str) -> None:
    user = security_manager.find_user(name)
    if user is None:
        created = security_manager.add_user(
            name, name, "Bilan", f"{name}@bilan.invalid", roles, password=password
        )
        if not created:
            raise RuntimeError(f"the user {name} could not be created")
        return
    user.roles = roles
    security_manager.update_user(user)
