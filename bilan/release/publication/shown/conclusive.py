"""When two releases differ by too little to conclude anything from it.

    a count           the difference is within what two counts of that size differ by chance:
                      |a - b| <= 1.96 x sqrt(a + b), both taken as counts of rare events (Poisson)
    with an interval  the two 95 % intervals overlap, were it by an end
    a rate            |p - q| <= 1.96 x sqrt(p(1-p)/n + q(1-q)/m), the normal approximation
    anything else     (and a rate) where either n is not told, or is below 30
    an amount         never: money is counted, not sampled

The rule errs on the side of silence: much of what the later release counts, the earlier one counted too.
"""

import polars as pl

Z = 1.96  # of the normal law: 95 % lie within
LEAST_N = 30  # below, neither the normal approximation nor a median is of any use


def is_unsure() -> pl.Expr:
    """Whether too few are counted to conclude, over rows that have a figure in both releases.

    Reads `format`, and `value`, `low`, `high` and `denominator` with the same of the release before
    under `<name>_before`. Null where either release has no figure.
    """
    kind = pl.col("format")
    unsure = (
        pl.when(kind == "amount")
        .then(pl.lit(value=False))
        .when(kind == "count")
        .then(_of_counts())
        .when(_both("low", "high"))
        .then(_overlap())
        .when(~_enough())
        .then(pl.lit(value=True))
        .when(kind == "rate")
        .then(_of_rates())
        .otherwise(pl.lit(value=False))
    )
    return pl.when(_both("value")).then(unsure)


def _both(*names: str) -> pl.Expr:
    return pl.all_horizontal(
        pl.col(name).is_not_null() & pl.col(f"{name}_before").is_not_null() for name in names
    )


def _difference() -> pl.Expr:
    return (pl.col("value") - pl.col("value_before")).abs()


def _of_counts() -> pl.Expr:
    return _difference() <= Z * (pl.col("value") + pl.col("value_before")).sqrt()


def _of_rates() -> pl.Expr:
    variance = sum(
        (
            pl.col(f"value{side}") * (1 - pl.col(f"value{side}")) / pl.col(f"denominator{side}")
            for side in ("", "_before")
        ),
        pl.lit(0.0),
    )
    return _difference() <= Z * variance.clip(lower_bound=0.0).sqrt()


def _overlap() -> pl.Expr:
    return (pl.col("low") <= pl.col("high_before")) & (pl.col("low_before") <= pl.col("high"))


def _enough() -> pl.Expr:
    least = pl.min_horizontal("denominator", "denominator_before") >= LEAST_N
    return _both("denominator") & least.fill_null(value=False)
