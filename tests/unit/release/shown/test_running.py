"""Running totals: the largest published pieces, and nothing where one is hidden or not told yet."""

from datetime import date, timedelta

import polars as pl

from bilan.release.publication.shown.running import with_running

# the programme begins in September 2009; what each period counts, the hidden ones as None
MONTHS = {9: 5.0, 10: 6.0, 11: None, 12: None, 13: 7.0, 14: 0.0, 15: 1.0, 16: 8.0, 17: 1.0, 18: 1.0, 19: 1.0}
MONTHS |= {20: 1.0, 21: 2.0}  # counted on from January 2009; the last one is September 2010
QUARTERS = {date(2009, 9, 1): 20.0, date(2009, 12, 1): None, date(2010, 3, 1): 10.0, date(2010, 6, 1): 3.0}
SECOND_YEAR = date(2010, 9, 1)
QUARTERS |= {SECOND_YEAR: 4.0}
YEARS = {date(2009, 9, 1): 45.0, SECOND_YEAR: 4.0}
NOT_TOLD = (date(2010, 12, 1), date(2011, 3, 1), date(2011, 6, 1))  # the quarters that end the second year


def cells(adds_up: str = "yes") -> pl.DataFrame:
    months = {_month(rank): value for rank, value in MONTHS.items()}
    rows = [("month", start, _end(start, 1), value, "value") for start, value in months.items()]
    rows += [("quarter", start, _end(start, 3), value, "value") for start, value in QUARTERS.items()]
    rows += [("quarter", start, _end(start, 3), None, "not_yet_reported") for start in NOT_TOLD]
    rows += [("programme_year", start, _end(start, 12), value, "value") for start, value in YEARS.items()]
    rows += [("total", date(2009, 9, 1), date(2010, 9, 30), 47.0, "value")]
    columns = ["period_kind", "period_start", "period_end", "value", "status"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    none = [
        pl.lit(None, pl.String).alias(name)
        for name in ("territory", "partner", "breakdown", "breakdown_value")
    ]
    told = {"code": "M02", "programme": "MOBILIS", "adds_up": adds_up}
    return frame.with_columns(*(pl.lit(value).alias(name) for name, value in told.items()), *none)


def _month(rank: int) -> date:
    return date(2009 + (rank - 1) // 12, (rank - 1) % 12 + 1, 1)


def _end(start: date, months: int) -> date:
    rank = start.year * 12 + start.month - 1 + months
    return date(rank // 12, rank % 12 + 1, 1) - timedelta(days=1)


def running(kind: str, rows: pl.DataFrame | None = None) -> dict[date, float | None]:
    told = with_running(cells() if rows is None else rows).filter(period_kind=kind).sort("period_start")
    return dict(told.select("period_start", "running").iter_rows())


def test_a_month_adds_to_the_quarters_and_years_before_it() -> None:
    told = running("month")
    assert [told[_month(rank)] for rank in (9, 10)] == [5.0, 11.0]
    assert told[_month(11)] == 20.0  # hidden, but the quarter that ends with it is not
    # December is hidden, and its quarter with it: so are the totals of all that follows in the year
    assert [told[_month(rank)] for rank in range(12, 20)] == [None] * 8
    assert told[_month(20)] == 45.0  # the year that ends with it is shown
    assert told[_month(21)] == 47.0


def test_a_quarter_and_a_year_have_theirs() -> None:
    assert list(running("quarter").values())[:5] == [20.0, None, None, 45.0, 49.0]
    assert list(running("programme_year").values()) == [45.0, 49.0]
    assert list(running("total").values()) == [None]


def test_no_total_is_told_of_a_quarter_that_nobody_told_though_its_year_has_one() -> None:
    told = running("quarter")
    assert [told[start] for start in NOT_TOLD] == [None, None, None]


def test_what_follows_the_last_year_of_the_calendar_goes_on_from_its_total() -> None:
    later = {"period_start": date(2011, 9, 1), "period_end": date(2011, 11, 30), "value": 1.0}
    one = cells().filter(period_kind="quarter").head(1)
    more = one.with_columns(pl.lit(value).alias(name) for name, value in later.items())
    assert running("quarter", pl.concat([cells(), more]))[date(2011, 9, 1)] == 50.0


def test_a_hidden_year_hides_what_follows_it() -> None:
    hidden = (pl.col("period_kind") == "programme_year") & (pl.col("period_start") == date(2009, 9, 1))
    rows = cells().with_columns(value=pl.when(~hidden).then("value"))
    assert list(running("programme_year", rows).values()) == [None, None]
    assert running("month", rows)[_month(21)] is None


def test_what_does_not_add_up_has_no_total() -> None:
    assert with_running(cells(""))["running"].null_count() == cells().height


def test_rows_keep_their_order_and_places_are_kept_apart() -> None:
    both = pl.concat(
        [cells(), cells().with_columns(territory=pl.lit("Longueuil"), value=pl.col("value") + 1)]
    )
    shuffled = both.sample(fraction=1.0, shuffle=True, seed=1)
    told = with_running(shuffled)
    assert told.drop("running").equals(shuffled)
    here = told.filter(pl.col("territory") == "Longueuil", pl.col("period_kind") == "programme_year")
    assert here.sort("period_start")["running"].to_list() == [46.0, 51.0]
