"""What releases still out have told: it is known for ever, and what they hid stays hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

KEY = (
    "code",
    "programme",
    "territory",
    "partner",
    "period_kind",
    "period_start",
    "breakdown",
    "breakdown_value",
)

UNTOLD = "not_yet_reported"


@dataclass(frozen=True)
class Earlier:
    """A release that is still out: its exact figures, and the same as readers saw them.

    `exact` has the dimensions and measures, for everybody and for each partner; `public` the dimensions
    and the `status` that was published.
    """

    exact: pl.DataFrame
    public: pl.DataFrame


def remembered(cells: pl.DataFrame, earlier: Sequence[Earlier]) -> pl.DataFrame:
    """`cells` with `was`, the status under which a release still out gave the figure, and more rows.

    A period that has grown since (the total, a year that was not over) is not the period that was
    published: the figures of that time come as rows of their own, under a `release` above 0. What had not
    been reported then told nothing: it is not remembered.
    """
    for number, release in enumerate(earlier, 1):
        then = (
            release.exact.filter(pl.col("status") != UNTOLD)
            .join(release.public.select(*KEY, was="status"), on=KEY, how="left", nulls_equal=True)
            .with_columns(release=pl.lit(number, dtype=pl.Int64))
        )
        same = then.join(
            cells.filter(pl.col("release") == 0)
            .select("period_kind", "period_start", "period_end", "programme")
            .unique(),
            on=["period_kind", "period_start", "period_end", "programme"],
            how="semi",
        )
        cells = (
            cells.join(same.select(*KEY, seen="was"), on=KEY, how="left", nulls_equal=True)
            .with_columns(
                was=pl.when(pl.col("seen") == "suppressed").then("seen").otherwise(pl.coalesce("was", "seen"))
            )
            .drop("seen")
        )
        grown = then.join(
            same.select("period_kind", "period_start", "period_end", "programme").unique(),
            on=["period_kind", "period_start", "period_end", "programme"],
            how="anti",
        )
        formats = cells.select("code", "format").unique()
        ghosts = grown.join(formats, on="code", how="inner").with_columns(
            period_kind=pl.format("{}@{}", "period_kind", "release"), origin=pl.lit(None, dtype=pl.UInt32)
        )
        cells = pl.concat([cells, ghosts.select(cells.columns)], how="vertical_relaxed")
    return cells
