"""One writer or several readers at a time: DuckDB refuses, rather than waits, when they meet."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from bilan.durable import alone, together
from bilan.home import Home
from bilan.warehouse.sealed import break_seal, seal


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Wait until nobody reads or writes the warehouse, then keep it; its seal is broken, and put back after.

    Where what is done meanwhile fails the seal is not put back, and the next writer begins afresh.
    """
    with alone(home.warehouse):
        break_seal(home)
        yield
        seal(home)


def reading(home: Home) -> AbstractContextManager[None]:
    """Wait until nobody writes the warehouse; others may read it too."""
    return together(home.warehouse)
