"""How a rule that is broken is told: one finding (row, column, code) for each row where it is."""

import polars as pl


def where(rows: pl.DataFrame, broken: pl.Expr, column: str | None, code: str) -> pl.DataFrame:
    """The findings of a rule about a column, or about several cells (None)."""
    return rows.filter(broken).select(
        "row", pl.lit(column, pl.String).alias("column"), pl.lit(code, pl.String).alias("code")
    )
