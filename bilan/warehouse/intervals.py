"""95 % intervals of means, by Student's t, as SciPy computes them. Survival has its own module."""

from collections.abc import Sequence

import polars as pl

CELL = {
    "programme": pl.String,
    "territory": pl.String,
    "period_kind": pl.String,
    "period_start": pl.Date,
}
CONFIDENCE = 0.95

Interval = tuple[float | None, float | None]
NO_INTERVAL: Interval = (None, None)


def mean_interval(values: Sequence[float]) -> Interval:
    """The bounds of the mean's interval, in the values' own unit; none under two values or without spread."""
    if len(set(values)) < 2:  # noqa: PLR2004 - one value has no spread
        return NO_INTERVAL
    from scipy import stats  # noqa: PLC0415 - takes a second to import, for one model

    bounds = stats.ttest_1samp(values, popmean=0).confidence_interval(CONFIDENCE)
    return float(bounds.low), float(bounds.high)


def intervals_of_cells(gains: pl.DataFrame) -> pl.DataFrame:
    """For rows of CELL's columns and `gain`, one row per cell: its n, and the bounds of its mean gain."""
    rows = []
    for cell, held in gains.group_by(list(CELL), maintain_order=True):
        values = sorted(held["gain"].to_list())  # a sum of floats depends on its order
        rows.append((*cell, len(values), *mean_interval(values)))
    return pl.DataFrame(
        rows, schema={**CELL, "n": pl.Int64, "low": pl.Float64, "high": pl.Float64}, orient="row"
    )
