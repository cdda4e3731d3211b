"""Small databases of our own, each one SQLite file that its owner alone reads.

Every worker opens the home, so every worker shares them. Each block is one transaction that holds
the write lock: a counter never loses a call.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PRIVATE_FILE = 0o600
SECONDS_TO_WAIT = 10.0  # for another worker's transaction


@contextmanager
def transaction(path: Path, tables: tuple[str, ...]) -> Iterator[sqlite3.Connection]:
    """One transaction on the database at `path`, made with `tables` if absent; undone by any error."""
    if not path.exists():
        _make(path)
    with closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        try:
            for table in tables:
                connection.execute(table)
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _make(path: Path) -> None:
    """Make an empty file that its owner alone reads, under another name first.

    Never by opening `path`: closing it would drop the locks that another thread's transaction holds.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
