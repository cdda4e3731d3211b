"""Running totals of events since their programme began, made of published cells alone.

A total up to the end of a period adds the largest periods that fill it, fiscal years, then quarters,
then months: one hidden month hides the totals of its own quarter, not all that follow. Where a piece is
hidden there is no total. Only events add up: persons would be counted once a period.
"""

import polars as pl

# Counts of what happens on a day, each once; the others count persons, schools or months.
EVENTS = frozenset(
    {
        "M02", "M04.concluded", "M05.meetings", "M06", "M06.informal", "M12", "M13.grants", "M14", "M15",
        "P01", "P02.attendances", "P05", "P05.concerns", "P06", "P06.completed", "P07.detections", "P09",
        "P09.declined", "P09.received", "P09.refused", "P09.requested", "P09.served", "P09.started",
        "P10.paths", "P10.returns", "P10.transfers", "P11", "P11.duplicates", "P11.flagged", "P11.followed",
        "P11.transmitted", "P12", "P12.no_place", "P12.offered", "P12.refused", "P13.replaced",
        "P14.meetings",
    }
)  # fmt: skip
KINDS = ("fiscal_year", "quarter", "month")
_NOTHING_LARGER = {
    "before_all": pl.lit(0.0),
    "larger": pl.lit(None, pl.Float64),
    "larger_end": pl.lit(None, pl.Date),
}
_OF = ("code", "programme", "territory", "partner", "breakdown", "breakdown_value")


def with_running(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `running`, in their order; null for other kinds of periods and for what does not add up.

    Every period since the programme began has its row, hidden or not. `reader`, where there is such a
    column, keeps readers apart.
    """
    keys = [*(name for name in ("reader",) if name in rows.columns), *_OF]
    wanted = rows.filter(pl.col("code").is_in(sorted(EVENTS)), pl.col("period_kind").is_in(KINDS))
    pieces = wanted.select(*keys, "period_kind", "period_start", "period_end", "value").sort("period_start")
    years, quarters, months = (pieces.filter(period_kind=kind) for kind in KINDS)
    years = _filled(years.with_columns(**_NOTHING_LARGER), keys, whole=pl.lit(0))
    quarters = _filled(_within(quarters, years, keys, _fiscal_year()), keys, whole=_fiscal_year())
    months = _filled(_within(months, quarters, keys, _quarter()), keys, whole=_quarter())
    told = [
        frame.select(*keys, "period_kind", "period_start", "running") for frame in (years, quarters, months)
    ]
    return rows.join(
        pl.concat(told),
        on=[*keys, "period_kind", "period_start"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _fiscal_year() -> pl.Expr:
    """The first day of the fiscal year that holds a period."""
    return pl.col("period_start").dt.offset_by("-3mo").dt.truncate("1y").dt.offset_by("3mo")


def _quarter() -> pl.Expr:
    return pl.col("period_start").dt.truncate("1q")


def _within(pieces: pl.DataFrame, larger: pl.DataFrame, keys: list[str], whole: pl.Expr) -> pl.DataFrame:
    """Pieces with the total before the larger period that holds them (`before_all`), and up to its end."""
    told = larger.select(
        *keys,
        _whole="period_start",
        before_all="before",
        larger="running",
        larger_end="period_end",
    )
    return pieces.with_columns(_whole=whole).join(
        told, on=[*keys, "_whole"], how="left", nulls_equal=True, maintain_order="left"
    )


def _filled(pieces: pl.DataFrame, keys: list[str], *, whole: pl.Expr) -> pl.DataFrame:
    """Pieces with the totals up to their end (`running`), and up to their beginning (`before`).

    Where a piece ends with the larger one, the larger one's total is taken if there is one.
    """
    inside = [*keys, "_inside"]
    pieces = pieces.with_columns(_inside=whole)
    shown = pl.col("value").is_null().cum_sum().over(inside) == 0
    added = pl.when(shown).then(pl.col("before_all") + pl.col("value").fill_null(0.0).cum_sum().over(inside))
    pieces = pieces.with_columns(_added=added)
    first = pl.int_range(pl.len()).over(inside) == 0
    at_end = pl.col("period_end") == pl.col("larger_end")
    return pieces.with_columns(
        running=pl.coalesce(pl.when(at_end).then(pl.col("larger")), pl.col("_added")),
        before=pl.when(first).then(pl.col("before_all")).otherwise(pl.col("_added").shift(1).over(inside)),
    )
