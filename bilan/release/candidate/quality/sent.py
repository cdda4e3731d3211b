"""What the warehouse knows of who sends what: organisations, programmes, and the ledger's events counted."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from bilan.contracts import STATEMENT_TYPE

_QUERIES = {
    "organisations": "SELECT code, name_fr AS name, programmes, valid_from, valid_to"
    " FROM reference.partners ORDER BY ALL",
    "programmes": "SELECT code AS programme, starts_on FROM reference.programmes ORDER BY ALL",
    "years": "SELECT programme, max(ends_on) AS ends_on FROM reference.periods"
    " WHERE kind = 'programme_year' GROUP BY programme HAVING bool_and(ends_on IS NOT NULL) ORDER BY ALL",
    "events": "SELECT programme, source AS sender, log,"  # noqa: S608 - the type is ours
    " CAST(date_trunc('month', reporteddate) AS DATE) AS month, action, count(*) AS events"
    f" FROM ledger.events WHERE type <> '{STATEMENT_TYPE}' GROUP BY ALL ORDER BY ALL",
    "horizons": "SELECT source AS sender, log, max(reporteddate) AS told_to"
    " FROM ledger.events GROUP BY ALL ORDER BY ALL",
}


@dataclass(frozen=True)
class Sent:
    """Organisations (their `programmes` are « A|B »), programmes, and where the calendar ends their years.

    `events` counts those of a programme, sender, log, month of report and action. `horizons`: the date of
    the last statement of a sender's log (`told_to`) that told anything, be it that nothing had changed.
    """

    organisations: pl.DataFrame
    programmes: pl.DataFrame
    years: pl.DataFrame
    events: pl.DataFrame
    horizons: pl.DataFrame


def read_sent(file: Path) -> Sent:
    """Read it from a warehouse's file, which exists."""
    with duckdb.connect(file, read_only=True) as warehouse:
        return Sent(**{name: warehouse.execute(query).pl() for name, query in _QUERIES.items()})
