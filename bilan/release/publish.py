"""Write a published build, whole or not at all, and make it the current one.

    published/<n>/public.duckdb            every public figure, partner summed over
    published/<n>/partners/<CODE>.duckdb   the same, with that partner's own figures
    published/current -> <n>

A build is prepared in a hidden folder, renamed when it is complete, and only then does `current`
move, in one system call. A publication killed at any moment leaves the last one standing.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from bilan.release.contents import Contents, contents_of
from bilan.release.exact import NothingToPublishError, read_exact
from bilan.release.files import append_figures, write_public
from bilan.warehouse import reading, warehouse_file

CURRENT = "current"
DIGEST = "digest"  # of what the build holds, in the build
SYNTHETIC_MARK = "synthetic"  # written beside the inbox by whoever fills it with sample logs

__all__ = ["Build", "NothingToPublishError", "publish"]


@dataclass(frozen=True)
class Build:
    """A published build: its number, its folder, and how much of it is hidden."""

    number: int
    folder: Path
    cells: int  # of the public file
    suppressed: int  # of those
    partners: tuple[str, ...]
    is_new: bool  # false: nothing had changed, and the build before it stands


def _silent(step: str) -> None:
    """Report nothing."""


def publish(
    home: Home,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] = _silent,
) -> Build:
    """Publish the figures of the standing warehouse and return the current build.

    Where readers would see nothing new, the current build stands as it is. `progress` is told what is
    about to be done: `public`, each partner's code, `swap`. Raises `NothingToPublishError`, and leaves
    everything as it was, when the warehouse holds no figure.
    """
    with reading(home):
        exact = read_exact(warehouse_file(home))
    contents = contents_of(exact)
    synthetic = (home.root / SYNTHETIC_MARK).exists()
    digest = contents.digest(exact.ledger_version, synthetic)
    home.published.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with _alone(home.published):
        _sweep(home.published)
        is_new = _digest_of_current(home.published) != digest
        if is_new:
            number = _next_number(home.published)
            moment = (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
            info = (number, moment, exact.ledger_version, exact.known_at, synthetic)
            draft = home.published / f".draft-{number}"
            _write(draft, contents, info, progress)
            (draft / DIGEST).write_text(digest, encoding="ascii")
            _seal(draft)
            progress("swap")
            draft.rename(home.published / str(number))
            _point_at(home.published, home.published / str(number))
        folder = (home.published / CURRENT).resolve()
    hidden = contents.public.filter(pl.col("status") == "suppressed").height
    return Build(int(folder.name), folder, contents.public.height, hidden, exact.partners, is_new)


def _write(
    draft: Path, contents: Contents, info: tuple[object, ...], progress: Callable[[str], None]
) -> None:
    """Write the DuckDB files of the build into `draft`."""
    partners = draft / "partners"
    draft.mkdir(mode=PRIVATE_FOLDER)
    partners.mkdir(mode=PRIVATE_FOLDER)
    progress("public")
    public = draft / "public.duckdb"
    write_public(public, contents.public, contents.catalogue, info)
    for code, rows in contents.partners.items():
        progress(code)
        file = partners / f"{code}.duckdb"
        shutil.copyfile(public, file)
        append_figures(file, rows, contents.catalogue)


def _seal(draft: Path) -> None:
    """Make the files their owner's alone, and have the disk hold them."""
    for path in sorted(draft.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(PRIVATE_FILE)
        _sync(path)
    _sync(draft)


@contextmanager
def _alone(published: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two publications never mix."""
    lock = os.open(published / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _sweep(published: Path) -> None:
    """Remove what a killed publication left behind."""
    for draft in published.glob(".draft-*"):
        shutil.rmtree(draft)
    (published / f".{CURRENT}").unlink(missing_ok=True)


def _next_number(published: Path) -> int:
    """One more than the highest build there is, so that no number is ever used twice."""
    return 1 + max((int(entry.name) for entry in published.iterdir() if entry.name.isdigit()), default=0)


def _digest_of_current(published: Path) -> str | None:
    """What the current build says of its contents; None when there is none."""
    noted = published / CURRENT / DIGEST
    return noted.read_text(encoding="ascii") if noted.exists() else None


def _point_at(published: Path, folder: Path) -> None:
    """Move `current` to that build in one system call, once the disk holds the build."""
    _sync(published)
    link = published / f".{CURRENT}"
    link.symlink_to(folder.name)
    link.replace(published / CURRENT)
    _sync(published)


def _sync(path: Path) -> None:
    """Have the disk hold it before anything relies on it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
