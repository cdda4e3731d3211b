"""The extracts' own small database: tokens and counters.

Apart from Superset's metadata, so that a dump of one never holds the other.
"""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from bilan_superset.sqlite_store import transaction

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


def store(folder: Path) -> AbstractContextManager[sqlite3.Connection]:
    """One transaction on the database of `folder`, which is made if absent; undone by any error."""
    return transaction(folder / FILE, TABLES)
