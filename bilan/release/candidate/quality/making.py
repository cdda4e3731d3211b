"""A release's quality, from what came in and what the warehouse counts of it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from bilan.contracts import CONTRACTS
from bilan.reception import REFUSED, TAKEN, Reception
from bilan.release.candidate.checks import Check
from bilan.release.candidate.quality import wording as words
from bilan.release.candidate.quality.freshness import PAIR, Sent, reports
from bilan.release.candidate.quality.tables import TABLES, Quality
from bilan.release.schema import nothing, schema_of, shaped
from bilan.release.wording.periods import MONTHS, MONTHS_EN

Both = tuple[str, str]
ACTIONS = {"asserted": "assert", "corrected": "correct", "retracted": "retract"}


def quality_of(sent: Sent, reception: Reception, values: pl.DataFrame, catalogue: pl.DataFrame) -> Quality:
    """All tables but the checks, which come later; `values` and `catalogue` are the exact ones."""
    names = sent.organisations.select(sender="code", sender_name="name").unique(
        "sender", keep="last", maintain_order=True
    )
    known = reception.statements.join(names, on="sender", how="semi").filter(
        pl.col("log").is_in(list(CONTRACTS))
    )
    known = _as_told(known, sent.horizons)
    grid = reports(sent, known, _horizons(values))
    return Quality(
        reports=shaped(
            TABLES["reports"], _worded(grid, names).pipe(_said, "state", words.STATES.__getitem__)
        ),
        refusals=shaped(TABLES["refusals"], _refusals(reception, known, names, values)),
        revisions=shaped(TABLES["revisions"], _worded(_revisions(sent.events), names)),
        checks=nothing(TABLES["checks"]),
        transmitted=shaped(TABLES["transmitted"], _worded(_transmitted(known, catalogue), names)),
        organisations=shaped(
            TABLES["organisations"], names.rename({"sender": "code", "sender_name": "name"})
        ),
    )


def checks_in_words(checks: Sequence[Check], reception: Reception, on: date) -> pl.DataFrame:
    """The outcome of the checks of a candidate, the ledger's verification last."""
    rows = [
        _check_row(check.name, on, passed=check.passed)
        for check in checks
        if check.name != words.LEDGER_IS_SOUND
    ]
    if (verified := reception.verified) is not None:
        name = words.LEDGER_IS_SOUND
        outcomes = words.verified_in_words(verified)
        rows.append((name, *words.CHECK_NAMES[name], verified.sound, *outcomes, verified.on))
    return pl.DataFrame(rows, schema=schema_of(TABLES["checks"]), orient="row")


def judged(frozen: pl.DataFrame, checks: Sequence[tuple[str, bool]], on: date) -> pl.DataFrame:
    """The checks of a release as last judged: a candidate that failed may have been checked anew."""
    before = {row[0]: row for row in frozen.iter_rows()}
    passed = frozen.columns.index("passed")
    rows = [
        before[name]
        if name in before and before[name][passed] == outcome
        else _check_row(name, on, passed=outcome)
        for name, outcome in checks
    ]
    return pl.DataFrame(rows, schema=schema_of(TABLES["checks"]), orient="row")


def _check_row(name: str, on: date, *, passed: bool) -> tuple[object, ...]:
    return (name, *words.CHECK_NAMES.get(name, (name, name)), passed, *words.RESULTS[passed], on)


def ledger_check(reception: Reception) -> list[Check]:
    """The verification as a check of the candidate: an altered ledger makes no release."""
    verified = reception.verified
    if verified is None:
        return []
    details = {"events": verified.events, "findings": verified.findings}
    return [Check(words.LEDGER_IS_SOUND, verified.sound, details)]


def _as_told(statements: pl.DataFrame, horizons: pl.DataFrame) -> pl.DataFrame:
    """Statements of which no row could be read told nothing, as the ledger has it: they count as refused."""
    untold = (pl.col("outcome") == TAKEN) & (pl.col("statement_date") > pl.col("told_to")).fill_null(
        value=True
    )
    outcome = pl.when(untold).then(pl.lit(REFUSED)).otherwise("outcome").alias("outcome")
    return statements.join(horizons, on=list(PAIR), how="left").with_columns(outcome).drop("told_to")


def _horizons(values: pl.DataFrame) -> pl.DataFrame:
    """programme, known_at, last_day: until when the figures of each programme speak."""
    totals = values.filter(period_kind="total")
    return totals.group_by("programme").agg(pl.col("known_at").max(), last_day=pl.col("period_end").max())


def _refusals(
    reception: Reception, statements: pl.DataFrame, names: pl.DataFrame, values: pl.DataFrame
) -> pl.DataFrame:
    """Rows refused and warnings, by statement, reason and heading; nothing that is no contract's own word."""
    headings = pl.DataFrame(
        [(log, column.name) for log, contract in CONTRACTS.items() for column in contract.columns],
        schema={"log": pl.String, "heading": pl.String},
        orient="row",
    ).with_columns(known=pl.lit(value=True))
    known_at = values["known_at"].max()
    newest = statements.group_by(PAIR).agg(newest=pl.col("statement_date").max())
    rows = (
        reception.refusals.filter(pl.col("code").is_in(list(words.TOLD)))
        .join(headings, on=["log", "heading"], how="left")
        .with_columns(heading=pl.when("known").then("heading").otherwise(pl.lit("")))
        .group_by(*PAIR, "statement_date", "code", "heading")
        .agg(pl.col("rows").sum())
        .join(newest, on=list(PAIR), how="left")
        .with_columns(
            is_open=(pl.col("statement_date") >= pl.col("newest")).fill_null(value=True),
            _age=(pl.lit(known_at) - pl.col("statement_date")).dt.total_days(),
        )
        .pipe(_said, "code", words.TOLD.__getitem__, into="reason")
        .pipe(_said, "_age", _age, into="age")
    )
    return _worded(rows, names).sort(*PAIR, "statement_date", "code", "heading")


def _age(days: int) -> Both:
    """Of a refusal, at the date at which the release knows."""
    month, quarter = timedelta(days=31).days, timedelta(days=92).days
    return words.AGES[0 if days < month else 1 if days <= quarter else 2]


def _revisions(events: pl.DataFrame) -> pl.DataFrame:
    counts = [
        pl.col("events").filter(pl.col("action") == action).sum().alias(name)
        for name, action in ACTIONS.items()
    ]
    of_logs = events.filter(pl.col("log").is_in(list(CONTRACTS)))
    return of_logs.group_by(*PAIR, "month").agg(counts).sort(*PAIR, "month")


def _transmitted(statements: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The logs that each sender sent, and the names of the public indicators that are read from them."""
    public = catalogue.filter(disclosure="public").sort("code")
    read = {
        log: tuple(
            ", ".join(
                name for name, logs in public.select(column, "logs").iter_rows() if log in logs.split(", ")
            )
            for column in ("name_fr", "name_en")
        )
        for log in CONTRACTS
    }
    last = statements.filter(outcome=TAKEN).group_by(PAIR).agg(last_statement=pl.col("statement_date").max())
    return _said(last, "log", lambda log: read[log], into="seen").sort(*PAIR)


def _worded(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """With the names of sender, log and month; senders that are not listed are left out."""
    rows = rows.join(names, on="sender", how="inner", maintain_order="left").pipe(
        _said, "log", words.log_names
    )
    return _said(rows, "month", _month) if "month" in rows.columns else rows


def _month(month: date) -> Both:
    return f"{MONTHS[month.month - 1]} {month.year}", f"{MONTHS_EN[month.month - 1]} {month.year}"


def _said(
    rows: pl.DataFrame, column: str, worded: Callable[[Any], Sequence[str]], *, into: str | None = None
) -> pl.DataFrame:
    """With `<into>_fr` and `<into>_en`, what is told of each value of a column."""
    values = rows[column].unique().drop_nulls()
    words_of = [worded(value) for value in values]
    languages = [
        pl.Series(f"{into or column}_{language}", [both[place] for both in words_of], dtype=pl.String)
        for place, language in enumerate(("fr", "en"))
    ]
    return rows.join(pl.DataFrame([values, *languages]), on=column, how="left", maintain_order="left")
