"""What the protocol says of each row: whether it may bear a name, and whether consent is needed for it.

An exchange known to the month may have been made on any of its days, up to the statement's own: it may bear
what every one of them permits, and needs consent if one of them does.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from bilan.contracts import Contract, Presence, Subject
from bilan.intake.cells import precision
from bilan.intake.dates import last_possible_day
from bilan.intake.inputs import Reference, Source
from bilan.intake.protocol import NO, PARTIES, REFERENCE_ALONE, REQUIRED, WAREHOUSE, YES, Line, Protocol
from bilan.intake.subject import REF, any_named

CONSENT_NEEDED = "protocol:consent"  # Boolean
_EXCHANGE, _LEVEL = "protocol:exchange", "protocol:level"
_LEVELS = {NO: 0, REFERENCE_ALONE: 1, YES: 2}
_KEY = ["sender", "recipient", "kind", "first", "last"]


def with_permissions(
    rows: pl.DataFrame, contract: Contract, source: Source, reference: Reference
) -> pl.DataFrame:
    """The rows, with what the protocol permits of each one's exchange; other logs hold no exchange."""
    columns = PARTIES.get(contract.log)
    if columns is None:
        return rows.with_columns(pl.lit(len(_LEVELS)).alias(_EXCHANGE), pl.lit(True).alias(CONSENT_NEEDED))
    sender, recipient, kind = columns
    day = pl.col(contract.principal_date).fill_null(source.statement_date)
    last = last_possible_day(day, pl.col(precision(contract.principal_date)))
    exchanges = rows.select(
        "row",
        pl.col(sender).alias("sender"),
        pl.col(recipient).alias("recipient"),
        pl.col(kind).alias("kind"),
        day.alias("first"),
        pl.min_horizontal(last, source.statement_date).alias("last"),
    ).explode("kind", empty_as_null=True)
    permitted = exchanges.join(
        _permissions(exchanges, reference.protocol), on=_KEY, how="left", nulls_equal=True
    )
    per_row = permitted.group_by("row").agg(
        pl.col(_LEVEL).min().alias(_EXCHANGE), pl.col(CONSENT_NEEDED).any().alias(CONSENT_NEEDED)
    )
    return rows.join(per_row, on="row", how="left", maintain_order="left")


def exchange_breach(subject: Subject) -> pl.Expr:
    """Whether a row's exchange bears more of a person than the protocol lets it."""
    return _too_much(pl.col(_EXCHANGE), subject)


def log_breach(contract: Contract, source: Source, reference: Reference) -> pl.Expr:
    """Whether a row bears more of a person than its sender may send to the warehouse in that log."""
    if contract.subject.presence is Presence.NOBODY:
        return pl.lit(False)
    line = reference.protocol.permitted(source.sender, WAREHOUSE, contract.log, source.statement_date)
    return _too_much(pl.lit(_level(line)), contract.subject)


def _too_much(level: pl.Expr, subject: Subject) -> pl.Expr:
    if not subject.columns:
        return pl.lit(False)
    named, concerned = any_named(subject), any_named(subject) | pl.col(REF).is_not_null()
    return ((level <= _LEVELS[NO]) & concerned) | ((level <= _LEVELS[REFERENCE_ALONE]) & named)


def _level(line: Line | None) -> int:
    return _LEVELS[line.nominative if line else NO]


def _permissions(exchanges: pl.DataFrame, protocol: Protocol) -> pl.DataFrame:
    """What each distinct communication may bear; one that no line permits may bear nobody."""
    distinct = exchanges.select(_KEY).unique()
    permissions = [
        _permission(protocol, parties, first, last) for *parties, first, last in distinct.iter_rows()
    ]
    return distinct.with_columns(
        pl.Series(_LEVEL, [level for level, _ in permissions], dtype=pl.Int64),
        pl.Series(CONSENT_NEEDED, [needed for _, needed in permissions], dtype=pl.Boolean),
    )


def _permission(
    protocol: Protocol, parties: Sequence[str | None], first: date, last: date
) -> tuple[int, bool]:
    """How much of a person may be borne, and whether that takes consent. `parties`: from, to, kind.

    Where a party or the kind can't be read, that fault is told alone.
    """
    sender, recipient, kind = parties
    if sender is None or recipient is None or kind is None:
        return _LEVELS[YES], True
    days = protocol.turns(first, last)
    lines = [protocol.permitted(sender, recipient, kind, day) for day in days]
    needed = any(line is None or line.consent == REQUIRED for line in lines)
    return min(_level(line) for line in lines), needed
