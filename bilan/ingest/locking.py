"""One writer at a time under a home."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bilan.home import PRIVATE_FILE, Home, unwritable

LOCK_NAME = ".lock"


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Hold the home's lock, waiting for it if need be. Raises HomeError.

    The system frees the lock of a run that is killed.
    """
    home.create()
    try:
        lock = os.open(home.root / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    except OSError as problem:
        raise unwritable(home.root, problem) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
