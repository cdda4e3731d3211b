"""One writer at a time under a home."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bilan.home import PRIVATE_FILE, Home

LOCK_NAME = ".lock"
PRIVATE_UMASK = 0o077


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Hold the home's lock, waiting for it if need be; what is written meanwhile is private.

    The system frees the lock of a run that is killed.
    """
    home.create()
    umask = os.umask(PRIVATE_UMASK)
    lock = os.open(home.root / LOCK_NAME, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
        os.umask(umask)
