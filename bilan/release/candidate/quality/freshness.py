"""Who owes what for which month, and whether it came.

Every statement restates its log: a month is told by the first statement dated at or after its last day.
Dates are the statements' own, the clock that « known at » uses, not the day on which they were loaded.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from bilan.contracts import CONTRACTS, STATEMENT_TYPE
from bilan.reception import ALLOWED_DAYS, TAKEN
from bilan.release.candidate.quality import wording as words

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


PAIR = ("sender", "log")


def reports(sent: Sent, statements: pl.DataFrame, horizons: pl.DataFrame) -> pl.DataFrame:
    """programme, sender, log, month, state, statement_date: one row per month that is over.

    `statements` are those of a `Reception`; `horizons` has `programme`, `known_at` and the `last_day` that
    its figures speak of. Months go from the programme's beginning to the end of the years that the
    calendar names, and no further than its last day. `statement_date` is that of the statement that
    told the month, or of the newest one refused or held since.
    """
    grid = _pairs(sent).join(_months(sent, horizons), on="programme").sort(*PAIR, "last")
    first = statements.filter(outcome=TAKEN).select(*PAIR, told="statement_date").unique().sort(*PAIR, "told")
    grid = grid.join_asof(
        first, left_on="last", right_on="told", by=list(PAIR), strategy="forward", check_sortedness=False
    )
    trouble = (
        statements.filter(pl.col("outcome") != TAKEN)
        .sort("statement_date")
        .group_by(PAIR, maintain_order=True)
        .agg(trouble=pl.col("outcome").last(), troubled="statement_date")
        .with_columns(troubled=pl.col("troubled").list.last())
    )
    grid = grid.join(trouble, on=list(PAIR), how="left").with_columns(state=_state())
    dated = pl.when(pl.col("state").is_in([words.REFUSED, words.HELD])).then("troubled")
    outcome = pl.when(pl.col("state").is_in([words.RECEIVED, words.RECEIVED_LATE])).then("told")
    return grid.select("programme", *PAIR, "month", "state", statement_date=pl.coalesce(dated, outcome)).sort(
        "programme", *PAIR, "month"
    )


def _state() -> pl.Expr:
    """The rule, in its order."""
    allowed = timedelta(days=ALLOWED_DAYS)
    outside = (pl.col("last") < pl.col("valid_from")) | (pl.col("month") > pl.col("valid_to"))
    return (
        pl.when(~pl.col("due") | outside.fill_null(value=False))
        .then(pl.lit(words.NOT_DUE))
        .when(pl.col("told") <= pl.col("last") + allowed)
        .then(pl.lit(words.RECEIVED))
        .when(pl.col("told").is_not_null())
        .then(pl.lit(words.RECEIVED_LATE))
        .when(pl.col("troubled") >= pl.col("last"))
        .then(pl.col("trouble"))
        .when(pl.col("known_at") > pl.col("last") + allowed)
        .then(pl.lit(words.LATE))
        .otherwise(pl.lit(words.NOT_DUE))
    )


def _months(sent: Sent, horizons: pl.DataFrame) -> pl.DataFrame:
    """programme, month, last (its last day), known_at: the months of each programme that are over."""
    rows = []
    ends = dict(sent.years.iter_rows())
    began = dict(sent.programmes.iter_rows())
    for programme, known_at, last_day in horizons.select("programme", "known_at", "last_day").iter_rows():
        bound = min(day for day in (known_at, last_day, ends.get(programme)) if day)
        month = began[programme].replace(day=1)
        while (following := _next(month)) <= bound + timedelta(days=1):
            rows.append((programme, month, following - timedelta(days=1), known_at))
            month = following
    schema = {"programme": pl.String, "month": pl.Date, "last": pl.Date, "known_at": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _pairs(sent: Sent) -> pl.DataFrame:
    """programme, sender, log, due, valid_from, valid_to: who may send which log of which programme.

    Due is who once began; the one sender that a contract names; and all that it names, as long as none of
    them began. Of several that are named, those who never sent are not called late for it.
    """
    begun = set(sent.events.select("programme", *PAIR).drop_nulls().iter_rows())
    rows = []
    for code, _, programmes, valid_from, valid_to in sent.organisations.iter_rows():
        listed = (programmes or "").split("|")
        for programme in sent.programmes["programme"]:
            for log, contract in CONTRACTS.items():
                has_begun = (programme, code, log) in begun
                may = programme in listed and contract.programme in (None, programme)
                named = code in contract.senders
                if has_begun or (may and (named or not contract.senders)):
                    others = any((programme, sender, log) in begun for sender in contract.senders)
                    due = has_begun or (named and not others)
                    rows.append((programme, code, log, due, valid_from, valid_to))
    schema = {
        "programme": pl.String,
        "sender": pl.String,
        "log": pl.String,
        "due": pl.Boolean,
        "valid_from": pl.Date,
        "valid_to": pl.Date,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
