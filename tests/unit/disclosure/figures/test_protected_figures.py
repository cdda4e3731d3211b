"""What is published of figures that add up, held against a reader with a solver."""

import random
from datetime import date

import polars as pl
import pytest

from bilan.disclosure.exceptions import RATE_AT_BOUNDS, Decision
from bilan.disclosure.figures import Earlier, protect_figures
from bilan.disclosure.rules import SMALLEST_SHOWN, WIDTH
from tests.unit.disclosure.figures.figures import CATALOGUE, Fact, figures, told
from tests.unit.disclosure.figures.reader import bounds


def some_facts(seed: int, months: int, mean: float) -> list[Fact]:
    draw = random.Random(seed)
    return [
        Fact(month, draw.choice("NS"), draw.choice("pq"), draw.choice("xyz"), draw.random() < 0.6)
        for month in range(months)
        for _ in range(round(draw.expovariate(1 / mean)))
    ]


def small(row: dict[str, object]) -> bool:
    return 0 < float(row["numerator"] or 0) < SMALLEST_SHOWN  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_no_reader_knows_a_small_count_of_a_published_level(seed: int) -> None:
    facts = some_facts(seed, 6, mean=7)
    exact = figures(facts, 6)
    done = protect_figures(exact, CATALOGUE)
    assert done.safe
    levels = ("breakdown", "period_kind", "by_territory")
    public = done.public.with_columns(by_territory=pl.col("territory").is_not_null())
    published = told(public).select(levels).unique()
    everyone = exact.filter(pl.col("partner").is_null()).with_columns(
        by_territory=pl.col("territory").is_not_null()
    )
    asked = everyone.join(published, on=levels, how="semi", nulls_equal=True)
    for row in asked.iter_rows(named=True):
        if small(row):
            for holder in (None, "p", "q"):
                if holder and all(fact.partner == holder for fact in facts):
                    continue
                low, high = bounds(facts, [done.public], row, holder=holder)
                others = row["numerator"]
                if holder:
                    own = exact.filter(
                        pl.col("partner") == holder,
                        pl.col("period_kind") == row["period_kind"],
                        pl.col("period_start") == row["period_start"],
                        pl.col("territory").eq_missing(row["territory"]),
                    )["numerator"].sum()
                    others = float(row["numerator"]) - float(own)
                assert high - low >= WIDTH or not others, (row, holder)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_small_is_shown_and_what_is_hidden_is_empty(seed: int) -> None:
    facts = some_facts(seed, 12, mean=4)
    done = protect_figures(figures(facts, 12, rate=True), CATALOGUE)
    assert done.safe
    for row in told(done.public).iter_rows(named=True):
        rest = None if row["denominator"] is None else row["denominator"] - row["numerator"]
        assert not any(
            count and 0 < count < SMALLEST_SHOWN for count in (row["numerator"], rest, row["n_persons"])
        )
    hidden = done.public.filter(pl.col("status") == "suppressed")
    assert (
        hidden.select("value", "numerator", "denominator", "n_persons", "link_rate")
        .null_count()
        .sum_horizontal()
        .item()
        == 5 * hidden.height
    )


def test_figures_without_a_small_count_are_all_shown() -> None:
    facts = [
        Fact(month, territory, partner, kind)
        for month in range(3)
        for territory in "NS"
        for partner in "pq"
        for kind in "xy"
        for _ in range(5)
    ]
    exact = figures(facts, 3)
    done = protect_figures(exact, CATALOGUE)
    published = pl.col("partner").is_null() & (pl.col("territory").is_null() | pl.col("breakdown").is_null())
    key = ["code", "territory", "period_kind", "period_start", "breakdown", "breakdown_value"]
    assert done.public.drop("link_rate").sort(key).equals(exact.filter(published).drop("link_rate").sort(key))


def test_a_level_that_is_nearly_all_small_has_no_row_and_is_named() -> None:
    facts = [Fact(month, "N", "p", "x") for month in (0, 1, 3, 4)] + [Fact(5, "N", "p", "x")] * 9
    done = protect_figures(figures(facts, 6), CATALOGUE)
    months = done.public.filter(pl.col("period_kind") == "month", pl.col("territory").is_null())
    assert months.is_empty()
    named = [level for level in done.report["coarsened"] if level["period_kind"] == "month"]
    assert {"C01"} == {level["code"] for level in named} and {level["reason"] for level in named} == {
        "sparse"
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_second_release_of_the_same_figures_shows_just_the_same(seed: int) -> None:
    exact = figures(some_facts(seed, 12, mean=5), 12, rate=True)
    first = protect_figures(exact, CATALOGUE)
    second = protect_figures(exact, CATALOGUE, [Earlier(exact, first.public)])
    assert second.safe
    assert second.public.equals(first.public)


def test_there_may_be_nothing_to_protect() -> None:
    done = protect_figures(figures([Fact(0, "N", "p", "x")] * 6, 1).head(0), CATALOGUE)
    assert done.safe and done.public.is_empty()


def test_what_a_release_showed_stays_shown_and_what_it_hid_stays_hidden() -> None:
    facts = some_facts(3, 12, mean=5)
    first = protect_figures(figures(facts, 12), CATALOGUE)
    before = figures(facts, 12)
    later = [*facts, Fact(2, "N", "p", "x"), *some_facts(9, 3, mean=6)]
    grown = [*later, *(Fact(12 + f.month, f.territory, f.partner, f.kind) for f in some_facts(5, 12, mean=5))]
    second = protect_figures(figures(grown, 24), CATALOGUE, [Earlier(before, first.public)])
    assert second.safe
    key = ["code", "territory", "period_kind", "period_start", "period_end", "breakdown", "breakdown_value"]
    both = first.public.join(second.public, on=key, suffix="_2", nulls_equal=True)
    assert both.filter(pl.col("status") == "suppressed", pl.col("status_2") != "suppressed").is_empty()


def test_a_count_that_a_correction_made_small_is_not_shown_although_it_was() -> None:
    facts = [Fact(month, t, "p", "x") for month in range(3) for t in "NS" for _ in range(6)]
    first = protect_figures(figures(facts, 3), CATALOGUE)
    fewer = facts[4:]  # two are left of the first month in the north
    second = protect_figures(figures(fewer, 3), CATALOGUE, [Earlier(figures(facts, 3), first.public)])
    month = (
        (pl.col("period_kind") == "month")
        & (pl.col("period_start") == date(2016, 4, 1))
        & (pl.col("territory") == "N")
        & pl.col("breakdown").is_null()
    )
    assert first.public.filter(month)["value"].item() == 6
    assert second.public.filter(month)["status"].item() == "suppressed"
    assert second.report["programmes"]["Pj"]["already_public"] > 0


@pytest.mark.parametrize("remembers", [True, False])
def test_two_releases_give_away_what_happened_between_only_if_the_second_forgets_the_first(
    remembers: bool,
) -> None:
    base = [Fact(month, t, p, k) for month in range(12) for t in "NS" for p in "pq" for k in "xy"] * 2
    first = protect_figures(figures(base, 12), CATALOGUE)
    grown = [*base, *(Fact(month, "N", "p", "x") for month in (12, 13))]
    exact = figures(grown, 15)
    out = [Earlier(figures(base, 12), first.public)] if remembers else []
    second = protect_figures(exact, CATALOGUE, out)
    assert second.safe
    quarter = pl.col("period_kind") == "quarter", pl.col("period_start") == date(2017, 4, 1)
    whole = pl.all_horizontal(pl.col("territory", "breakdown", "partner").is_null())
    row = exact.filter(*quarter, whole).row(0, named=True)
    assert row["numerator"] == 2
    low, high = bounds(grown, [first.public, second.public], row)
    assert (high - low >= WIDTH) is remembers


def everybody(counts: bool) -> pl.DataFrame:
    facts = [Fact(0, t, "p", "x", counts) for t in "NS" for _ in range(20)]
    return figures(facts, 3, rate=True)


@pytest.mark.parametrize("counts", [True, False])
def test_a_rate_of_persons_at_a_bound_is_hidden_unless_it_was_decided_otherwise(counts: bool) -> None:
    exact = everybody(counts)
    rates = pl.col("code") == "C01.share"
    done = protect_figures(exact, CATALOGUE, exceptions=())
    assert set(done.public.filter(rates, pl.col("denominator").is_not_null())["status"]) <= {"missing"}
    decision = Decision("Pj", "C01.share", RATE_AT_BOUNDS, "publié depuis 2011", "Comité", "2011-06-30")
    allowed = protect_figures(exact, CATALOGUE, exceptions=(decision,))
    assert "value" in set(allowed.public.filter(rates)["status"])
    assert allowed.report["exceptions"][0]["reason"] == "publié depuis 2011"


def test_the_report_says_what_was_done_without_any_count_of_a_figure() -> None:
    done = protect_figures(figures(some_facts(1, 12, mean=4), 12), CATALOGUE)
    parameters = done.report["parameters"]
    assert (parameters["threshold"], parameters["width"], parameters["zeros"]) == (
        SMALLEST_SHOWN,
        WIDTH,
        "published",
    )
    assert [attacker["name"] for attacker in done.report["programmes"]["Pj"]["attackers"]] == [
        "public",
        "p",
        "q",
    ]


def test_what_was_not_yet_reported_told_nothing_to_anybody() -> None:
    """A release in which a log was still awaited must not make its figures known, nor hide more of them."""
    exact = figures(some_facts(3, 6, mean=5), 6)
    measures = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
    awaited = exact.with_columns(
        *(pl.lit(None, dtype=exact.schema[name]).alias(name) for name in measures),
        status=pl.lit("not_yet_reported"),
    )
    alone = protect_figures(exact, CATALOGUE)
    after = protect_figures(exact, CATALOGUE, [Earlier(awaited, awaited.filter(pl.col("partner").is_null()))])
    assert after.safe
    assert after.public.equals(alone.public)
    assert after.report["programmes"] == alone.report["programmes"]
