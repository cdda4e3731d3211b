"""What became of a figure since the release before: « +4 depuis la diffusion n° 1 ».

The difference is that of the figures as they are released, unrounded, and is rounded once: two figures
that are read alike may differ by a tenth, and a difference of roundings is no change.
"""

from collections.abc import Callable

import polars as pl

from bilan.dashboards.tables import DIMENSIONS
from bilan.release.wording.written import (
    ENGLISH,
    FRENCH,
    Language,
    plain,
    rounded,
    sign_of,
    with_texts,
    written,
)

# The last day of a period that is still open moves on from one release to the next.
SAME = tuple(name for name in DIMENSIONS if name != "period_end")
COMPARED = ("value", "low", "high", "denominator")
PLURAL_FROM_FR = 2  # « 1,5 point », « 2 points »


def with_changes(rows: pl.DataFrame, before: pl.DataFrame | None, number: int | None) -> pl.DataFrame:
    """`rows` with `change_fr`, `change_en` and `change_unsure`; null where there is nothing to compare with.

    `before` are the rows, for the same reader, of the release of that number. A change too small to be
    written is none, and nothing is to be concluded from it.
    """
    if before is None or number is None:
        return rows.with_columns(
            pl.lit(None, pl.String).alias("change_fr"),
            pl.lit(None, pl.String).alias("change_en"),
            pl.lit(None, pl.Boolean).alias("change_unsure"),
        )
    keys = [*(name for name in ("reader",) if name in rows.columns), *SAME]
    old = before.select(*keys, *(pl.col(name).alias(f"{name}_before") for name in COMPARED))
    rows = rows.join(old, on=keys, how="left", nulls_equal=True, maintain_order="left")
    rows = with_texts(
        rows,
        ("value", "value_before", "format"),
        {"change_fr": _in_french(number), "change_en": _in_english(number)},
    )
    unchanged = pl.col("change_en").str.starts_with("unchanged")
    return rows.with_columns(change_unsure=is_unsure() & ~unchanged).drop(
        [f"{name}_before" for name in COMPARED]
    )


def _in_french(number: int) -> Callable[[float, float, str], str]:
    def told(value: float, before: float, kind: str) -> str:
        change = _change(value, before, kind)
        since = f"depuis la diffusion n° {number}"
        if not change:
            return f"inchangé {since}"
        points = " points" if abs(change) >= PLURAL_FROM_FR else " point"
        return f"{_told(change, kind, FRENCH)}{points if kind == 'rate' else ''} {since}"

    return told


def _in_english(number: int) -> Callable[[float, float, str], str]:
    def told(value: float, before: float, kind: str) -> str:
        change = _change(value, before, kind)
        since = f"since release No. {number}"
        if not change:
            return f"unchanged {since}"
        points = " percentage point" if abs(change) == 1 else " percentage points"
        return f"{_told(change, kind, ENGLISH)}{points if kind == 'rate' else ''} {since}"

    return told


def _change(value: float, before: float, kind: str) -> float:
    """Between the two figures, as a change of that format is displayed."""
    return rounded(value - before, kind)


def _told(change: float, kind: str, language: Language) -> str:
    if kind == "amount":
        return written(change, kind, language, signed=True)
    return sign_of(change) + plain(change, language)


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
