"""Since when nothing has come: how far the ledger's statements go, by sender and log.

Every statement that was understood leaves an event, with or without news (`bilan.ingest.received`): the
last of them is the horizon of that log, as it is for the figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from bilan.ingest.own_events import OWN_SOURCE
from bilan.ledger.delta import DeltaLedger
from bilan.reception import ALLOWED_DAYS


@dataclass(frozen=True)
class Silence:
    """A sender's log of which nothing has come since its last statement, though a month has ended since."""

    sender: str
    log: str
    since: date


@dataclass(frozen=True)
class Silences:
    """Those of a day, the longest first; `on` is null where the ledger has no statement to judge by."""

    on: date | None = None
    logs: tuple[Silence, ...] = ()


def silences(ledger: DeltaLedger, on: date | None = None) -> Silences:
    """What is silent on a day: otherwise on that of the newest statement, of whomever.

    A month is awaited until ALLOWED_DAYS after its end, as on the board of quality.
    """
    last_of_logs = ledger.last_told().filter(pl.col("source") != OWN_SOURCE)
    newest = last_of_logs["last"].max()
    day = on or (newest if isinstance(newest, date) else None)
    if day is None:
        return Silences()
    month_ends = (pl.col("last") + timedelta(days=1)).dt.month_end()
    silent = last_of_logs.filter(month_ends + timedelta(days=ALLOWED_DAYS) < day).sort(
        "last", "source", "log"
    )
    return Silences(day, tuple(Silence(*row) for row in silent.select("source", "log", "last").iter_rows()))
