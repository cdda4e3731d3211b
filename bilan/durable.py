"""Files that a power cut can't leave half written, folders that are their owner's alone, and locks."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, unwritable


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


def replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    temporary = file.with_name(f".{file.name}")  # one writer at a time: a killed one's is written over
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)
    sync(file.parent)


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
