"""Make a candidate of what the standing warehouse says, and have it checked before anyone is asked."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bilan.cube import SUPPRESSED
from bilan.dashboards.tables import DIMENSIONS
from bilan.durable import alone
from bilan.home import Home
from bilan.reception import Reception
from bilan.release.candidate.checks import Check, check_contents
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.exact import Exact, read_exact
from bilan.release.candidate.findings import Explain, findings
from bilan.release.candidate.folder import (
    check_untouched,
    digest_of,
    read_contents,
    read_document,
    write_draft,
)
from bilan.release.candidate.protection import protected
from bilan.release.candidate.provenance import code_version, is_synthetic, provenance
from bilan.release.candidate.quality.freshness import read_sent
from bilan.release.candidate.quality.making import checks_in_words, ledger_check, quality_of
from bilan.release.errors import ReleaseRefusedError
from bilan.release.gate import settle
from bilan.release.progress import Progress, silent
from bilan.release.register.approval import check_not_overtaken
from bilan.release.register.entries import append, read_register, stamped
from bilan.release.register.releases import Release, out, releases_of
from bilan.release.register.transitions import State, Step
from bilan.warehouse import reading, warehouse_file

Examine = Callable[[Exact], Sequence[Check]]  # the checks of the exact figures that are about to be frozen


@dataclass(frozen=True)
class Made:
    """A candidate: which, how much of its public file is hidden, and which checks do not pass."""

    release: Release
    cells: int
    suppressed: int
    failed: tuple[str, ...]
    is_new: bool  # false: readers would see what the newest release shows, and that one stands


@dataclass(frozen=True)
class _Asked:
    """Who makes it, why and when; and whom to ask why figures moved."""

    who: str
    why: str
    when: datetime
    explain: Explain | None
    reception: Reception


@dataclass(frozen=True)
class _Ready:
    """What is about to be frozen."""

    exact: Exact
    contents: Contents
    protection: dict[str, Any]
    checks: tuple[Check, ...]
    digest: str  # of what readers would see
    figures: str  # of the figures among it
    inputs: str  # of what it is made from


def make_candidate(
    home: Home,
    *,
    who: str,
    why: str = "",
    examine: Examine,
    reception: Reception,
    explain: Explain | None = None,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Made:
    """Freeze what the standing warehouse says, and how it came in, check it, and note both.

    Where readers would see nothing else than in the newest release, that one stands, and is checked again
    if it was not satisfying. Raises NothingToPublishError where the warehouse holds no figure. `progress`
    is told `freeze`, `frozen`, `noted` and `check`, and what `gate.settle` tells.
    """
    with alone(home.releases):
        releases = settle(home, progress)
        ready = _ready(home, releases, examine, reception)
        standing = _standing(releases, ready.digest)
        asked = _Asked(who, why, now or datetime.now(UTC), explain, reception)
        made = standing or _freeze(home, releases, ready, asked, progress)
        progress("check")
        release = _judge(home, made, ready.checks, asked)
    public = ready.contents.public
    return Made(
        release,
        public.height,
        public.filter(public["status"] == SUPPRESSED).height,
        tuple(check.name for check in ready.checks if not check.passed),
        is_new=standing is None,
    )


def _ready(home: Home, releases: dict[int, Release], examine: Examine, reception: Reception) -> _Ready:
    """Protected anew only where something changed that the newest release was made from: it takes minutes."""
    with reading(home):
        exact = read_exact(warehouse_file(home))
        quality = quality_of(read_sent(warehouse_file(home)), reception, exact.values, exact.catalogue)
    inputs = _inputs(home, exact)
    newest = _newest(releases)
    if newest and newest.inputs == inputs:
        check_untouched(home, newest.number, newest.candidate_sha256)
        contents = read_contents(home, newest.number)
        protection, figures = read_document(home, newest.number, "protection.json"), newest.figures
    else:
        contents, protection = protected(home, exact, out(releases))
        figures = contents.digest(exact.ledger_version, is_synthetic(home))
    contents, digest = replace(contents, quality=quality), digest_of(figures, quality.digest())
    checks = (
        *check_contents(contents, protection),
        *ledger_check(reception),
        *examine(exact),
    )
    return _Ready(exact, contents, protection, checks, digest, figures, inputs)


def _inputs(home: Home, exact: Exact) -> str:
    """One hash of all that a candidate is made from."""
    digest = hashlib.sha256(repr((exact.ledger_version, is_synthetic(home), code_version())).encode())
    for rows in (exact.values.sort(list(DIMENSIONS)), exact.catalogue, exact.calendar, exact.programmes):
        digest.update(rows.write_csv().encode() + b"\0")
    digest.update(repr(exact.partners).encode())
    return digest.hexdigest()


def _freeze(
    home: Home, releases: dict[int, Release], ready: _Ready, asked: _Asked, progress: Progress
) -> Release:
    """Write the candidate, note it, and put it in its place."""
    number = 1 + max(releases, default=0)
    made_of = provenance(home, number, ready.exact, made_at=stamped(asked.when), made_by=asked.who)
    found = findings(
        number,
        ready.contents,
        ready.protection,
        checks=ready.checks,
        last=_last(home, releases),
        explain=asked.explain,
        withdrawn_alike=_withdrawn(releases, ready.digest),
    )
    progress("freeze")
    draft = write_draft(
        home,
        number,
        _with_checks(ready, asked),
        ready.exact.values,
        provenance=made_of,
        protection=ready.protection,
        findings=found,
    )
    progress("frozen")
    append(
        home,
        Step.FREEZE,
        release=number,
        candidate_sha256=draft.sha256,
        who=asked.who,
        when=asked.when,
        why=asked.why,
        digest=ready.digest,
        figures=ready.figures,
        inputs=ready.inputs,
        out=[release.number for release in out(releases)],
        partners=list(ready.contents.partners),
        knows=_knows(made_of),
    )
    progress("noted")
    return settle(home, progress)[number]


def _with_checks(ready: _Ready, asked: _Asked) -> Contents:
    """What readers get, and the outcome of the checks, which is no news by itself."""
    checks = checks_in_words(ready.checks, asked.reception, asked.when.date())
    return replace(ready.contents, quality=replace(ready.contents.quality, checks=checks))


def _judge(home: Home, release: Release, checks: Sequence[Check], asked: _Asked) -> Release:
    """Note the outcome of the checks on a candidate that waits for it."""
    if release.state is not State.CANDIDATE:
        return release
    append(
        home,
        Step.PASS if all(check.passed for check in checks) else Step.FAIL,
        release=release.number,
        candidate_sha256=release.candidate_sha256,
        who=asked.who,
        when=asked.when,
        checks=[{"name": check.name, "passed": check.passed} for check in checks],
    )
    return releases_of(read_register(home))[release.number]


def _standing(releases: dict[int, Release], digest: str) -> Release | None:
    """The newest release that stands, where it shows the same."""
    newest = _newest(releases)
    return newest if newest and newest.digest == digest else None


def _newest(releases: dict[int, Release]) -> Release | None:
    """The newest release, unless it can no longer be approved."""
    live = [release for release in releases.values() if release.state is not State.WITHDRAWN]
    if not live:
        return None
    try:
        check_not_overtaken(live[-1], releases)
    except ReleaseRefusedError:
        return None
    return live[-1]


def _withdrawn(releases: Mapping[int, Release], digest: str) -> list[dict[str, Any]]:
    """The withdrawn releases that showed the same, and why they were taken back."""
    return [
        {"release": release.number, "notice_fr": release.notice_fr}
        for release in releases.values()
        if release.state is State.WITHDRAWN and release.digest == digest
    ]


def _last(home: Home, releases: dict[int, Release]) -> tuple[int, Contents] | None:
    newest = next(iter(out(releases)), None)
    return (newest.number, read_contents(home, newest.number)) if newest else None


def _knows(made_of: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a release wherever it is listed."""
    known = {name: made_of[name] for name in ("until", "known_at", "synthetic")}
    return {**known, "ledger_version": made_of["ledger"]["version"]}
