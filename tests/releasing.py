"""Releases for tests: two people with their keys, and the whole way from the figures to a published build."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bilan.home import Home
from bilan.reception import Reception
from bilan.release import Build, Made, approve, make_candidate
from bilan.release.candidate.checks import Check
from bilan.release.candidate.exact import Exact
from bilan.release.register.approvers import add_approver, standing
from bilan.release.register.entries import read_register

MAKER = "intendance"
NOTHING_CAME = Reception()
APPROVERS = {"Ana Roy": "aroy", "Luc Côté": "lcote"}


def keys_of(home: Home) -> tuple[Path, Path]:
    """The two people's keys, beside the home; made at the first call."""
    folder = home.root.parent / f"cles-{home.root.name}"
    folder.mkdir(exist_ok=True)
    known = {person.name for person in standing(read_register(home))}
    files = []
    for name, account in APPROVERS.items():
        file = folder / f"{account}.key"
        if name not in known:
            add_approver(home, name, account, file, passphrase=None, who=MAKER, now=datetime.now(UTC))
        files.append(file)
    return files[0], files[1]


def satisfied(_exact: Exact) -> Sequence[Check]:
    """Checks of the exact figures that find nothing."""
    return [Check("figures_hold_together", passed=True)]


def candidate(
    home: Home, *, who: str = MAKER, reception: Reception = NOTHING_CAME, now: datetime | None = None
) -> Made:
    """A candidate of what the warehouse says."""
    return make_candidate(home, who=who, examine=satisfied, reception=reception, now=now)


def publish(
    home: Home,
    *,
    reception: Reception = NOTHING_CAME,
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Build:
    """A candidate, its two approvals, and the build that readers then find."""
    made = candidate(home, reception=reception, now=now)
    return release(home, made.release.number, now=now, progress=progress)


def release(
    home: Home,
    number: int,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Build:
    """The two approvals of a candidate."""
    for key in keys_of(home):
        approved = approve(home, number, key, now=now, progress=progress)
    assert approved.build is not None
    return approved.build
