"""The stretches of time between the bounds of published periods: no row is for them, sums go through them.

Where months are not published, a fiscal year and a programme year overlap, and the difference of two of them
is a stretch that both speak of. Each is an unknown, of what adds up over time.
"""

import polars as pl

from tests.attacker.reading import SERIES, TABLE

KIND = "segment"


def with_segments(numbers: pl.DataFrame, adds: pl.DataFrame) -> pl.DataFrame:
    """Those numbers and, of the codes in `adds`, one for each stretch that no row is for."""
    some = numbers.filter(pl.col("part") != "n").join(adds.select("code"), on="code", how="semi")
    stretches = _stretches(some)
    lines = some.select(*SERIES, "territory", "by_territory", "format").unique(maintain_order=True)
    made = lines.join(stretches, on=TABLE, nulls_equal=True).with_columns(
        kind=pl.lit(KIND), shown=pl.lit(None, pl.Float64), low=pl.lit(0.0), sparse=pl.lit(value=False)
    )
    lines = pl.concat([numbers.drop("var"), made.select(numbers.drop("var").columns)])
    return lines.with_row_index("var")


def _stretches(numbers: pl.DataFrame) -> pl.DataFrame:
    """Per table, the stretches (`start`, `to`) that lie in a period, unless each of them is a period."""
    periods = numbers.select(*TABLE, "start", "to").unique()
    cuts = pl.concat(
        [
            periods.select(*TABLE, at="start"),
            periods.select(*TABLE, at=pl.col("to").dt.offset_by("1d")),
        ]
    ).unique()
    cuts = cuts.sort(*TABLE, "at").with_columns(
        start="at", to=pl.col("at").shift(-1).over(TABLE).dt.offset_by("-1d")
    )
    cuts = cuts.drop_nulls("to").drop("at")
    held = cuts.join(periods, on=TABLE, nulls_equal=True, suffix="_period").filter(
        pl.col("start") >= pl.col("start_period"), pl.col("to") <= pl.col("to_period")
    )
    cuts = held.select(cuts.columns).unique()
    missing = cuts.join(periods, on=[*TABLE, "start", "to"], how="anti", nulls_equal=True)
    return cuts.join(missing.select(TABLE).unique(), on=TABLE, how="semi", nulls_equal=True)
