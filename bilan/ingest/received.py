"""That a statement came, with or without news: an event of its own, without a person.

One per sender, log, programme and date, and only where no other event of theirs bears that date already:
the date of the last statement is then that of the last event, and the same file again appends nothing.
"""

from collections.abc import Iterable

import polars as pl

from bilan.contracts import CONTRACTS, STATEMENT_TYPE
from bilan.identity.crypto import keyed_hash
from bilan.ingest.own_events import own_drafts
from bilan.intake import Statement
from bilan.intake.inputs import Source

_SEPARATOR = "\x1f"


def beliefs(history: pl.DataFrame) -> pl.DataFrame:
    """The events of one sender's log that tell facts, as its contract of today reads them.

    Those of a log whose rows are of no place were once told of the default territory.
    """
    facts = history.filter(pl.col("type") != STATEMENT_TYPE)
    placeless = [log for log, contract in CONTRACTS.items() if not contract.has_territory]
    return facts.with_columns(
        pl.when(~pl.col("log").is_in(placeless)).then(pl.col("territory")).alias("territory")
    )


def received_drafts(
    natural: bytes, statement: Statement, history: pl.DataFrame, news: pl.DataFrame
) -> pl.DataFrame:
    """The events that say that a statement came: one per programme of which no other event bears its date.

    `history` is all that the sender has told in that log. A statement without one row that could be read,
    though it had some, tells nothing.
    """
    source = statement.source
    if statement.rows and statement.accepted.is_empty():
        return own_drafts(())
    dated = pl.concat([frame.select("programme", "reporteddate") for frame in (history, news)])
    reached = set(dated.filter(pl.col("reporteddate") >= source.statement_date)["programme"])
    programmes = [one for one in sorted(_programmes(statement, history)) if one not in reached]
    return own_drafts(
        {
            "source": source.sender,
            "log": source.log,
            "type": STATEMENT_TYPE,
            "time": source.statement_date,
            "reporteddate": source.statement_date,
            "programme": programme,
            "natural_key": keyed_hash(natural, _SEPARATOR.join(_named(source, programme))),
            "data": "{}",
        }
        for programme in programmes
    )


def _programmes(statement: Statement, history: pl.DataFrame) -> set[str]:
    """Those that the statement speaks of: of its rows, of what it restates, or its log's own."""
    rows = set(statement.accepted["programme"]) | set(history["programme"].drop_nulls())
    own = CONTRACTS[statement.source.log].programme
    return rows or ({own} if own else set())


def _named(source: Source, programme: str) -> Iterable[str]:
    return "statement", source.sender, source.log, programme, source.statement_date.isoformat()
