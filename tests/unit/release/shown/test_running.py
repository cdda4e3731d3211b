"""Running totals: the largest published pieces, and nothing where one is hidden."""

from datetime import date, timedelta

import polars as pl
import pytest

from bilan.release.shown.running import with_running

# the programme begins in September 2009; what each period counts, the hidden ones as None
MONTHS = {9: 5.0, 10: 6.0, 11: None, 12: None}
LATER = {1: 7.0, 2: 0.0, 3: None, 4: 8.0}
QUARTERS = {date(2009, 7, 1): 5.0, date(2009, 10, 1): 15.0, date(2010, 1, 1): None, date(2010, 4, 1): 8.0}
YEARS = {date(2009, 4, 1): 30.0, date(2010, 4, 1): 8.0}
ENDS = {
    **{
        date(2009, month, 1): date(2009, month, day) for month, day in ((9, 30), (10, 31), (11, 30), (12, 31))
    },
    **{date(2010, month, 1): date(2010, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30))},
}


def cells(code: str = "M02") -> pl.DataFrame:
    months = {date(2009, month, 1): value for month, value in MONTHS.items()}
    months |= {date(2010, month, 1): value for month, value in LATER.items()}
    rows = [("month", start, ENDS[start], value) for start, value in months.items()]
    rows += [("quarter", start, _end(start, 3), value) for start, value in QUARTERS.items()]
    rows += [("fiscal_year", start, _end(start, 12), value) for start, value in YEARS.items()]
    rows += [("total", date(2009, 9, 1), date(2010, 4, 30), 38.0)]
    frame = pl.DataFrame(rows, schema=["period_kind", "period_start", "period_end", "value"], orient="row")
    none = [
        pl.lit(None, pl.String).alias(name)
        for name in ("territory", "partner", "breakdown", "breakdown_value")
    ]
    return frame.with_columns(pl.lit(code).alias("code"), pl.lit("MOBILIS").alias("programme"), *none)


def _end(start: date, months: int) -> date:
    rank = start.year * 12 + start.month - 1 + months
    return date(rank // 12, rank % 12 + 1, 1) - timedelta(days=1)


def running(kind: str) -> dict[date, float | None]:
    told = with_running(cells()).filter(period_kind=kind).sort("period_start")
    return dict(told.select("period_start", "running").iter_rows())


def test_a_month_adds_to_the_quarters_and_years_before_it() -> None:
    assert running("month") == {
        date(2009, 9, 1): 5.0,  # its quarter's own total
        date(2009, 10, 1): 11.0,
        date(2009, 11, 1): None,  # hidden, and the total with it
        date(2009, 12, 1): 20.0,  # hidden, but the quarter that ends with it is not
        date(2010, 1, 1): 27.0,
        date(2010, 2, 1): 27.0,
        date(2010, 3, 1): 30.0,  # month and quarter are hidden: the year that ends with them is not
        date(2010, 4, 1): 38.0,
    }


def test_a_quarter_and_a_year_have_theirs() -> None:
    assert list(running("quarter").values()) == [5.0, 20.0, 30.0, 38.0]
    assert list(running("fiscal_year").values()) == [30.0, 38.0]
    assert list(running("total").values()) == [None]


def test_a_hidden_year_hides_what_follows_it() -> None:
    hidden = (pl.col("period_kind") == "fiscal_year") & (pl.col("period_start") == date(2009, 4, 1))
    rows = cells().with_columns(value=pl.when(~hidden).then("value"))
    told = with_running(rows)
    assert told.filter(period_kind="fiscal_year")["running"].to_list() == [None, None]
    april = told.filter(pl.col("period_kind") == "month", pl.col("period_start") == date(2010, 4, 1))
    assert april["running"].to_list() == [None]


@pytest.mark.parametrize("code", ["M03", "M05", "P02", "M11", "M13"])
def test_persons_and_what_does_not_add_up_have_no_total(code: str) -> None:
    assert with_running(cells(code))["running"].null_count() == cells().height


def test_rows_keep_their_order_and_places_are_kept_apart() -> None:
    both = pl.concat(
        [cells(), cells().with_columns(territory=pl.lit("Longueuil"), value=pl.col("value") + 1)]
    )
    shuffled = both.sample(fraction=1.0, shuffle=True, seed=1)
    told = with_running(shuffled)
    assert told.drop("running").equals(shuffled)
    here = told.filter(pl.col("territory") == "Longueuil", pl.col("period_kind") == "fiscal_year")
    assert here.sort("period_start")["running"].to_list() == [31.0, 40.0]
