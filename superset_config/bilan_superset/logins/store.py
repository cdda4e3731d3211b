"""The database of tries, of live sessions and of what accounts stored, shared by all who open the home."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from bilan_superset.sqlite_store import transaction

FILE = "logins.db"

TABLES = (
    # Who tried (a keyed word, never a name), how often it failed since it last succeeded, and the
    # moments (seconds since 1970) of the last try and of the end of the wait.
    """
    CREATE TABLE IF NOT EXISTS attempt (
        who TEXT PRIMARY KEY, failures INTEGER NOT NULL, last REAL NOT NULL, until REAL NOT NULL
    ) STRICT
    """,
    # SHA-256 of a session's number, whose it is, when it was opened and last used.
    """
    CREATE TABLE IF NOT EXISTS session (
        digest TEXT PRIMARY KEY, user_id TEXT NOT NULL, opened REAL NOT NULL, used REAL NOT NULL
    ) STRICT
    """,
    # Of whom and of what, and until when (nanoseconds since 1970) what may be stored is spent.
    "CREATE TABLE IF NOT EXISTS spent (who TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT",
)


def store(folder: Path) -> AbstractContextManager[sqlite3.Connection]:
    """One transaction on the database of `folder`, which is made if absent; undone by any error."""
    return transaction(folder / FILE, TABLES)
