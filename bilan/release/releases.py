"""What the register says of each release: its state, who signed, when it was out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bilan.release.approvers import Approver, approvers_of, folded, standing
from bilan.release.entries import Entry
from bilan.release.transitions import State, Step, check_take

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
    inputs: str  # of what it was made from
    out_when_made: tuple[int, ...]  # the releases that its protection takes as known
    partners: tuple[str, ...]
    knows: Mapping[str, Any]  # until, known_at, ledger_version, synthetic
    signatures: tuple[Signature, ...] = ()
    published_at: str | None = None  # when the second person signed: a publication resumed says the same
    manifest_sha256: str | None = None  # of its package
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
    match step:
        case Step.SIGN:
            return replace(release, state=state, signatures=(*release.signatures, _signature(entry)))
        case Step.APPROVE:
            signed = (*release.signatures, _signature(entry))
            return replace(release, state=state, signatures=signed, published_at=entry.when)
        case Step.PUBLISH:
            return replace(release, state=state, manifest_sha256=entry.details["manifest_sha256"])
        case Step.WITHDRAW:
            english = entry.details["notice_en"]
            return replace(
                release, state=state, withdrawn_at=entry.when, notice_fr=entry.why, notice_en=english
            )
        case _:
            return replace(release, state=state)


def _frozen(number: int, state: State, entry: Entry) -> Release:
    told = entry.details
    return Release(
        number=number,
        state=state,
        candidate_sha256=entry.candidate_sha256 or "",
        made_by=entry.who,
        made_at=entry.when,
        why=entry.why,
        digest=told["digest"],
        inputs=told["inputs"],
        out_when_made=tuple(told["out"]),
        partners=tuple(told["partners"]),
        knows=told["knows"],
    )


def _signature(entry: Entry) -> Signature:
    told = entry.details
    return Signature(entry.who, told["account"], told["public_key"], told["signature"], entry.when)
