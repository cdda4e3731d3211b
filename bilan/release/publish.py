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

from bilan.disclosure import protect
from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from bilan.release.exact import Exact, NothingToPublishError, read_exact
from bilan.release.files import append_values, write_public
from bilan.warehouse import reading, warehouse_file

CURRENT = "current"
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


def _silent(step: str) -> None:
    """Report nothing."""


def publish(
    home: Home,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] = _silent,
) -> Build:
    """Publish the figures of the standing warehouse and return the build.

    `progress` is told what is about to be done: `public`, each partner's code, `swap`. Raises
    `NothingToPublishError`, and leaves everything as it was, when the warehouse holds no figure.
    """
    with reading(home):
        exact = read_exact(warehouse_file(home))
    home.published.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with _alone(home.published):
        _sweep(home.published)
        number = _next_number(home.published)
        draft = home.published / f".draft-{number}"
        moment = (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
        synthetic = (home.root / SYNTHETIC_MARK).exists()
        info = (number, moment, exact.ledger_version, exact.known_at, synthetic)
        public = _write(draft, exact, info, progress)
        progress("swap")
        folder = home.published / str(number)
        draft.rename(folder)
        _sync(home.published)
        _point_at(home.published, folder)
    hidden = public.filter(pl.col("status") == "suppressed").height
    return Build(number, folder, public.height, hidden, exact.partners)


def _write(
    draft: Path, exact: Exact, info: tuple[object, ...], progress: Callable[[str], None]
) -> pl.DataFrame:
    """Write every file of the build into `draft`; return the public cells."""
    partners = draft / "partners"
    draft.mkdir(mode=PRIVATE_FOLDER)
    partners.mkdir(mode=PRIVATE_FOLDER)
    everyone = pl.col("partner").is_null()
    public = protect(exact.of_class("public").filter(everyone))
    for_partners = protect(exact.of_class("public", "partner"))
    shared = protect(exact.of_class("partner").filter(everyone))
    progress("public")
    public_file = draft / "public.duckdb"
    write_public(public_file, public, exact, info)
    for code in exact.partners:
        progress(code)
        own = for_partners.filter(pl.col("partner") == code)
        file = partners / f"{code}.duckdb"
        shutil.copyfile(public_file, file)
        append_values(file, pl.concat([shared, own]), exact)
    for file in (public_file, *partners.iterdir()):
        file.chmod(PRIVATE_FILE)
        _sync(file)
    _sync(partners)
    _sync(draft)
    return public


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


def _point_at(published: Path, folder: Path) -> None:
    """Move `current` to that build in one system call."""
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
