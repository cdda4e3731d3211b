"""The extracts' own small database: tokens and counters, in one SQLite file that its owner alone reads.

Apart from Superset's metadata, so that a dump of one never holds the other, and shared by every
worker. Each block is one transaction that holds the write lock: a counter never loses a call.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PRIVATE_FILE = 0o600
SECONDS_TO_WAIT = 10.0  # for another worker's transaction
FILE = "extracts.db"

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS token (
        id TEXT PRIMARY KEY,
        owner_id INTEGER NOT NULL,
        owner TEXT NOT NULL,
        label TEXT NOT NULL,
        digest BLOB NOT NULL, -- SHA-256 of the token, which is kept nowhere
        created TEXT NOT NULL,
        expires TEXT NOT NULL,
        last_used TEXT,
        revoked TEXT
    ) STRICT
    """,
    # Of whom, and until when (nanoseconds since 1970) its calls are spent.
    "CREATE TABLE IF NOT EXISTS spent (who TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT",
)


@contextmanager
def store(folder: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on the database of `folder`, which is made if absent; undone by any error."""
    path = folder / FILE
    if not path.exists():
        _make(path)
    with closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        try:
            for table in TABLES:
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
