"""What the catalogue's prose says that its numbers need not: who is among whom, and what makes what.

Each line is only believed as long as nothing that is shown contradicts it.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from tests.attacker.reading import PLACE
from tests.attacker.system import Relations


class Of(NamedTuple):
    """A number of a code: of its headline, or of one value of a breakdown."""

    code: str
    part: str = "num"
    breakdown: str | None = None
    value: str | None = None


AMONG = (
    (Of("M05"), Of("M05.met")),
    (Of("M05.met"), Of("M05.meetings")),
    (Of("M08", "n"), Of("M03")),
    (Of("M08.outcome", "den"), Of("M04.concluded")),
    (Of("M08.outcome", "n"), Of("M04.concluded", "n")),
    (Of("M09", "n"), Of("M05.met")),
    (Of("M07", "den"), Of("M02")),
    (Of("P02"), Of("P02.attendances")),
    (Of("P03", "den"), Of("P02.attendances")),
    (Of("P03", "n"), Of("P02")),
    (Of("P07"), Of("P07.detections")),
    (Of("P08", "den"), Of("P07")),
    (Of("P08.at_3_months", "den"), Of("P08", "den")),
    (Of("P08.at_3_months", "num"), Of("P08.at_6_months", "num")),
    (Of("P08.at_6_months", "num"), Of("P08.at_9_months", "num")),
    (Of("P08.at_9_months", "num"), Of("P08.at_12_months", "num")),
    (Of("P08.at_12_months", "num"), Of("P08.at_18_months", "num")),
    (Of("P08.at_18_months", "num"), Of("P08.at_24_months", "num")),
    (Of("P08.at_24_months", "num"), Of("P08")),
    (Of("P09.days_to_decision", "den"), Of("P09.accepted_share", "den")),
    (Of("P09.days_to_decision", "n"), Of("P09.accepted_share", "n")),
    (Of("P09.days_to_first_start", "n"), Of("P09.served", "n")),
    (Of("P10.overlaps"), Of("P10.overlap_days")),
    (Of("P12.offered"), Of("P12")),
    (Of("P12.emergency", "den"), Of("P12")),
    (Of("P15.detected"), Of("P07")),
)
MAKE = (
    (Of("M04"), (Of("M04.presented"),)),
    (Of("M04", "den"), (Of("M04.concluded"),)),
    (
        Of("M04"),
        (
            Of("M04.concluded", "num", "issue", "plaidoyer de culpabilité"),
            Of("M04.concluded", "num", "issue", "verdict de culpabilité"),
        ),
    ),
    (
        Of("M04.presented", "rest"),
        (Of("M04.concluded", "num", "issue", "acquittement"),),
    ),
    (Of("M07", "den"), (Of("M02", "n"),)),
    (Of("P08"), (Of("P08.with_service", "den"),)),
    (Of("P08"), (Of("P08.services", "den"),)),
    (Of("P09.accepted_share", "rest"), (Of("P09.refused"),)),
    (Of("P09.served"), (Of("P10.paths"),)),
    (Of("P10"), (Of("P10.returns"), Of("P10.transfers"))),
    (Of("P12.no_place"), (Of("P12.refused", "num", "raison_refus", "manque de place"),)),
)
# Whoever is in the second and not in the first is a count too.
LEFT_OUT = ((Of("M05"), Of("M05.met")), (Of("P12.offered"), Of("P12")))
BOXES, MARGINS, TIMES = ("P15.detected", "P07"), ("axe", "cible"), " × "
AT = ["programme", *PLACE, "release"]


def with_remainders(numbers: pl.DataFrame) -> pl.DataFrame:
    """Those numbers, and what each of `LEFT_OUT` leaves, as numbers of their own."""
    told = [numbers]
    for part, whole in LEFT_OUT:
        both = _of(numbers, whole).join(_of(numbers, part), on=AT, nulls_equal=True, suffix="_part")
        told.append(
            both.with_columns(
                code=pl.lit(f"{whole.code} less {part.code}"),
                part=pl.lit("rest"),
                shown=pl.col("shown") - pl.col("shown_part"),
                low=(pl.col("shown") - pl.col("shown_part")).fill_null(0.0),
            ).select(numbers.columns)
        )
    return pl.concat(told).drop("var").with_row_index("var")


def add_written(numbers: pl.DataFrame, to: Relations) -> None:
    """All that is written above, where it is not contradicted."""
    for part, whole in AMONG:
        _add_make(whole, (part,), numbers, to, exactly=False)
    for whole, parts in MAKE:
        _add_make(whole, parts, numbers, to, exactly=True)
    for part, whole in LEFT_OUT:
        left = Of(f"{whole.code} less {part.code}", "rest")
        _add_make(whole, (part, left), numbers, to, exactly=True)
    _add_boxes(numbers, to)


def _of(numbers: pl.DataFrame, one: Of) -> pl.DataFrame:
    return numbers.filter(
        pl.col("breakdown").eq_missing(pl.lit(one.breakdown)),
        pl.col("breakdown_value").eq_missing(pl.lit(one.value)),
        code=one.code,
        part=one.part,
    )


def _add_make(
    whole: Of, parts: tuple[Of, ...], numbers: pl.DataFrame, to: Relations, *, exactly: bool
) -> None:
    """The whole is the sum of the parts, or at least that, wherever all of them have a row."""
    beside = _of(numbers, whole).select(*AT, "code", whole="var", left="shown")
    for at, part in enumerate(parts):
        told = _of(numbers, part).select(
            *AT, pl.col("var").alias(f"part{at}"), pl.col("shown").alias("shown_part")
        )
        beside = beside.join(told, on=AT, nulls_equal=True)
        beside = beside.with_columns(left=pl.col("left") - pl.col("shown_part")).drop("shown_part")
    contradicted = (pl.col("left") != 0) if exactly else (pl.col("left") < 0)
    beside = beside.filter(~contradicted.fill_null(value=False).any().over("programme")).with_row_index("key")
    columns = [f"part{at}" for at in range(len(parts))]
    terms = [beside.select("key", var=name, sign=pl.lit(-1.0)) for name in columns]
    terms.append(beside.select("key", var="whole", sign=pl.lit(1.0)))
    why = f"{whole.code}.{whole.part} {'=' if exactly else '>='} " + " + ".join(
        f"{p.code}.{p.part}" for p in parts
    )
    high = 0.0 if exactly else np.inf
    to.add(pl.concat(terms), beside.select("key", low=pl.lit(0.0), high=pl.lit(high), why=pl.lit(why)))


def _add_boxes(numbers: pl.DataFrame, to: Relations) -> None:
    """Who is in a box of the matrix is in both its margins; who is in a margin is in one of its boxes."""
    inside, outside = BOXES
    boxes = numbers.filter(code=inside, part="num").filter(
        pl.col("breakdown_value").str.contains(TIMES, literal=True)
    )
    for at, breakdown in enumerate(MARGINS):
        value = pl.col("breakdown_value").str.split(TIMES).list.get(at)
        margins = numbers.filter(code=outside, part="num", breakdown=breakdown)
        margins = margins.select(*AT, "breakdown_value", whole="var")
        both = boxes.with_columns(breakdown_value=value).join(
            margins, on=[*AT, "breakdown_value"], nulls_equal=True
        )
        to.pairs(both.select(a="var", b="whole"), 0.0, np.inf, pl.lit(f"box in {breakdown}"))
        keyed = both.select("whole").unique().with_row_index("key")
        terms = [
            both.join(keyed, on="whole").select("key", "var", sign=pl.lit(1.0)),
            keyed.select("key", var="whole", sign=pl.lit(-1.0)),
        ]
        why = pl.lit(f"boxes of {breakdown}")
        to.add(pl.concat(terms), keyed.select("key", low=pl.lit(0.0), high=pl.lit(np.inf), why=why))
