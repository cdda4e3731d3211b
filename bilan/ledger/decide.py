"""What a statement changes: (what the ledger believes, what the statement says) -> events.

Pure: frames in, frames out; no clock, no file, no key. A row of a statement is a *candidate*: an
event that would be asserted if nothing were known. Per (type, natural_key):

- unknown -> assert; same content -> nothing; other content -> correct;
- believed, and its row no longer yields it -> retract;
- believed, and its row is gone -> retract, if the statement restates its whole log;
- believed, and its row is refused this time, or may be one whose key can't be read -> it stands as it was.

A date that the partner left out is derived (the month of the first statement that gave the fact)
and takes no part in the comparison once it is frozen.
"""

import json
from dataclasses import dataclass
from datetime import date

import polars as pl

from bilan.contracts import Restates
from bilan.ledger.events import ASSERT, CORRECT, DRAFT_COLUMNS, RETRACT, SCHEMA

# what a candidate and a belief both say of an event
CONTENT = ("subject", "time", "time_precision", "programme", "territory", "data")
IDENTITY = ("type", "natural_key")
CANDIDATE_SCHEMA: dict[str, pl.DataType] = {
    "row": pl.Int64(),
    **{name: SCHEMA[name] for name in IDENTITY + CONTENT},
    "derived": pl.Boolean(),
}
DERIVED_MARK = '"date_deduite":true'
MANY_SHARE, MANY_COUNT, MOST_SHARE = 10, 5, 2  # over a tenth and at least five, or over a half


@dataclass(frozen=True)
class Unread:
    """A refused row whose key can be read in part at most: it may be about any event that agrees.

    `readable`: what could be read of its key, by the names that an event's data give it. `persons`: the
    tokens of whom it speaks, where the key has the person; null: anybody's.
    """

    row: int
    readable: dict[str, object]
    persons: frozenset[str] | None


@dataclass(frozen=True)
class Question:
    """A statement, as the decision needs it.

    `candidates`: CANDIDATE_SCHEMA, one row per (type, natural_key), in the order of the sheet.
    `accepted_keys`: the natural keys of accepted rows. `refused_keys`: those a refused row may have had.
    `unread`: the refused rows whose key can't be told; what they may be about is not withdrawn.
    `kin`: token -> person, for tokens tied to others; the rest are persons of their own.
    """

    source: str
    log: str
    day: date
    restates: Restates
    candidates: pl.DataFrame
    accepted_keys: pl.Series
    refused_keys: pl.Series
    unread: tuple[Unread, ...]
    kin: pl.DataFrame


@dataclass(frozen=True)
class Decision:
    """The drafts to append (`events.DRAFT_COLUMNS`), in order, and what the report counts."""

    drafts: pl.DataFrame
    asserted: int
    corrected: int
    retracted: int
    unchanged: int  # keys of the statement that no event touches
    standing: int  # events believed before
    waiting: int  # events that are no longer said, and that a row whose key can't be read may be about

    @property
    def withdraws_much(self) -> bool:
        """Whether a person should look before so much is withdrawn."""
        many = self.retracted * MANY_SHARE > self.standing and self.retracted >= MANY_COUNT
        return many or self.retracted * MOST_SHARE > self.standing


def believe(events: pl.DataFrame) -> pl.DataFrame:
    """What stands after these events of one source and log, in the order of `sequence`.

    Columns: id, sequence, IDENTITY, CONTENT, and `asserted_on`, the statement that last asserted it.
    """
    ordered = events.sort("sequence")
    last = ordered.unique(IDENTITY, keep="last", maintain_order=True).filter(pl.col("action") != RETRACT)
    asserted = pl.col("action") == ASSERT
    first_asserted = ordered.filter(asserted).join(last.filter(~asserted), on=IDENTITY, how="semi")
    first_asserted = first_asserted.unique(IDENTITY, keep="last", maintain_order=True).select(
        *IDENTITY, first_told="reporteddate"
    )
    return last.join(first_asserted, on=IDENTITY, how="left", maintain_order="left").select(
        "id", "sequence", *IDENTITY, *CONTENT, asserted_on=pl.coalesce("first_told", "reporteddate")
    )


def decide(belief: pl.DataFrame, question: Question) -> Decision:
    """The events that a statement adds to what is believed of its source and log."""
    believed = belief.with_columns(belief=pl.lit(True)).rename({name: f"old_{name}" for name in CONTENT})
    met = question.candidates.join(believed, on=IDENTITY, how="left", maintain_order="left")
    new = met.filter(pl.col("belief").is_null())
    other = met.filter(pl.col("belief").is_not_null()).filter(~_same(question.kin))
    asserts = _drafts(new, question, ASSERT)
    corrects = _drafts(other.with_columns(**_corrected_time()), question, CORRECT)
    withdrawn, waiting = _withdrawn(belief, question)
    retracts = _drafts(withdrawn, question, RETRACT)
    drafts = _in_sheet_order(asserts, corrects, retracts)
    keys = question.accepted_keys.unique().alias("natural_key").to_frame()
    unchanged = keys.join(drafts, on="natural_key", how="anti").height
    counts = asserts.height, corrects.height, retracts.height
    return Decision(drafts, *counts, unchanged, belief.height, waiting)


def _same(kin: pl.DataFrame) -> pl.Expr:
    persons = dict(kin.select("token", "person").iter_rows())
    both_derived = pl.col("derived") & pl.col("old_data").str.contains(DERIVED_MARK, literal=True)
    same_time = (pl.col("time") == pl.col("old_time")) & (
        pl.col("time_precision") == pl.col("old_time_precision")
    )
    same_person = pl.col("subject").replace(persons).eq_missing(pl.col("old_subject").replace(persons))
    plain = [pl.col(name).eq_missing(pl.col(f"old_{name}")) for name in ("programme", "territory", "data")]
    return pl.all_horizontal(same_person, both_derived | same_time, *plain)


def _corrected_time() -> dict[str, pl.Expr]:
    """A correction's time: a frozen month stays; a date that was emptied gives way to the month
    of the statement that first gave the fact."""
    was_derived = pl.col("old_data").str.contains(DERIVED_MARK, literal=True)
    first_told = pl.col("asserted_on").dt.month_start()
    derived_time = pl.when(was_derived).then(pl.col("old_time")).otherwise(first_told)
    return {"time": pl.when(pl.col("derived")).then(derived_time).otherwise(pl.col("time"))}


def _withdrawn(belief: pl.DataFrame, question: Question) -> tuple[pl.DataFrame, int]:
    """What is believed and no longer said, with the content it had; and how much of that must wait."""
    unsaid = belief.join(question.candidates.select(IDENTITY), on=IDENTITY, how="anti", maintain_order="left")
    emptied = pl.col("natural_key").is_in(question.accepted_keys.implode())
    gone = ~pl.col("natural_key").is_in(question.refused_keys.implode())
    if question.restates is Restates.NOTHING:
        gone = pl.lit(False)
    elif question.restates is Restates.PERIOD:
        gone = gone & _in_period(question.candidates)
    leaving = unsaid.filter(~emptied & gone)
    waiting = leaving.filter(_may_be_unread(leaving, question.unread))
    withdrawn = unsaid.filter(emptied | gone).join(waiting, on="id", how="anti", maintain_order="left")
    return withdrawn.sort("sequence"), waiting.height


def _may_be_unread(events: pl.DataFrame, unread: tuple[Unread, ...]) -> pl.Series:
    """Whether each event may be what a row without a readable key is about."""
    by_names: dict[
        tuple[str, ...], set[tuple[object, ...]]
    ] = {}  # by the names of what is readable: who, values
    for row in unread:
        values = tuple(row.readable[name] for name in sorted(row.readable))
        persons = [None] if row.persons is None else row.persons
        by_names.setdefault(tuple(sorted(row.readable)), set()).update((who, *values) for who in persons)

    def may_be(subject: str | None, data: str) -> bool:
        payload = json.loads(data) if by_names else {}
        ways = ((rows, tuple(payload.get(name) for name in names)) for names, rows in by_names.items())
        return any((None, *values) in rows or (subject, *values) in rows for rows, values in ways)

    doubts = [may_be(*cells) for cells in events.select("subject", "data").iter_rows()]
    return pl.Series(doubts, dtype=pl.Boolean)


def _in_period(candidates: pl.DataFrame) -> pl.Expr:
    """Within the dates that the statement itself covers."""
    first, last = candidates["time"].min(), candidates["time"].max()
    return pl.lit(False) if first is None else pl.col("time").is_between(pl.lit(first), pl.lit(last))


def _drafts(frame: pl.DataFrame, question: Question, action: str) -> pl.DataFrame:
    supersedes = pl.lit(None, pl.String) if action == ASSERT else pl.col("id")
    row = pl.col("row") if "row" in frame.columns else pl.lit(None, pl.Int64)
    return frame.select(
        row.alias("row"),
        pl.lit(question.source).alias("source"),
        pl.lit(question.log).alias("log"),
        *IDENTITY,
        *CONTENT,
        pl.lit(question.day).alias("reporteddate"),
        pl.lit(action).alias("action"),
        supersedes.alias("supersedes"),
    )


def _in_sheet_order(asserts: pl.DataFrame, corrects: pl.DataFrame, retracts: pl.DataFrame) -> pl.DataFrame:
    stated = pl.concat([asserts, corrects]).sort("row", maintain_order=True)
    return pl.concat([stated, retracts]).select(DRAFT_COLUMNS)
