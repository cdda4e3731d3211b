"""Hide small counts cell by cell: all that a partner's own figures need, in the file that it alone opens.

What is published to several readers is protected by `protect.py`, for a cell protected by itself can be had
by subtracting its neighbours from a margin.
"""

import polars as pl

from bilan.cube import SUPPRESSED
from bilan.disclosure.rules import SMALLEST_SHOWN

MEASURES = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")


def hide_small(cells: pl.DataFrame) -> pl.DataFrame:
    """The same cells, in the same order, with every cell that rests on 1 to 4 hidden.

    `cells` holds `value`, `low`, `high`, `numerator`, `denominator` (floats), `n_persons` (integer),
    `link_rate` (float) and `status`, among any other columns. A cell is hidden if a count in it is small:
    its numerator, its denominator, its number of persons, or its value where it has no denominator (a
    rate, a mean and a median have one; a count has none). Hidden means that the measures are null and the
    status is `suppressed`; one status for all, so that nobody can tell why. A link rate tells how many
    persons are linked and how many are not: it alone is null where either is small. Idempotent.
    """
    value_is_a_count = pl.col("denominator").is_null()
    small = pl.any_horizontal(
        _small("numerator"),
        _small("denominator"),
        _small("n_persons"),
        _small("value") & value_is_a_count,
    )
    hidden = [pl.when(small).then(None).otherwise(pl.col(name)).alias(name) for name in MEASURES]
    status = pl.when(small).then(pl.lit(SUPPRESSED)).otherwise(pl.col("status")).alias("status")
    return cells.with_columns(link_rate()).with_columns(*hidden, status)


def link_rate() -> pl.Expr:
    """The link rate, null where the persons that it counts as linked, or as not, are few."""
    linked = (pl.col("link_rate") * pl.col("n_persons")).round()
    small = pl.any_horizontal(
        count.is_between(1, SMALLEST_SHOWN - 1).fill_null(value=False)
        for count in (linked, pl.col("n_persons") - linked)
    )
    return pl.when(~small).then(pl.col("link_rate")).alias("link_rate")


def _small(column: str) -> pl.Expr:
    """True where the count is above 0 and not yet shown; a missing count is not small."""
    small = (pl.col(column) > 0) & (pl.col(column) < SMALLEST_SHOWN)
    return small.fill_null(value=False)
