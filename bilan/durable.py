"""Files that a power cut can't leave half written, folders that are their owner's alone, and locks."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, unwritable

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC  # not through a planted file


def sync(path: Path) -> None:
    """Have the disk hold a file or a folder before anything relies on it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(folder: Path) -> None:
    """Make all that a folder holds its owner's alone, and have the disk hold it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)
        sync(path)
    folder.chmod(PRIVATE_FOLDER)
    sync(folder)


def draft_of(file: Path) -> Path:
    """Where `replace` writes a file first, and what a killed writer leaves."""
    return file.with_name(f".{file.name}.draft")


def replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone. One writer at a time."""
    draft = draft_of(file)
    draft.unlink(missing_ok=True)  # a killed writer's
    _write(draft, content)
    draft.replace(file)
    sync(file.parent)


def make(file: Path, content: bytes) -> None:
    """The same for a file that is never written over: of several writers at once, the first one's stands."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    _write(draft, content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync(file.parent)


def _write(draft: Path, content: bytes) -> None:
    draft.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with os.fdopen(os.open(draft, _NEW, PRIVATE_FILE), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def alone(folder: Path) -> AbstractContextManager[None]:
    """Hold the folder's lock, waiting for whoever has it. Raises HomeError where it can't be opened.

    The system frees the lock of a process that is killed.
    """
    return _locked(folder, fcntl.LOCK_EX)


def together(folder: Path) -> AbstractContextManager[None]:
    """The same with others who hold it so, waiting for whoever is alone."""
    return _locked(folder, fcntl.LOCK_SH)


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    # the system's own lock and not the filelock package's: that one asks again and again instead of waiting,
    # and shares a lock through an SQLite database, where the file of ours stays empty
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
    except OSError as problem:
        raise unwritable(folder, problem) from None
    try:
        fcntl.flock(lock, kind)
        yield
    finally:
        os.close(lock)
