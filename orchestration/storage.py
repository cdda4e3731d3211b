"""Dagster's own home, inside ours, with SQLite files quick enough for a run of a thousand events.

Dagster opens a file anew for each event, and closing its last connection folds SQLite's log back and
syncs the disk, twice: 12 ms, where writing takes a third of one. What is given up is that the last
events of a run may be missing after a power cut; the ledger and the vault are not concerned.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bilan.durable import replace
from bilan.home import Home


@contextmanager
def quick_storage() -> Iterator[None]:
    """Keep each of the files open that is opened within, and sync none of them at each event."""
    kept: dict[str, sqlite3.Connection] = {}

    def keep(connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = NORMAL")
            _hold(connection, kept)

    event.listen(Engine, "connect", keep)
    try:
        yield
    finally:
        event.remove(Engine, "connect", keep)
        for connection in kept.values():
            connection.close()


def _hold(connection: sqlite3.Connection, kept: dict[str, sqlite3.Connection]) -> None:
    """Open the file a second time, once it is in the mode where that spares the folding back."""
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    [mode] = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal" and file not in kept:
        kept[file] = sqlite3.connect(file, check_same_thread=False)
        kept[file].execute("SELECT count(*) FROM sqlite_master").fetchone()


SETTINGS = Path(__file__).with_name("dagster.yaml")


def dagster_environment(home: Home) -> dict[str, str]:
    """Write Dagster's settings (no telemetry) into the home; the variables by which it finds them."""
    home.create()
    replace(home.dagster / SETTINGS.name, SETTINGS.read_bytes())
    return {"DAGSTER_HOME": str(home.dagster), "DO_NOT_TRACK": "1"}
