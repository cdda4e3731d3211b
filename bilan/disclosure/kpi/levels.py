"""Which levels of a figure are published at all: a table that would be nearly all hidden is not a table.

A level is a KPI, by territory or not, by a breakdown or not, for one kind of period. Where most of its
counts are small, it is withheld whole, zeros included: hiding them one by one would take so many others
that little would be left, and a reader would learn from the pattern what the figures do not say.
"""

import polars as pl

from bilan.disclosure.rules import LEAST_SHARE_SHOWN, NOT_BY_YEAR, SMALLEST_SHOWN, WHOLE_TIME

LEVEL = ("programme", "code", "breakdown", "by_territory", "period_kind")


def with_levels(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` with `by_territory` and `withheld` (booleans): whether the cell's level is not published.

    A level is withheld where, of its cells that count somebody, fewer than `LEAST_SHARE_SHOWN` could be
    shown, and where `NOT_BY_YEAR` says so. What counts nobody is never withheld otherwise.
    """
    counts = [pl.col(name) for name in ("numerator", "denominator", "n_persons")]
    smallest = pl.min_horizontal(pl.when(count > 0).then(count) for count in counts)
    levelled = cells.with_columns(by_territory=pl.col("territory").is_not_null(), _smallest=smallest)
    counted = pl.col("_smallest").is_not_null()
    shown = pl.col("_smallest") >= SMALLEST_SHOWN
    share = (counted & shown).sum() / counted.sum()
    withheld = (share.over(LEVEL) < LEAST_SHARE_SHOWN).fill_null(value=False)
    return levelled.with_columns(withheld=withheld | _by_year()).drop("_smallest")


def _by_year() -> pl.Expr:
    """The cells of `NOT_BY_YEAR` for anything shorter than a phase."""
    named = pl.any_horizontal(
        (pl.col("code") == code) & (pl.col("breakdown") == breakdown)
        for code, breakdown in sorted(NOT_BY_YEAR)
    )
    return (named & ~pl.col("period_kind").is_in(WHOLE_TIME)).fill_null(value=False)
