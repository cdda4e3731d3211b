"""The events behind a figure: the facts that its measure counted, and what each was made of."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from bilan.warehouse.cell import Cell

EVENT_FIELDS = (
    "id",
    "type",
    "action",
    "time",
    "time_precision",
    "sender",
    "reporteddate",
    "programme",
    "territory",
    "supersedes",
    "batch",
)
_TOLD = (
    "id, type, action, time::VARCHAR, time_precision, source, reporteddate::VARCHAR, programme, territory, "
    "supersedes, batch"
)
Event = dict[str, str | None]


def events_behind(file: Path, listing: str, cell: Cell) -> tuple[int, list[Event]]:
    """How many facts a cell holds, and the events that made them, in the order in which they were told.

    `listing` is the KPI model's SQL as dbt compiles it with the var `trace`. An event has EVENT_FIELDS,
    dates as ISO text: never a name, nor a number that leads to one.
    """
    condition, values = cell.condition()
    with duckdb.connect(file, read_only=True) as warehouse:
        rows = warehouse.execute(
            # the listing is our own models' SQL
            f"SELECT fact_id, event_ids FROM ({listing}) AS listed WHERE {condition}",  # noqa: S608
            values,
        ).fetchall()
        facts = {fact for fact, _ in rows}
        return len(facts), told_events(warehouse, {event for _, events in rows for event in events or ()})


def told_events(
    warehouse: duckdb.DuckDBPyConnection, ids: Iterable[str], schema: str = "ledger"
) -> list[Event]:
    """Those events of a schema of the warehouse, in the order in which they were told."""
    rows = warehouse.execute(
        # the schema is one of ours
        f"SELECT {_TOLD} FROM {schema}.events WHERE id IN (SELECT unnest(?::VARCHAR[])) "  # noqa: S608
        "ORDER BY reporteddate, sequence",
        [sorted(ids)],
    ).fetchall()
    return [dict(zip(EVENT_FIELDS, row, strict=True)) for row in rows]
