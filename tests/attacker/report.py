"""How much an attacker found, against the truth that only the scoring reads."""

from collections.abc import Sequence

import polars as pl

from tests.attacker.attack import Findings
from tests.attacker.reading import FIGURE, PLACE, numbers_of, rows_of
from tests.attacker.written import with_remainders

SMALL = (1, 4)
WIDTH = 3
AT = [*FIGURE, *PLACE, "part"]


def truth_of(exact: Sequence[pl.DataFrame], catalogue: pl.DataFrame) -> pl.DataFrame:
    """The true numbers of some releases, where and when, from their exact rows."""
    told = with_remainders(numbers_of(rows_of(exact, catalogue)))
    return told.select(*AT, "release", truth="shown")


def scored(findings: Findings, truth: pl.DataFrame) -> pl.DataFrame:
    """The hidden small counts, with their `truth`, `width`, and whether the bounds hold (`right`).

    A number that is one in all releases to the attacker may have been corrected in a cell that is hidden:
    it is then scored against its last value.
    """
    last = truth.sort("release").group_by(AT).agg(pl.col("truth").last())
    each = truth.rename({"truth": "of_release"})
    hidden = findings.numbers.filter(pl.col("shown").is_null())
    told = hidden.join(last, on=AT, how="left", nulls_equal=True).join(
        each, on=[*AT, "release"], how="left", nulls_equal=True
    )
    told = told.with_columns(truth=pl.coalesce("of_release", "truth")).filter(
        pl.col("truth").is_between(*SMALL)
    )
    right = (pl.col("low") <= pl.col("truth")) & (pl.col("truth") <= pl.col("high"))
    return told.with_columns(width=pl.col("high") - pl.col("low"), right=right)


def summary(told: pl.DataFrame) -> str:
    """How many of those counts are known exactly, or within less than the width; and by what."""
    near = told.filter("right", pl.col("width") < WIDTH)
    exact = near.filter(width=0)
    lines = [f"{exact.height} exactly, {near.height} within {WIDTH}, of {told.height}"]
    why = pl.concat_str(pl.col("why_high").fill_null(""), separator=" + ")
    gave = near.group_by(why=why).agg(pl.len(), exact=(pl.col("width") == 0).sum()).sort("len", descending=True)
    lines += [f"  {count:6} ({sure} exactly)  {name}" for name, count, sure in gave.head(40).iter_rows()]
    return "\n".join(lines)
