"""Write a published build, whole or not at all, and make it the current one.

    published/<n>/public.duckdb            the newest release that is out: public figures, partner summed over
    published/<n>/partners/<CODE>.duckdb   the same, with that partner's own figures
    published/<n>/extracts/                the packages of all that is out (`bilan.release.extracts`)
    published/current -> <n>

A build shows what the register says, no more and no less. It is prepared in a hidden folder, renamed
when it is complete, and only then does `current` move, in one system call, boards and extracts together.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bilan.home import PRIVATE_FOLDER, Home
from bilan.release import extracts
from bilan.release.candidate import check_untouched, digest_of, empty, read_contents
from bilan.release.contents import Contents
from bilan.release.durable import alone, seal, sync
from bilan.release.files import append_figures, write_public
from bilan.release.releases import Release, out
from bilan.release.schema import KPI_AFFICHAGE, KPI_CATALOGUE, TABLES

CURRENT = "current"
DIGEST = "digest"  # of what the build holds, in the build


@dataclass(frozen=True)
class Build:
    """A published build: its number, its folder, and the release that its boards show."""

    number: int
    folder: Path
    release: int | None  # None: nothing is out, and every table is empty


Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Report nothing."""


def show(home: Home, releases: Mapping[int, Release], progress: Progress = silent) -> Build:
    """Have the current build show what is out, and nothing of what was withdrawn.

    Where it does already, it stands. `progress` is told what is about to be done: `public`, each
    partner's code, `extracts`, `swap`, `prune`.
    """
    newest = next(iter(out(releases)), None)
    index = extracts.index_of(home, releases.values())
    shown = newest or max((r for r in releases.values() if r.was_out), key=lambda r: r.number)
    digest = digest_of(
        index, newest and newest.candidate_sha256, shown.partners, [table.ddl for table in TABLES]
    )
    home.published.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with alone(home.published):
        _sweep(home.published)
        if _digest_of_current(home.published) != digest:
            _check(home, out(releases))
            number = _next_number(home.published)
            draft = home.published / f".draft-{number}"
            draft.mkdir(mode=PRIVATE_FOLDER)
            contents = read_contents(home, shown.number) if newest else _nothing(shown.partners)
            _write_tables(draft, contents, _info(shown), progress)
            progress("extracts")
            extracts.write_extracts(draft, home, index)
            (draft / DIGEST).write_text(digest, encoding="ascii")
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


def _info(shown: Release) -> tuple[object, ...]:
    """The row of `build_info`: what is shown, or the notice of what no longer is."""
    published = datetime.fromisoformat(shown.published_at or "").astimezone(UTC).replace(tzinfo=None)
    return (
        shown.number,
        published,
        shown.knows["ledger_version"],
        date.fromisoformat(shown.knows["known_at"]),
        shown.knows["synthetic"],
        shown.notice_fr,
        shown.notice_en,
    )


def _nothing(partners: Iterable[str]) -> Contents:
    """What readers get when nothing is out: their tables, empty."""
    rows = empty(KPI_AFFICHAGE)
    return Contents(rows, dict.fromkeys(partners, rows), empty(KPI_CATALOGUE))


def _write_tables(draft: Path, contents: Contents, info: tuple[object, ...], progress: Progress) -> None:
    """Write the DuckDB files of the build into `draft`."""
    partners = draft / "partners"
    partners.mkdir(mode=PRIVATE_FOLDER)
    progress("public")
    public = draft / "public.duckdb"
    write_public(public, contents.public, contents.catalogue, info)
    for code, rows in contents.partners.items():
        progress(code)
        file = partners / f"{code}.duckdb"
        shutil.copyfile(public, file)
        append_figures(file, rows, contents.catalogue)


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
    told = json.loads(index.read_bytes())["releases"] if index.is_file() else []
    return {entry["release"] for entry in told if entry["files"]}


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
