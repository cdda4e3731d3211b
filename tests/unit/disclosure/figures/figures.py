"""Small sets of figures, counted from facts, as the warehouse would give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

KINDS = {"month": 1, "quarter": 3, "fiscal_year": 12, "total": 10_000}
START = date(2016, 4, 1)
SCHEMA = {
    "code": pl.String,
    "programme": pl.String,
    "territory": pl.String,
    "partner": pl.String,
    "period_kind": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "breakdown": pl.String,
    "breakdown_value": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "n_persons": pl.Int64,
    "link_rate": pl.Float64,
    "status": pl.String,
    "known_at": pl.Date,
}
EVERY_KIND = ", ".join(KINDS)
NOTHING_SAID = {
    "format": "count",
    "holds": "within",
    "bounds": "",
    "estimate": "",
    "attributed_to": "",
    "breakdowns": "",
    "counts_numerator": "",
    "counts_denominator": "",
    "counts_persons": "",
    "publishes_whole": EVERY_KIND,
    "publishes_territory": EVERY_KIND,
    "publishes_breakdown": "",
}


def catalogue(*entries: Mapping[str, str]) -> pl.DataFrame:
    """What the catalogue says of some codes; what an entry leaves out is `NOTHING_SAID`."""
    return pl.DataFrame([{**NOTHING_SAID, **entry} for entry in entries])


CATALOGUE = catalogue(
    {
        "code": "C01",
        "breakdowns": "nature",
        "counts_numerator": "events of things",
        "publishes_breakdown": f"nature: {EVERY_KIND}",
    },
    {
        "code": "C01.share",
        "format": "rate",
        "counts_numerator": "events of things where counted",
        "counts_denominator": "events of things",
        "counts_persons": "events of things",
    },
)


@dataclass(frozen=True)
class Fact:
    """One thing that happened: in which month, where, told by whom, of which kind, and whether it counts."""

    month: int
    territory: str
    partner: str
    kind: str
    counts: bool = True


def day(month: int, *, last: bool = False) -> date:
    """The first day of a month from `START`, or its last."""
    if last:
        return date.fromordinal(day(month + 1).toordinal() - 1)
    months = START.year * 12 + START.month - 1 + month
    return date(months // 12, months % 12 + 1, 1)


def figures(facts: Sequence[Fact], months: int, *, rate: bool = False) -> pl.DataFrame:
    """The figures C01 (a count, by kind and by partner) and, if asked, C01.share (a rate) of those facts."""
    territories = sorted({fact.territory for fact in facts})
    partners = sorted({fact.partner for fact in facts})
    kinds = sorted({fact.kind for fact in facts})
    rows: list[dict[str, object]] = []
    for period_kind, size in KINDS.items():
        for first in range(0, months, size):
            if period_kind != "total" and first + size > months:
                continue  # only what is over
            end = min(first + size, months)
            span = [fact for fact in facts if first <= fact.month < end]
            for territory in (None, *territories):
                here = [fact for fact in span if territory in (None, fact.territory)]
                where = {
                    "programme": "Pj",
                    "territory": territory,
                    "period_kind": period_kind,
                    "period_start": day(first),
                    "period_end": day(end - 1, last=True),
                }
                rows.append(_count(where, here))
                rows.extend(
                    _count({**where, "partner": p}, [f for f in here if f.partner == p]) for p in partners
                )
                rows.extend(
                    _count({**where, "breakdown": "nature", "breakdown_value": k}, own)
                    for k in kinds
                    if (own := [f for f in here if f.kind == k])
                )
                if rate:
                    rows.append(_share(where, here))
    return pl.DataFrame(rows, schema=SCHEMA)


def _count(where: Mapping[str, object], facts: Sequence[Fact]) -> dict[str, object]:
    worth = float(len(facts))
    return {
        **where,
        "code": "C01",
        "value": worth,
        "numerator": worth,
        "status": "value" if facts else "true_zero",
        "known_at": START,
    }


def _share(where: Mapping[str, object], facts: Sequence[Fact]) -> dict[str, object]:
    counted = sum(fact.counts for fact in facts)
    return {
        **where,
        "code": "C01.share",
        "value": counted / len(facts) if facts else None,
        "numerator": float(counted),
        "denominator": float(len(facts)),
        "n_persons": len(facts),
        "status": "value" if facts else "missing",
        "known_at": START,
    }


def told(public: pl.DataFrame) -> pl.DataFrame:
    """The figures of `public` that are shown."""
    return public.filter(pl.col("status") != "suppressed")
