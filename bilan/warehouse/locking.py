"""One writer or several readers at a time: DuckDB refuses, rather than waits, when they meet."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from bilan.warehouse.sealed import break_seal, seal


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Wait until nobody reads or writes the warehouse, then keep it; its seal is broken, and put back after.

    Where what is done meanwhile fails the seal is not put back, and the next writer begins afresh.
    """
    with _held(home, fcntl.LOCK_EX):
        break_seal(home)
        yield
        seal(home)


@contextmanager
def reading(home: Home) -> Iterator[None]:
    """Wait until nobody writes the warehouse; others may read it too."""
    with _held(home, fcntl.LOCK_SH):
        yield


@contextmanager
def _held(home: Home, kind: int) -> Iterator[None]:
    home.warehouse.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    lock = os.open(home.warehouse / ".lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(lock, kind)
        yield
    finally:
        os.close(lock)
