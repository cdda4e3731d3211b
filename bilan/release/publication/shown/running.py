"""Running totals of events since their programme began, made of published cells alone.

A total up to the end of a period adds the largest periods that fill it, years of the programme, then its
quarters, then months: one hidden month hides the totals of its own quarter, not all that follow. Where a
piece is hidden there is no total, nor where it is not told yet. Only what adds up has one, as the catalogue
says: persons would be counted once a period.
"""

import polars as pl

KINDS = ("programme_year", "quarter", "month")
_NOT_TOLD = "not_yet_reported"
_NOTHING_LARGER = {
    "before_all": pl.lit(0.0),
    "larger": pl.lit(None, pl.Float64),
    "larger_end": pl.lit(None, pl.Date),
    "_whole": pl.lit(None, pl.Date),
}
_OF = ("code", "programme", "territory", "partner", "breakdown", "breakdown_value")


def with_running(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `running`, in their order; null for other kinds of periods and for what does not add up.

    `rows` have `adds_up`, as their entries say it: 'yes' or ''. Every period since the programme began has
    its row, hidden or not. `reader`, where there is such a column, keeps readers apart.
    """
    keys = [*(name for name in ("reader",) if name in rows.columns), *_OF]
    wanted = rows.filter(pl.col("adds_up") == "yes", pl.col("period_kind").is_in(KINDS))
    pieces = wanted.select(*keys, "period_kind", "period_start", "period_end", "value", "status")
    years, quarters, months = (pieces.filter(period_kind=kind).sort("period_start") for kind in KINDS)
    years = _filled(years.with_columns(**_NOTHING_LARGER), keys)
    quarters = _filled(_within(quarters, years, keys), keys)
    months = _filled(_within(months, quarters, keys), keys)
    totals = [
        frame.select(*keys, "period_kind", "period_start", "running") for frame in (years, quarters, months)
    ]
    return rows.join(
        pl.concat(totals),
        on=[*keys, "period_kind", "period_start"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _within(pieces: pl.DataFrame, larger: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Pieces with the larger period that holds them (`_whole`, its first day), the total before it
    (`before_all`) and the one up to its end.

    What comes after the last larger period, as after the last year that the calendar names, goes on from
    that one's total.
    """
    one = larger.select("programme", _whole="period_start", _last="period_end").unique().sort("_whole")
    started = pieces.select("programme", "period_start").unique().sort("period_start")
    held = started.join_asof(
        one, left_on="period_start", right_on="_whole", by="programme", check_sortedness=False
    )
    larger_rows = larger.select(
        *keys, _whole="period_start", _before="before", larger="running", larger_end="period_end"
    )
    pieces = pieces.join(held, on=["programme", "period_start"], how="left", maintain_order="left").join(
        larger_rows, on=[*keys, "_whole"], how="left", nulls_equal=True, maintain_order="left"
    )
    beyond = pl.col("period_start") > pl.col("_last")
    return pieces.with_columns(
        before_all=pl.when(beyond)
        .then("larger")
        .when(pl.col("_whole").is_null())
        .then(0.0)
        .otherwise("_before"),
        larger=pl.when(~beyond).then("larger"),
        larger_end=pl.when(~beyond).then("larger_end"),
        _whole=pl.when(beyond).then("_last").otherwise("_whole"),
    ).drop("_before", "_last")


def _filled(pieces: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Pieces with the totals up to their end (`running`), and up to their beginning (`before`).

    Where a piece ends with the larger one, the larger one's total is taken if there is one.
    """
    inside = [*keys, "_whole"]
    shown = pl.col("value").is_null().cum_sum().over(inside) == 0
    added = pl.when(shown).then(pl.col("before_all") + pl.col("value").fill_null(0.0).cum_sum().over(inside))
    pieces = pieces.with_columns(_added=added)
    first = pl.int_range(pl.len()).over(inside) == 0
    at_end = pl.col("period_end") == pl.col("larger_end")
    total = pl.coalesce(pl.when(at_end).then(pl.col("larger")), pl.col("_added"))
    return pieces.with_columns(
        running=pl.when(pl.col("status") != _NOT_TOLD).then(total),
        before=pl.when(first).then(pl.col("before_all")).otherwise(pl.col("_added").shift(1).over(inside)),
    )
