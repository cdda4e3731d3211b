"""The releases' part of `bilan verify`: each one against the register, the ledger and its own package."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from bilan.durable import alone
from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.checkpoint import Checkpoint
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.findings import Verdict
from bilan.ledger.merkle import leaves_of, root_of
from bilan.release.candidate.folder import PROVENANCE, candidate_folder, read_document
from bilan.release.candidate.provenance import SYNTHETIC_MARK, is_synthetic
from bilan.release.errors import ReleaseRefusedError
from bilan.release.package import PackageError, verify_package
from bilan.release.package.contents import catalogue_csv, figures_csv
from bilan.release.package.descriptor import CATALOGUE_CSV, FIGURES_CSV, FIGURES_PARQUET
from bilan.release.package.frozen import read_frozen
from bilan.release.publication.extracts import archive_file, package_folder
from bilan.release.register.entries import examine, mark_file, register_file
from bilan.release.register.releases import Release, releases_of
from bilan.release.verification.builds import check_shown
from bilan.release.verification.register import is_held, verify_register
from bilan.signing import PRIVATE_NAME, PUBLIC_NAME, ReleaseKeyError, release_key


def verify_releases(home: Home, verdict: Verdict, checkpoint: Checkpoint | None = None) -> int:
    """Add to a verdict on the ledger what is wrong with the releases; how many were looked at.

    Roots are compared only with a sound ledger: of an altered one they would say nothing more.
    """
    with alone(home.releases):
        if checkpoint is not None and not is_held(examine(home).entries, checkpoint):
            verdict.find(
                "register_rolled_back",
                "Le registre des publications ne contient plus l'étape qu'atteste le point de contrôle.",
                file=register_file(home).name,
            )
        return _verify(home, verdict)


def _verify(home: Home, verdict: Verdict) -> int:
    ledger_sound = verdict.sound
    verdict.findings += verify_register(home)
    try:
        known = releases_of(examine(home).entries)
    except (ReleaseRefusedError, KeyError, ValueError):
        return 0  # already found: the register can't be followed
    # what is not as it was frozen was found with the register, and would only be found again
    intact = [release for release in known.values() if not _is_found(verdict, release)]
    if ledger_sound:
        _check_roots(home, intact, verdict)
    for release in intact:
        if release.was_out:
            _check_package(home, release, verdict)
            _check_archive(home, release, verdict)
    _check_keys(home, verdict)
    _check_mark(home, known, verdict)
    verdict.vouch(register_file(home), mark_file(home))
    for number in known:
        verdict.vouch(*(file for file in candidate_folder(home, number).rglob("*") if file.is_file()))
    if len(intact) == len(known):
        check_shown(home, known, verdict)
    return len(known)


def _is_found(verdict: Verdict, release: Release) -> bool:
    words = f"Publication n° {release.number} :"
    return any(f.code == "candidate_altered" and f.message.startswith(words) for f in verdict.findings)


def _check_roots(home: Home, releases: Sequence[Release], verdict: Verdict) -> None:
    """The ledger that each release was made from is the beginning of today's."""
    ledger = DeltaLedger(home.ledger)
    if not releases:
        return
    leaves = leaves_of(ledger.row_hashes(ledger.version()))
    for release in releases:
        recorded = read_document(home, release.number, PROVENANCE)["ledger"]
        count = recorded["events"]
        if count > len(leaves) or root_of(leaves[:count]).hex() != recorded["merkle_root"]:
            verdict.find(
                "ledger_rewritten",
                f"Publication n° {release.number} : la racine notée n'est pas celle des {count} premiers "
                "événements du grand livre.",
            )


def _check_package(home: Home, release: Release, verdict: Verdict) -> None:
    """The package verifies with the partnership's key, and tells what was frozen and who approved it."""
    package = package_folder(home, release.number)
    name = f"Publication n° {release.number}"
    if not package.is_dir():
        if release.manifest_sha256 is not None or release.is_out:
            verdict.find("package_missing", f"{name} : son paquet manque.")
        return
    verdict.vouch(*(file for file in package.rglob("*") if file.is_file()))
    for finding in verify_package(package, home.keys / PUBLIC_NAME)["findings"]:
        verdict.find("package_altered", f"{name}, paquet : {finding['fr']}")
    try:
        manifest = _told_by(package)
        known_by = (None, sha256_of(package / "manifest.json"))
        same = (
            release.manifest_sha256 in known_by
            and manifest == _told_by_register(release)
            and _same_figures(home, release.number, package)
        )
    except (PackageError, OSError, ValueError, KeyError):
        same = False
    if not same:
        verdict.find(
            "package_differs", f"{name} : son paquet ne dit pas ce qui fut figé, ou par d'autres approuvé."
        )


def _check_archive(home: Home, release: Release, verdict: Verdict) -> None:
    """The package in one file is the one that the register knows."""
    file, expected = archive_file(home, release.number), release.archive_sha256
    verdict.vouch(file)
    if expected is not None and (not file.is_file() or sha256_of(file) != expected):
        verdict.find(
            "archive_altered", f"{file.name} manque ou n'est plus l'archive qui fut faite.", file=file.name
        )


def _check_keys(home: Home, verdict: Verdict) -> None:
    """The two halves of the partnership's key belong together."""
    private, public = home.keys / PRIVATE_NAME, home.keys / PUBLIC_NAME
    if private.exists() or public.exists():
        try:
            release_key(home.keys)
        except ReleaseKeyError as error:
            verdict.find("key_altered", str(error), file=PRIVATE_NAME)
        verdict.vouch(private, public)


def _check_mark(home: Home, releases: Mapping[int, Release], verdict: Verdict) -> None:
    """The mark of invented data, which lets demonstrations sign, is as the newest release says."""
    newest = releases.get(max(releases, default=0))
    if newest is not None and is_synthetic(home) != newest.knows["synthetic"]:
        verdict.find(
            "synthetic_altered",
            f"La marque « {SYNTHETIC_MARK} » n'est pas ce que dit la dernière publication.",
            file=SYNTHETIC_MARK,
        )


def _told_by(package: Path) -> tuple[str, set[str]]:
    """The candidate that a package is made of, and the keys that approved it."""
    manifest = json.loads((package / "manifest.json").read_bytes())
    approvals = json.loads((package / "approvals.json").read_bytes())["approvals"]
    return manifest["candidate_sha256"], {approval["public_key"] for approval in approvals}


def _told_by_register(release: Release) -> tuple[str, set[str]]:
    return release.candidate_sha256, {signature.public_key for signature in release.signatures}


def _same_figures(home: Home, number: int, package: Path) -> bool:
    """Whether its figures are those of the boards: people signed both."""
    frozen = read_frozen(home, number).frozen
    return (
        (package / FIGURES_CSV).read_bytes() == figures_csv(frozen)
        and (package / CATALOGUE_CSV).read_bytes() == catalogue_csv(frozen)
        and pl.read_parquet(package / FIGURES_PARQUET).equals(frozen.rows)
    )
