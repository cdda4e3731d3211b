"""How much an attacker found, against the truth, which the scoring alone reads.

A small count is one of 1 to 4. It is found where the bounds hold it and are less than `WIDTH` apart.
"""

from collections.abc import Sequence

import polars as pl

from tests.attacker.attack import Findings
from tests.attacker.reading import FIGURE, PLACE, numbers_of, rows_of
from tests.attacker.segments import KIND as STRETCH
from tests.attacker.written import with_remainders

SMALL = (1, 4)
WIDTH = 3
AT = [*FIGURE, *PLACE, "part"]
ROW = [*FIGURE, *PLACE, "release"]
KINDS = ("hidden", "stretch", "remainder", "shown", "others", "share")


def truth_of(exact: Sequence[pl.DataFrame], catalogue: pl.DataFrame) -> pl.DataFrame:
    """The true numbers of some releases, where and when, from their exact rows."""
    told = with_remainders(numbers_of(rows_of(exact, catalogue)))
    return told.select(*AT, "release", truth="shown")


def with_truth(numbers: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Those numbers with what each is: of one that is the same in all releases, its last value."""
    truth = pl.concat([truth, _of_stretches(numbers, truth)])
    last = truth.sort("release").group_by(AT).agg(last="truth").with_columns(pl.col("last").list.last())
    told = numbers.join(last, on=AT, how="left", nulls_equal=True)
    told = told.join(truth, on=[*AT, "release"], how="left", nulls_equal=True)
    return told.with_columns(truth=pl.coalesce("truth", "last")).drop("last")


def _of_stretches(numbers: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """What the stretches that no row is for hold: the sum of their months, where these make them up."""
    line = [*FIGURE, "territory", "part"]
    stretches = numbers.filter(kind=STRETCH).select(AT).unique()
    months = truth.filter(kind="month").select(*line, "release", "truth", first="start", last="to")
    inside = stretches.join(months, on=line, nulls_equal=True).filter(
        pl.col("first") >= pl.col("start"), pl.col("last") <= pl.col("to")
    )
    days, whole = (
        (pl.col(last) - pl.col(first)).dt.total_days() + 1
        for first, last in (("first", "last"), ("start", "to"))
    )
    summed = inside.group_by(*AT, "release").agg(pl.col("truth").sum(), days.sum().alias("days"))
    return summed.filter(pl.col("days") == whole).select(truth.columns)


def aims_of(numbers: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The hidden small counts that are worth an attacker's time."""
    told = with_truth(numbers.filter(pl.col("shown").is_null()), truth)
    return told.filter(pl.col("truth").is_between(*SMALL)).select(*AT, "release")


def found_by(findings: Findings, truth: pl.DataFrame) -> pl.DataFrame:
    """Every small count that the attacker was after: its kind (`what`), `truth`, bounds, `found`, `exact`.

    `hidden`: of a row that is not shown; `stretch`: of days that no row is for; `remainder`: what a rate or a
    subset leaves; `shown`: in plain sight; `others`: what is left of a whole without a partner's own;
    `share`: what a share says of a count that it does not show.
    """
    told = with_truth(findings.numbers, truth).filter(pl.col("truth").is_not_null())
    is_rest, is_shown = pl.col("part") == "rest", pl.col("shown").is_not_null()
    is_stretch = pl.col("kind") == STRETCH
    what = (
        pl.when(is_stretch)
        .then(pl.lit("stretch"))
        .when(is_rest)
        .then(pl.lit("remainder"))
        .when(is_shown)
        .then(pl.lit("shown"))
    )
    told = told.with_columns(what=what.otherwise(pl.lit("hidden")), why=pl.col("why_high"))
    mine = _others(told)
    told = pl.concat([_not_own(told), *mine], how="diagonal")
    told = pl.concat([told, _shares(findings)], how="diagonal")
    told = told.filter(pl.col("truth").is_between(*SMALL))
    holds = (pl.col("low") <= pl.col("truth")) & (pl.col("truth") <= pl.col("high"))
    return told.with_columns(
        found=holds & (pl.col("high") - pl.col("low") < WIDTH),
        exact=holds & (pl.col("high") == pl.col("low")),
    )


def _others(told: pl.DataFrame) -> list[pl.DataFrame]:
    """What others than the partner count, of the wholes that it counts a part of."""
    if "own" not in told.columns:
        return []
    mine = told.filter(pl.col("own") > 0)
    numbers = {name: pl.col(name) - pl.col("own") for name in ("truth", "low", "high")}
    return [mine.with_columns(**numbers, what=pl.lit("others"))]


def _not_own(told: pl.DataFrame) -> pl.DataFrame:
    """Those numbers, without the wholes that a partner has a part in: what is left of them is what counts."""
    return told.filter(pl.col("own").fill_null(0) == 0) if "own" in told.columns else told


def _shares(findings: Findings) -> pl.DataFrame:
    """What shares say: taken for the truth, since each says it of shown numbers alone."""
    kinds = findings.derived.with_columns(truth=pl.col("low"), why=pl.col("what"), part=pl.col("what"))
    return kinds.filter(pl.col("low") == pl.col("high")).with_columns(what=pl.lit("share"))


def summary(told: pl.DataFrame, most: int = 25) -> str:
    """How many rows of each kind say a small count: exactly, or within less than the width; and by what."""
    rows = told.group_by("what", *ROW).agg(pl.col("found").any(), pl.col("exact").any())
    counts = rows.group_by("what").agg(pl.len(), pl.col("exact").sum(), pl.col("found").sum())
    by_kind = {what: counted for what, *counted in counts.iter_rows()}
    lines = [
        f"  {kind:10} {exact} exactly, {found} within {WIDTH}, of {size}"
        for kind in KINDS
        for size, exact, found in [by_kind.get(kind, (0, 0, 0))]
    ]
    gave = told.filter("found").group_by("what", "why").agg(pl.len(), pl.col("exact").sum())
    gave = gave.sort("len", descending=True)
    lines += [
        f"    {size:6} ({exact} exactly) {what}: {why}"
        for what, why, size, exact in gave.head(most).iter_rows()
    ]
    return "\n".join(lines)
