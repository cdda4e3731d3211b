"""Write a published build, whole or not at all, and make it the current one.

    published/<n>/public.duckdb            the releases that are out, newest first: public figures
    published/<n>/partners/<CODE>.duckdb   the same, with that partner's own figures, reports and refusals
    published/<n>/steward.duckdb           the same, with the steward's own figures and what all partners sent
    published/<n>/extracts/                the packages of all that is out (`extracts.py`)
    published/<n>/files.json               all of these with their digests, signed
    published/current -> <n>

A build shows what the register says, no more and no less. It is prepared in a hidden folder, renamed
when it is complete, and only then does `current` move, in one system call, boards and extracts together.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from bilan.dashboards.tables import TABLES, define
from bilan.durable import alone, seal, sync
from bilan.home import PRIVATE_FOLDER, Home
from bilan.release.candidate.folder import check_untouched, digest_of, files_of, read_contents
from bilan.release.candidate.provenance import code_version
from bilan.release.progress import Progress, silent
from bilan.release.publication import extracts
from bilan.release.publication.shown.build import PUBLIC, Out, Shown, file_of, shown
from bilan.release.register.releases import Release, out
from bilan.signing import release_key, signed_list

CURRENT = "current"
DIGEST = "digest"  # of what the build holds, in the build
FILES = "files.json"  # all others with their digests, signed


@dataclass(frozen=True)
class Build:
    """A published build: its number, its folder, and the newest release that its boards show."""

    number: int
    folder: Path
    release: int | None  # None: nothing is out, and every table is empty


def show(home: Home, releases: Mapping[int, Release], progress: Progress = silent) -> Build:
    """Have the current build show what is out, and nothing of what was withdrawn.

    Where it does already, it stands. `progress` is told what is about to be done: `public`, `steward`,
    each partner's code, `extracts`, `swap`, `prune`.
    """
    newest = next(iter(out(releases)), None)
    index = extracts.index_of(home, releases.values())
    digest = build_digest(releases, index)
    home.published.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with alone(home.published):
        _sweep(home.published)
        if _digest_of_current(home.published) != digest:
            _check(home, out(releases))
            number = _next_number(home.published)
            draft = home.published / f".draft-{number}"
            draft.mkdir(mode=PRIVATE_FOLDER)
            write_files(draft, what_is_shown(home, releases), progress)
            progress("extracts")
            extracts.write_extracts(draft, home, index)
            (draft / DIGEST).write_text(digest, encoding="ascii")
            (draft / FILES).write_bytes(signed_list(release_key(home.keys), files_of(draft)))
            seal(draft)
            progress("swap")
            draft.rename(home.published / str(number))
            _point_at(home.published, home.published / str(number))
        progress("prune")
        folder = (home.published / CURRENT).resolve()
        _prune(home.published, int(folder.name), {r.number for r in releases.values() if not r.is_out})
    return Build(int(folder.name), folder, newest.number if newest else None)


def _check(home: Home, shown: Iterable[Release]) -> None:
    """ReleaseRefusedError where what is about to be shown is not what was approved."""
    for release in shown:
        check_untouched(home, release.number, release.candidate_sha256)
        extracts.check_package(home, release)


def what_is_shown(home: Home, releases: Mapping[int, Release]) -> Shown:
    """All tables of all files of the build that shows what is out, of releases one of which was out."""
    ever = sorted((release for release in releases.values() if release.was_out), key=lambda r: -r.number)
    shown_releases = [Out(release, read_contents(home, release.number)) for release in out(releases)]
    return shown(shown_releases, ever)


def build_digest(releases: Mapping[int, Release], index: Mapping[str, object]) -> str:
    """One hash of all that a build shows, and of the code that shapes it."""
    ever = [
        (
            release.number,
            release.is_out,
            release.candidate_sha256,
            [s.name for s in release.signatures],
            release.checks,
        )
        for release in releases.values()
        if release.was_out
    ]
    return digest_of(index, ever, [table.ddl for table in TABLES], code_version())


def _sweep(published: Path) -> None:
    """Remove what a killed publication left behind."""
    for draft in published.glob(".draft-*"):
        shutil.rmtree(draft)
    (published / f".{CURRENT}").unlink(missing_ok=True)


def _prune(published: Path, current: int, not_out: set[int]) -> None:
    """Keep the build before the current one, for the readers who are still in it, and no other.

    Not even that one where it shows a release that is no longer out.
    """
    others = sorted(int(e.name) for e in published.iterdir() if e.name.isdigit() and int(e.name) != current)
    for number in others:
        folder = published / str(number)
        if number != others[-1] or _shows(folder) & not_out:
            shutil.rmtree(folder)


def _shows(build: Path) -> set[int]:
    """The releases whose files a build holds."""
    index = build / extracts.FOLDER / extracts.INDEX
    entries = json.loads(index.read_bytes())["releases"] if index.is_file() else []
    return {entry["release"] for entry in entries if entry["files"]}


def _next_number(published: Path) -> int:
    """One more than the highest build there is, so that no number is ever used twice."""
    return 1 + max((int(entry.name) for entry in published.iterdir() if entry.name.isdigit()), default=0)


def _digest_of_current(published: Path) -> str | None:
    """What the current build says of its contents; None when there is none."""
    noted = published / CURRENT / DIGEST
    return noted.read_text(encoding="ascii") if noted.exists() else None


def _point_at(published: Path, folder: Path) -> None:
    """Move `current` to that build in one system call, once the disk holds the build."""
    sync(published)
    link = published / f".{CURRENT}"
    link.symlink_to(folder.name)
    link.replace(published / CURRENT)
    sync(published)


def write_files(folder: Path, shown: Shown, progress: Callable[[str], None]) -> None:
    """Write a build's files into `folder`. `progress` is told each reader before its file is begun.

    What all of them hold is written once, and the file copied.
    """
    (folder / "partners").mkdir(mode=PRIVATE_FOLDER)
    progress(PUBLIC)
    public = folder / file_of(PUBLIC)
    with duckdb.connect(public) as target:
        define(target)
        _insert(target, shown.shared)
    for reader in shown.own:
        if reader != PUBLIC:
            progress(reader)
            shutil.copyfile(public, folder / file_of(reader))
            _append(folder / file_of(reader), shown.own[reader])
    _append(public, shown.own[PUBLIC])


def _append(file: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    with duckdb.connect(file) as target:
        _insert(target, tables)


def _insert(target: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame]) -> None:
    """Append rows to their tables, by name."""
    for table in TABLES:
        if table.name in tables and tables[table.name].height:
            names = ", ".join(f'"{column}"' for column in table.columns)
            target.register("told", tables[table.name].select(*table.columns).to_arrow())
            target.execute(f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM told")  # noqa: S608
            target.unregister("told")
