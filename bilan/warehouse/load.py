"""Bring the ledger's new events into the warehouse's file, and the reference lists with them."""

from pathlib import Path

import duckdb
import polars as pl

from bilan.home import PRIVATE_FILE, Home
from bilan.ledger.delta import DeltaLedger
from bilan.warehouse.freshness import record_load
from bilan.warehouse.locking import writing
from bilan.warehouse.reference import load_reference_tables
from bilan.warehouse.sealed import warehouse_file

_EVENTS = """
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE TABLE IF NOT EXISTS ledger.events (
    sequence BIGINT NOT NULL, id VARCHAR NOT NULL, source VARCHAR NOT NULL, log VARCHAR NOT NULL,
    type VARCHAR NOT NULL, subject VARCHAR, time DATE NOT NULL, time_precision VARCHAR NOT NULL,
    recordedtime TIMESTAMPTZ NOT NULL, reporteddate DATE NOT NULL, programme VARCHAR, territory VARCHAR,
    batch VARCHAR NOT NULL, natural_key VARCHAR NOT NULL, action VARCHAR NOT NULL, supersedes VARCHAR,
    data JSON NOT NULL, row_hash VARCHAR NOT NULL
)
"""


def load(home: Home) -> int:
    """Append what the ledger has more than the warehouse, refresh the lists; how many events were new.

    A warehouse that holds what the ledger does not (a ledger restored from a backup) is made afresh.
    """
    with writing(home):
        ledger = DeltaLedger(home.ledger)
        return load_events(warehouse_file(home), ledger.events(), ledger.version(), home.root / "reference")


def load_events(file: Path, events: pl.DataFrame, version: int, extra: Path | None = None) -> int:
    """The same for all the events of a ledger at a version, into any file."""
    if _holds_something_else(file, events):
        file.unlink()
    with duckdb.connect(file) as warehouse:
        file.chmod(PRIVATE_FILE)
        warehouse.execute(_EVENTS)
        last = _last_sequence(warehouse)
        new = events.filter(pl.col("sequence") > last).sort("sequence")
        warehouse.begin()
        _append(warehouse, new)
        load_reference_tables(warehouse, extra)
        record_load(warehouse, version, extra)
        warehouse.commit()
    return new.height


def _append(warehouse: duckdb.DuckDBPyConnection, new: pl.DataFrame) -> None:
    if new.is_empty():
        return
    warehouse.register("incoming", new.to_arrow())
    warehouse.execute("INSERT INTO ledger.events BY NAME SELECT * FROM incoming")
    warehouse.unregister("incoming")


def _holds_something_else(file: Path, events: pl.DataFrame) -> bool:
    """Whether the last event that the file holds is not the ledger's at that place."""
    if not file.exists():
        return False
    with duckdb.connect(file) as warehouse:
        warehouse.execute(_EVENTS)
        last = _last_sequence(warehouse)
        held = warehouse.execute("SELECT row_hash FROM ledger.events WHERE sequence = ?", [last]).fetchone()
    if held is None:
        return False
    return events.filter(pl.col("sequence") == last)["row_hash"].to_list() != [held[0]]


def _last_sequence(warehouse: duckdb.DuckDBPyConnection) -> int:
    row = warehouse.execute("SELECT coalesce(max(sequence), 0) FROM ledger.events").fetchone()
    return int(row[0]) if row else 0
