"""A candidate: what a release would show, frozen in files that nothing changes afterwards.

    releases/<R>/candidate/public.parquet, partners/<CODE>.parquet, catalogue.parquet   what readers get
                           steward.parquet, quality/<table>.parquet   what the steward and each sender get
                           exact.parquet         what the protection of the next releases needs
                           protection.json, findings.json, findings.md (the same as a page for people)
                           findings/<kind>.parquet   the rows that the findings count
                           internal.json         size and SHA-256 of all of these, and a salt
                           package/              what its package will hold (`bilan.release.package`)
                           manifest.json         size and SHA-256 of the package's, and internal.json's

The hash of `manifest.json` is the candidate's, which people sign. It leaves with the package, so that anyone
can tell what they signed; the salt is there so that nobody can try out what is not told: without it, the
digest of a partner's figures would confirm a guess at the few that are hidden from whoever tries it.

It is written in a hidden folder, told to the register, and only then put in its place.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bilan.dashboards.tables import KPI_VALUES, Table
from bilan.durable import seal, sync
from bilan.home import PRIVATE_FOLDER, Home
from bilan.ledger.chain import sha256_of
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.findings import ROWS_FOLDER, Findings
from bilan.release.candidate.page import page
from bilan.release.candidate.quality import tables as quality
from bilan.release.errors import ReleaseRefusedError
from bilan.release.package.contents import write_contents
from bilan.release.package.frozen import Frozen
from bilan.release.schema import (
    ENGLISH_WORDS,
    FROZEN_CATALOGUE,
    FROZEN_FIGURES,
    SHOWING,
    WORDS,
    nothing,
    shaped,
)

FOLDER, MANIFEST, INTERNAL = "candidate", "manifest.json", "internal.json"
STEWARD, QUALITY, PACKAGE = "steward.parquet", "quality", "package"
PROVENANCE = f"{PACKAGE}/provenance.json"
FINDINGS, FINDINGS_PAGE = "findings.json", "findings.md"
SALT_BYTES = 32


@dataclass(frozen=True)
class Draft:
    """A candidate that is written and not yet in its place."""

    folder: Path
    sha256: str  # of its manifest


def candidate_folder(home: Home, number: int) -> Path:
    """Where a release's candidate is."""
    return home.releases / str(number) / FOLDER


def write_draft(
    home: Home,
    number: int,
    contents: Contents,
    exact: pl.DataFrame,
    *,
    provenance: dict[str, Any],
    protection: dict[str, Any],
    findings: Findings,
) -> Draft:
    """Write everything, and the manifest over it."""
    draft = _draft(home, number)
    folder = draft / FOLDER
    for inside in ("partners", QUALITY, PACKAGE):
        (folder / inside).mkdir(parents=True, mode=PRIVATE_FOLDER)
    _write_rows(folder / "public.parquet", contents.public, FROZEN_FIGURES)
    _write_rows(folder / STEWARD, contents.steward, FROZEN_FIGURES)
    for code, rows in contents.partners.items():
        _write_rows(folder / "partners" / f"{code}.parquet", rows, FROZEN_FIGURES)
    for name, rows in contents.quality.tables.items():
        _write_rows(folder / QUALITY / f"{name}.parquet", rows, quality.TABLES[name])
    _write_rows(folder / "catalogue.parquet", contents.catalogue, FROZEN_CATALOGUE)
    _write_rows(folder / "exact.parquet", exact, KPI_VALUES)
    (folder / "protection.json").write_bytes(as_json(protection))
    _write_findings(folder, findings)
    public, catalogue = shaped(FROZEN_FIGURES, contents.public), shaped(FROZEN_CATALOGUE, contents.catalogue)
    write_contents(folder / PACKAGE, Frozen.of(number, public, catalogue, provenance, protection))
    _write_manifest(folder, number)
    seal(draft)
    return Draft(draft, sha256_of(folder / MANIFEST))


def _write_findings(folder: Path, findings: Findings) -> None:
    (folder / FINDINGS).write_bytes(as_json(findings.summary))
    (folder / FINDINGS_PAGE).write_text(page(findings), "utf-8")
    for kind, rows in findings.rows.items():
        (folder / ROWS_FOLDER).mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        rows.write_parquet(folder / ROWS_FOLDER / f"{kind}.parquet", compression="zstd")


def _write_manifest(folder: Path, number: int) -> None:
    """What leaves by its digests, and the rest by one digest that tells nothing of it."""
    inside = [file for file in files_of(folder) if not str(file["path"]).startswith(f"{PACKAGE}/")]
    internal = as_json({"salt": secrets.token_hex(SALT_BYTES), "files": inside})
    (folder / INTERNAL).write_bytes(internal)
    manifest = {
        "release": number,
        "internal_sha256": hashlib.sha256(internal).hexdigest(),
        "files": files_of(folder / PACKAGE),
    }
    (folder / MANIFEST).write_bytes(as_json(manifest))


def put_in_place(home: Home, known: Mapping[int, str]) -> None:
    """Move the drafts that the register knows, by their hash, to their place; remove the others.

    `known` is the candidate's hash of each release.
    """
    for draft in sorted(home.releases.glob(".draft-*")):
        number = int(draft.name.removeprefix(".draft-"))
        manifest = draft / FOLDER / MANIFEST
        target = home.releases / str(number)
        if not target.exists() and manifest.is_file() and sha256_of(manifest) == known.get(number):
            draft.rename(target)
            sync(home.releases)
        else:
            shutil.rmtree(draft)


def faults_of(home: Home, number: int, sha256: str) -> list[str]:
    """What is not as it was frozen: names of files, in French; nothing where all of it is."""
    folder = candidate_folder(home, number)
    manifest = folder / MANIFEST
    if not manifest.is_file() or sha256_of(manifest) != sha256:
        return [f"{MANIFEST} manque, ou n'est plus celui que le registre connaît"]
    frozen = json.loads(manifest.read_bytes())
    internal = folder / INTERNAL
    if not internal.is_file() or sha256_of(internal) != frozen.get("internal_sha256"):
        return [f"{INTERNAL} manque, ou n'est plus celui que connaît {MANIFEST}"]
    listed = {file["path"]: file for file in json.loads(internal.read_bytes())["files"]}
    listed |= {
        f"{PACKAGE}/{file['path']}": {**file, "path": f"{PACKAGE}/{file['path']}"} for file in frozen["files"]
    }
    found = {file["path"]: file for file in files_of(folder) if file["path"] != INTERNAL}
    altered = [path for path in listed if path in found and listed[path] != found[path]]
    return [
        *(f"{path} manque" for path in listed if path not in found),
        *(f"{path} n'en fait pas partie" for path in found if path not in listed),
        *(f"{path} a changé" for path in altered),
    ]


def check_untouched(home: Home, number: int, sha256: str) -> None:
    """ReleaseRefusedError where a file of the candidate is not as it was frozen."""
    faults = faults_of(home, number, sha256)
    if faults:
        raise ReleaseRefusedError(
            f"La publication n° {number} n'est plus celle qui fut figée : {' ; '.join(faults)}. Rien n'en "
            "sera publié. Remettre ses fichiers, ou faire une autre candidate."
        )


def read_contents(home: Home, number: int) -> Contents:
    """What readers get of a frozen release.

    One that was frozen before there was English, or quality, is read with French words, or without. Before
    entries told how figures are shown, none did: then a newer release tells it (`shown.build`).
    """
    folder = candidate_folder(home, number)
    tables = {
        name: pl.read_parquet(file)
        if (file := folder / QUALITY / f"{name}.parquet").is_file()
        else nothing(table)
        for name, table in quality.TABLES.items()
    }
    return Contents(
        public=_read_figures(folder / "public.parquet"),
        partners={file.stem: _read_figures(file) for file in sorted((folder / "partners").glob("*.parquet"))},
        catalogue=_read_catalogue(folder / "catalogue.parquet"),
        steward=_read_figures(folder / STEWARD) if (folder / STEWARD).is_file() else nothing(FROZEN_FIGURES),
        quality=quality.Quality(**tables),
    )


def read_document(home: Home, number: int, name: str) -> dict[str, Any]:
    """One of its JSON documents."""
    document: dict[str, Any] = json.loads((candidate_folder(home, number) / name).read_bytes())
    return document


def read_page(home: Home, number: int) -> str:
    """Its findings as a page, in French; without rows of one that was frozen before there were pages."""
    file = candidate_folder(home, number) / FINDINGS_PAGE
    if file.is_file():
        return file.read_text("utf-8")
    return page(Findings(read_document(home, number, FINDINGS)))


def files_of(folder: Path) -> list[dict[str, object]]:
    """Path, size and SHA-256 of every file under a folder but its manifest, by path.

    A link is told as what it is: nothing that is frozen may be changed from elsewhere.
    """
    files = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            files.append({"path": name, "bytes": -1, "sha256": "link"})
        elif path.is_file() and name != MANIFEST:
            files.append({"path": name, "bytes": path.stat().st_size, "sha256": sha256_of(path)})
    return files


def as_json(document: object) -> bytes:
    """A document as it is written: the same one gives the same bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def digest_of(*parts: object) -> str:
    """One hash of what a build holds."""
    return hashlib.sha256(as_json(parts)).hexdigest()


def _write_rows(file: Path, rows: pl.DataFrame, table: Table) -> None:
    shaped(table, rows).write_parquet(file, compression="zstd")


def _read_figures(file: Path) -> pl.DataFrame:
    """Figures in words; those that have no English take the French, which stands beside it in the table."""
    rows = pl.read_parquet(file)
    unsaid = {"covered_to": pl.Date, "provisional_fr": pl.String}  # before the horizon was told
    rows = rows.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in unsaid.items() if name not in rows.columns
    )
    french = dict(zip(ENGLISH_WORDS, WORDS, strict=True))
    return rows.with_columns(
        pl.col(french[name]).alias(name) for name in ENGLISH_WORDS if name not in rows.columns
    ).select(*FROZEN_FIGURES.columns)


def _read_catalogue(file: Path) -> pl.DataFrame:
    """Entries; those that do not say how their figures are shown say nothing of it."""
    rows = pl.read_parquet(file)
    return rows.with_columns(pl.lit("").alias(name) for name in SHOWING if name not in rows.columns)


def _draft(home: Home, number: int) -> Path:
    """An empty hidden folder: what a killed command left there is gone."""
    home.releases.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    draft = home.releases / f".draft-{number}"
    if draft.exists():
        shutil.rmtree(draft)
    return draft
