"""The gate: the only way from a candidate to a reader, and back.

Every step is an entry of the register, and what readers see follows from the register. A command killed
anywhere is carried on by the next one: a candidate is put in its place, what was approved is published,
what was withdrawn is gone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bilan.durable import alone
from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.release.candidate.folder import check_untouched, put_in_place
from bilan.release.errors import ReleaseRefusedError
from bilan.release.package import make
from bilan.release.progress import Progress, silent
from bilan.release.publication import extracts
from bilan.release.publication.publish import Build, show
from bilan.release.register import approvers
from bilan.release.register.approval import SIGNATURES_NEEDED, check_not_overtaken, check_signatures, may_sign
from bilan.release.register.entries import accept, append, catch_up, read_register
from bilan.release.register.releases import Release, Signature, out, releases_of, valid_signatures
from bilan.release.register.transitions import State, Step, check_take


@dataclass(frozen=True)
class Approved:
    """A signature that was taken; `build` where it was the last one needed."""

    release: Release
    missing: int  # signatures
    build: Build | None


def approve(
    home: Home,
    number: int,
    key_file: Path,
    *,
    passphrase: bytes | None = None,
    run_by: str = "",
    now: datetime | None = None,
    progress: Progress = silent,
) -> Approved:
    """Sign a checked candidate with a person's key; the second signature publishes at once.

    `run_by` is the account of the command, noted beside the signature. ReleaseRefusedError where the key
    is nobody's who may sign, where that person made the candidate or signed it already, where a file of
    it has changed, and where another release came out since it was made. `progress` is told `sign`,
    `signed`, and what `settle` tells.
    """
    key = approvers.read_key(key_file, passphrase)
    with alone(home.releases):
        releases = settle(home, progress)
        release = known(releases, number)
        public_key, signature = approvers.sign(key, number, release.candidate_sha256)
        if release.is_out and any(one.public_key == public_key for one in release.signatures):
            return Approved(release, 0, show(home, releases, progress))  # a killed command, asked again
        entries = read_register(home)
        counted = valid_signatures(release, entries)
        step = Step.APPROVE if len(counted) + 1 >= SIGNATURES_NEEDED else Step.SIGN
        check_take(number, release.state, step)
        check_untouched(home, number, release.candidate_sha256)
        check_not_overtaken(release, releases)
        person = may_sign(release, public_key, entries, counted)
        progress("sign")
        append(
            home,
            step,
            release=number,
            candidate_sha256=release.candidate_sha256,
            who=person.name,
            when=now or datetime.now(UTC),
            account=person.account,
            public_key=public_key,
            signature=signature,
            run_by=run_by,
        )
        progress("signed")
        releases = settle(home, progress)
        build = show(home, releases, progress) if step is Step.APPROVE else None
        return Approved(releases[number], SIGNATURES_NEEDED - len(counted) - 1, build)


def withdraw(
    home: Home,
    number: int,
    *,
    who: str,
    why: str,
    why_en: str | None = None,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Build:
    """Take a release back: one swap, and no published file holds it; `why` is its public notice."""
    if not why.strip():
        raise ReleaseRefusedError("Il faut dire pourquoi : --why est l'avis que le public lira.")
    with alone(home.releases):
        release = known(releases_of(read_register(home)), number)
        check_take(number, release.state, Step.WITHDRAW)
        progress("withdraw")
        append(
            home,
            Step.WITHDRAW,
            release=number,
            candidate_sha256=release.candidate_sha256,
            who=who,
            when=now or datetime.now(UTC),
            why=why,
            notice_en=why_en,
        )
        progress("withdrawn")
        return show(home, settle(home, progress), progress)


def resume(home: Home, progress: Progress = silent) -> dict[int, Release]:
    """Carry on what a killed command left half done; every release, by its number."""
    with alone(home.releases):
        return settle(home, progress)


def accept_register(home: Home, *, who: str, why: str, now: datetime | None = None) -> None:
    """Take a register that a restore brought back for the right one. RegisterError where it can't be."""
    if not why.strip():
        raise ReleaseRefusedError("Il faut dire pourquoi, et ce qui a été perdu : --why.")
    with alone(home.releases):
        accept(home, who=who, why=why, when=now or datetime.now(UTC))


def settle(home: Home, progress: Progress) -> dict[int, Release]:
    """Have the disk agree with the register; the releases as they then are. The caller is alone.

    `progress` is told `package` and `published` around a publication, and what `publish.show` tells.
    """
    releases = releases_of(catch_up(home))
    put_in_place(home, {number: release.candidate_sha256 for number, release in releases.items()})
    for release in releases.values():
        if release.state is State.APPROVED:
            _publish(home, release, releases, progress)
    releases = releases_of(read_register(home))
    if any(release.was_out for release in releases.values()):
        show(home, releases, progress)
    return releases


def known(releases: dict[int, Release], number: int) -> Release:
    """The release of that number. ReleaseRefusedError where there is none."""
    if number not in releases:
        raise ReleaseRefusedError(f"La publication n° {number} n'existe pas : « bilan release list ».")
    return releases[number]


def _publish(home: Home, release: Release, releases: dict[int, Release], progress: Progress) -> None:
    """Put an approved release out. Everything that its approval rested on is looked at once more."""
    entries = read_register(home)
    check_untouched(home, release.number, release.candidate_sha256)
    check_signatures(release, entries)
    earlier = [other.number for other in out(releases) if other.number < release.number]
    progress("package")
    package = make(
        home,
        release.number,
        approvals=[_as_told(release, signature) for signature in valid_signatures(release, entries)],
        previous=max(earlier, default=None),
    )
    extracts.write_archive(package, extracts.archive_file(home, release.number))
    build = show(home, releases, progress)
    progress("published")
    append(
        home,
        Step.PUBLISH,
        release=release.number,
        candidate_sha256=release.candidate_sha256,
        who=release.signatures[-1].name,
        when=datetime.now(UTC),
        build=build.number,
        manifest_sha256=extracts.manifest_sha256(home, release.number),
        archive_sha256=sha256_of(extracts.archive_file(home, release.number)),
    )


def _as_told(release: Release, signature: Signature) -> dict[str, object]:
    """An approval as the package tells it."""
    return {
        "who": signature.name,
        "account": signature.account,
        "when": signature.when,
        "public_key": signature.public_key,
        "signature": signature.signature,
        "candidate_sha256": release.candidate_sha256,
    }
