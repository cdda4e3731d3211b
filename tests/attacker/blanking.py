"""The protection that does not protect: small counts blanked, and nothing else."""

import polars as pl

MEASURES = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
SMALL = (1, 4)


def blanked(exact: pl.DataFrame) -> pl.DataFrame:
    """The rows for everybody, those that hold a count of 1 to 4 emptied."""
    everybody = exact.filter(pl.col("partner").is_null())
    parts = (
        pl.col("numerator"),
        pl.col("denominator"),
        pl.col("denominator") - pl.col("numerator"),
        pl.col("n_persons"),
        pl.when(pl.col("denominator").is_null()).then(pl.col("value")),
    )
    small = pl.any_horizontal(part.is_between(*SMALL) for part in parts).fill_null(value=False)
    return everybody.with_columns(
        *(pl.when(~small).then(pl.col(name)).alias(name) for name in MEASURES),
        status=pl.when(small).then(pl.lit("suppressed")).otherwise("status"),
    )
