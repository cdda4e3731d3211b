"""What the register says of each release: its state, who signed, when it was out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bilan.release.register.approvers import Approver, approvers_of, folded, standing
from bilan.release.register.entries import Entry
from bilan.release.register.transitions import State, Step, check_take

OUT = (State.APPROVED, State.PUBLISHED)  # what is approved is out as soon as its publication ends


@dataclass(frozen=True)
class Signature:
    """A person's approval of a candidate's hash; key and signature in base64."""

    name: str
    account: str
    public_key: str
    signature: str
    when: str


@dataclass(frozen=True)
class Release:
    """A release as its entries tell it."""

    number: int
    state: State
    candidate_sha256: str
    made_by: str  # the account
    made_at: str
    why: str
    digest: str  # of what readers would see
    figures: str  # of the figures among it
    inputs: str  # of what it was made from
    out_when_made: tuple[int, ...]  # the releases that its protection takes as known
    partners: tuple[str, ...]
    knows: Mapping[str, Any]  # until, known_at, ledger_version, synthetic
    checks: tuple[tuple[str, bool], ...] = ()  # name and outcome, as they were last judged
    checked_at: str | None = None
    signatures: tuple[Signature, ...] = ()
    published_at: str | None = None  # when the second person signed: a publication resumed says the same
    manifest_sha256: str | None = None  # of its package
    archive_sha256: str | None = None  # of the same in one file
    withdrawn_at: str | None = None
    notice_fr: str | None = None
    notice_en: str | None = None

    @property
    def is_out(self) -> bool:
        """Whether readers find it, or will as soon as its publication ends."""
        return self.state in OUT

    @property
    def was_out(self) -> bool:
        """Whether readers may ever have found it."""
        return self.published_at is not None


def releases_of(entries: Iterable[Entry]) -> dict[int, Release]:
    """Every release by its number, oldest first. ReleaseRefusedError where the table forbids a step."""
    known: dict[int, Release] = {}
    for entry in entries:
        if entry.release is not None:
            number = entry.release
            known[number] = _after(known.get(number), entry)
    return known


def out(releases: Mapping[int, Release]) -> tuple[Release, ...]:
    """Those that are out, newest first."""
    return tuple(sorted((r for r in releases.values() if r.is_out), key=lambda r: -r.number))


def valid_signatures(release: Release, entries: Iterable[Entry]) -> tuple[Signature, ...]:
    """The signatures of people who may still sign."""
    keys = {approver.public_key for approver in standing(entries)}
    return tuple(signature for signature in release.signatures if signature.public_key in keys)


def makers(release: Release, entries: Iterable[Entry]) -> frozenset[str]:
    """What whoever made the candidate goes by: the account, and the names ever told with it."""
    account = folded(release.made_by)
    people = [person for person in approvers_of(entries) if account in person.designations]
    return frozenset({account}).union(*(person.designations for person in people))


def as_approver(signature: Signature) -> Approver:
    """Who signed."""
    return Approver(signature.name, signature.account, signature.public_key, signature.when)


def _after(release: Release | None, entry: Entry) -> Release:
    """The release once that step is taken."""
    step, number = Step(entry.step), entry.release or 0
    state = check_take(number, release.state if release else None, step)
    if release is None:
        return _frozen(number, state, entry)
    return replace(release, state=state, **_told_by(step, release, entry))


def _told_by(step: Step, release: Release, entry: Entry) -> dict[str, Any]:
    """What a step changes of a release, besides its state."""
    details = entry.details
    match step:
        case Step.PASS | Step.FAIL:
            checks = tuple((check["name"], check["passed"]) for check in details["checks"])
            return {"checks": checks, "checked_at": entry.when}
        case Step.SIGN:
            return {"signatures": (*release.signatures, _signature(entry))}
        case Step.APPROVE:
            return {"signatures": (*release.signatures, _signature(entry)), "published_at": entry.when}
        case Step.PUBLISH:
            return {name: details[name] for name in ("manifest_sha256", "archive_sha256")}
        case Step.WITHDRAW:
            return {"withdrawn_at": entry.when, "notice_fr": entry.why, "notice_en": details["notice_en"]}
        case _:
            return {}


def _frozen(number: int, state: State, entry: Entry) -> Release:
    details = entry.details
    return Release(
        number=number,
        state=state,
        candidate_sha256=entry.candidate_sha256 or "",
        made_by=entry.who,
        made_at=entry.when,
        why=entry.why,
        digest=details["digest"],
        figures=details.get("figures", details["digest"]),  # once, figures were all there was
        inputs=details["inputs"],
        out_when_made=tuple(details["out"]),
        partners=tuple(details["partners"]),
        knows=details["knows"],
    )


def _signature(entry: Entry) -> Signature:
    details = entry.details
    return Signature(entry.who, details["account"], details["public_key"], details["signature"], entry.when)
