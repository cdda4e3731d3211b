"""Which figures have a row: whole grids of the levels that the catalogue publishes, or nothing."""

from datetime import date, timedelta
from itertools import combinations, pairwise

import polars as pl
import pytest

from bilan.disclosure.figures import Earlier, of_levels, protect_figures
from bilan.disclosure.figures.sheet import CatalogueError
from tests.unit.disclosure.figures.figures import CATALOGUE, SCHEMA, Fact, catalogue, figures


def of_kinds(*kinds: str) -> list[Fact]:
    """Twelve months of six facts each, in two towns; the first kind alone is seen in the first quarter."""
    return [
        Fact(month, "NS"[place % 2], "p", kinds[0] if month < 3 else kinds[place % len(kinds)])
        for month in range(12)
        for place in range(6)
    ]


def test_a_published_level_has_a_row_for_what_was_not_seen() -> None:
    public = protect_figures(figures(of_kinds("x", "y"), 12), CATALOGUE).public
    first = public.filter(period_kind="quarter", period_start=date(2016, 4, 1), breakdown="nature")
    assert sorted(first.select("breakdown_value", "status").iter_rows()) == [
        ("x", "value"),
        ("y", "true_zero"),
    ]


def test_which_rows_there_are_says_nothing_of_counts() -> None:
    """Facts told elsewhere, as many in each level that is published: the same rows."""
    one, other = (figures(of_kinds(*kinds), 12) for kinds in (("x", "y"), ("y", "x")))
    key = ["code", "territory", "period_kind", "period_start", "breakdown", "breakdown_value"]
    rows = [protect_figures(told, CATALOGUE).public.select(key).sort(key) for told in (one, other)]
    assert rows[0].equals(rows[1])


def test_a_year_that_cuts_a_quarter_is_withheld_and_named() -> None:
    exact = figures(of_kinds("x"), 12)
    moved = exact.with_columns(
        period_start=pl.when(pl.col("period_kind") == "fiscal_year")
        .then(pl.lit(date(2016, 6, 1)))
        .otherwise(pl.col("period_start"))
    )
    done = protect_figures(moved, CATALOGUE)
    assert "fiscal_year" not in set(done.public["period_kind"])
    assert {"calendar"} == {
        level["reason"] for level in done.report["coarsened"] if level["period_kind"] == "fiscal_year"
    }
    assert "fiscal_year" in set(protect_figures(exact, CATALOGUE).public["period_kind"])


YEARS = {
    "programme_year": ((2016, 10), (2017, 10), (2018, 10)),
    "fiscal_year": ((2016, 4), (2017, 4), (2018, 4)),
}
COUNTS = {"programme_year": (30, 25), "fiscal_year": (10, 23)}  # and so 20 from April 2017, then 3, then 22


def two_calendars(code: str) -> pl.DataFrame:
    told = [("total", date(2016, 10, 1), date(2018, 9, 30), 55)]
    for kind, starts in YEARS.items():
        days = [date(*first, 1) for first in starts]
        for (first, after), count in zip(pairwise(days), COUNTS[kind], strict=True):
            told.append((kind, first, after - timedelta(days=1), count))
    return pl.DataFrame(
        [
            {
                "code": code, "programme": "Pj", "period_kind": kind, "period_start": first,
                "period_end": last, "value": float(count), "numerator": float(count), "status": "value",
                "known_at": last,
            }
            for kind, first, last, count in told
        ],
        schema=SCHEMA,
    )  # fmt: skip


@pytest.mark.parametrize(("counts", "kinds"), [("events of things", 2), ("nothing", 3)])
def test_two_calendars_never_tell_what_is_between_them(counts: str, kinds: int) -> None:
    """The second fiscal year, less what the first programme year leaves of the first one, is three."""
    entry = {"code": "A", "counts_numerator": counts, "publishes_whole": "total, programme_year, fiscal_year"}
    public = protect_figures(two_calendars("A"), catalogue(entry)).public.filter(status="value")
    told = {(kind, start.year): value for kind, start, value in
            public.select("period_kind", "period_start", "value").iter_rows()}  # fmt: skip
    assert told["programme_year", 2016] == 30 and len({kind for kind, _ in told}) == kinds
    between = ("fiscal_year", 2016), ("fiscal_year", 2017)
    assert all(one in told for one in between) == (counts == "nothing")


@pytest.mark.parametrize("unit", ["events", "persons"])
def test_what_came_between_two_of_three_releases_is_not_told(unit: str) -> None:
    """One more in May, two more in June: the release of May can hide its own, and three are still three."""
    entry = {"code": "A", "counts_numerator": f"{unit} of things", "publishes_whole": "total"}
    earlier: list[Earlier] = []
    told = []
    for last, count in ((date(2016, 4, 30), 40.0), (date(2016, 5, 31), 41.0), (date(2016, 6, 30), 43.0)):
        row = {
            "code": "A", "programme": "Pj", "period_kind": "total", "period_start": date(2016, 4, 1),
            "period_end": last, "value": count, "numerator": count, "status": "value", "known_at": last,
        }  # fmt: skip
        exact = pl.DataFrame([row], schema=SCHEMA)
        done = protect_figures(exact, catalogue(entry), earlier)
        assert done.safe
        earlier.append(Earlier(exact, done.public))
        told += done.public["value"].drop_nulls().to_list()
    assert told[0] == 40
    assert not any(0 < after - before < 5 for before, after in combinations(told, 2))


def test_two_figures_that_are_said_to_count_the_same_and_do_not_stop_the_release() -> None:
    row = {"programme": "Pj", "period_kind": "total", "period_start": date(2016, 4, 1), "status": "value"}
    row |= {"period_end": date(2017, 3, 31), "known_at": date(2017, 3, 31)}
    told = [
        {**row, "code": code, "value": count, "numerator": count}
        for code, count in (("A", 31.0), ("B", 37.0))
    ]
    same = catalogue(*({"code": code, "counts_numerator": "events of things"} for code in "AB"))
    with pytest.raises(CatalogueError, match="B: the catalogue says") as stopped:
        protect_figures(pl.DataFrame(told, schema=SCHEMA), same)
    assert "31" not in str(stopped.value).replace("2016-04-01", "") and "37" not in str(stopped.value)


def test_figures_of_published_levels_keep_their_columns() -> None:
    given = figures(of_kinds("x", "y"), 12)
    assert of_levels(given, CATALOGUE).columns == given.columns
