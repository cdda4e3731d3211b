"""What `bilan verify` asks of the register: that it is whole, and that what it tells could happen."""

from collections.abc import Sequence

from bilan.home import Home
from bilan.ledger.checkpoint import Checkpoint
from bilan.ledger.findings import Finding
from bilan.release.candidate.folder import faults_of
from bilan.release.errors import ReleaseRefusedError
from bilan.release.register.approval import check_not_overtaken, check_signatures
from bilan.release.register.entries import FILE_NAME, Entry, examine, read_register
from bilan.release.register.releases import Release, releases_of
from bilan.release.register.transitions import Step


def verify_register(home: Home) -> list[Finding]:
    """Everything that is not as it was written, or that the rules forbid; nothing where all is sound.

    Codes: `register_altered`, `step_forbidden`, `approval_forged`, `candidate_altered`.
    """
    reading = examine(home)
    found = [Finding("register_altered", fault, file=FILE_NAME) for fault in reading.faults]
    try:
        releases = releases_of(reading.entries)
    except (ReleaseRefusedError, KeyError, ValueError) as error:
        return [*found, Finding("step_forbidden", f"Étape interdite au registre : {error}", file=FILE_NAME)]
    found += _of_approvals(reading.entries)
    for release in releases.values():
        found += [
            Finding("candidate_altered", f"Publication n° {release.number} : {fault}.")
            for fault in faults_of(home, release.number, release.candidate_sha256)
        ]
    return found


REGISTER = "register"


def register_mark(home: Home) -> list[tuple[str, str]]:
    """What a checkpoint tells of the register: its last entry. RegisterError where it was altered."""
    return [(REGISTER, entry.hash) for entry in read_register(home)[-1:]]


def is_held(entries: Sequence[Entry], checkpoint: Checkpoint) -> bool:
    """Whether the register, as it stands, goes on from the entry that a checkpoint tells of, if any."""
    known = {entry.hash for entry in entries}
    return all(mark in known for what, mark in checkpoint.marks if what == REGISTER)


def _of_approvals(entries: Sequence[Entry]) -> list[Finding]:
    """Each approval is looked at as things stood when it was given."""
    found = []
    for entry in entries:
        if entry.step == Step.APPROVE and entry.release is not None:
            until_then = entries[: entry.n]
            releases = releases_of(until_then)
            release: Release = releases[entry.release]
            try:
                check_signatures(release, until_then)
                check_not_overtaken(release, releases)
            except ReleaseRefusedError as error:
                found.append(Finding("approval_forged", str(error), file=FILE_NAME))
    return found
