"""Who opens which published file. Pure: names in, a path out."""

import re
from collections.abc import Iterable
from pathlib import Path

from bilan.dashboards.boards import BY_SLUG, DATA_STEWARD, MINISTRY_REVIEWER, PARTNER_DIRECTOR

READERS = (PARTNER_DIRECTOR, MINISTRY_REVIEWER)

# The stock administrator role, which only the steward's account holds.
ADMIN = "Admin"
STEWARDS = frozenset({ADMIN, DATA_STEWARD})
# A role without any permission, that says whose file a director opens.
PARTNER_ROLE = re.compile(r"Partenaire ([A-Z0-9]+(?:-[A-Z0-9]+)*)")

PUBLIC_FILE = "public.duckdb"
STEWARD_FILE = "steward.duckdb"
PULLS_EXTRACTS = frozenset({DATA_STEWARD, MINISTRY_REVIEWER})


class NoFileError(Exception):
    """This user opens no file, or nothing is published yet. The message is shown to the user."""


def partner_role(code: str) -> str:
    """The name of the role that ties a director to a partner's file."""
    return f"Partenaire {code}"


def partner_of(roles: Iterable[str]) -> str | None:
    """The one partner whose file these roles open; None if there is none, or more than one."""
    codes = {match[1] for role in roles if (match := PARTNER_ROLE.fullmatch(role))}
    return codes.pop() if len(codes) == 1 else None


def pulls_extracts(roles: Iterable[str]) -> bool:
    """True for who may pull whole releases: never a director, whatever else the account holds."""
    held = set(roles)
    return bool(held & PULLS_EXTRACTS) and PARTNER_DIRECTOR not in held


def board_readers(slug: str | None) -> tuple[str, ...]:
    """The roles that read the board of this slug, in either language; nobody for any other."""
    found = BY_SLUG.get(slug or "")
    return found[0].readers if found else ()


def explores(roles: Iterable[str]) -> bool:
    """True for who may ask questions of their own: never a reader, whatever else the account holds."""
    held = set(roles)
    return bool(held & STEWARDS) and not held & set(READERS)


def file_of(roles: Iterable[str], published: Path) -> Path:
    """The published file that a user with `roles` opens, in the build that is current right now.

    `published` holds the builds and the symlink `current`, which is resolved here at each call: a
    connection keeps the build it opened, and the next one sees a switch at once. A director who
    also held another role still gets the partner's file only, and a ministry's reviewer who also
    held the steward's gets the public one. NoFileError when the roles open nothing or the file is
    not there.
    """
    name = _name_of_file(set(roles))
    if name is None:
        raise NoFileError("Votre compte n'ouvre aucune donnée. Écrivez à l'intendance des données.")
    path = (published / "current").resolve() / name
    if not path.is_file():
        raise NoFileError("Aucune donnée n'est publiée pour votre compte pour le moment.")
    return path


def _name_of_file(held: set[str]) -> str | None:
    """The file of the narrowest of those roles, in a build."""
    if PARTNER_DIRECTOR in held:
        code = partner_of(held)
        return f"partners/{code}.duckdb" if code else None
    if MINISTRY_REVIEWER in held:
        return PUBLIC_FILE
    return STEWARD_FILE if held & STEWARDS else None
