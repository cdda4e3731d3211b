"""« Known at D » is what a pipeline that stopped at D gave, for dates all along the samples' life."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bilan.building.figures import as_of, refresh
from bilan.home import Home
from bilan.samples import TARGETS, Samples
from bilan.warehouse import Filters
from tests.integration.samples.taking import figures, take
from tests.oracles.figures import figures_of
from tests.thorough import either

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3600)]

DATES = either(2, 20)


def stops(samples: Samples) -> list[date]:
    """Dates spread over the statements, the first among them; at the last, all is known."""
    days = sorted({statement.date for statement in samples.statements})
    return [days[place * len(days) // DATES] for place in range(DATES)]


def test_a_pipeline_that_stopped_gave_what_is_known_at_that_date(
    samples: Samples, everything: Home, tmp_path: Path
) -> None:
    stopping = Home(tmp_path / "stopping").create()
    days, before = stops(samples), date.min
    assert len(set(days)) == DATES
    moved = []
    last: pl.DataFrame | None = None
    for day in days:
        take(stopping, samples, before, day)
        before = day
        then = figures(refresh(stopping))
        with as_of(everything, Filters(), known_at=day) as (copy, _):
            known = figures(copy)
        # what was known on a day was told by then, on that day or before
        assert_frame_equal(known.drop("known_at"), then.drop("known_at"), check_exact=False, rel_tol=1e-12)
        assert known["known_at"].to_list() == [day] * known.height
        moved.append(last is None or not then.equals(last))
        last = then
    assert all(moved)


def test_the_pipeline_arrives_at_the_published_figures(samples: Samples, everything: Home) -> None:
    """Nothing but the logs leads to them: [MOB] and [PJ], as `bilan.samples.targets` quotes them."""
    found = figures(refresh(everything)).filter(pl.col("territory").is_null())
    periods = {"phase": date(2008, 9, 1), "total": date(2016, 10, 1)}
    for target in TARGETS:
        dimensions = {"partner": target.partner, "breakdown": target.breakdown}
        [value] = found.filter(
            *(pl.col(name).eq_missing(pl.lit(asked)) for name, asked in dimensions.items()),
            pl.col("breakdown_value").eq_missing(pl.lit(target.breakdown_value)),
            code=target.code,
            programme=target.programme,
            period_kind=target.period_kind,
            period_start=periods[target.period_kind],
        )["value"]
        assert value == pytest.approx(target.value, abs=1e-12), target


def test_the_whole_programmes_agree_with_plain_python(samples: Samples, everything: Home) -> None:
    """The figures of the clean tables, recomputed without SQL, are those of the cube."""
    found = figures(refresh(everything)).filter(
        pl.col("territory").is_null(),
        pl.col("partner").is_null(),
        pl.col("breakdown").is_null(),
        period_kind="total",
    )
    cube = {(row["programme"], row["code"]): row["value"] for row in found.iter_rows(named=True)}
    due = figures_of(samples.books)
    shared = cube.keys() & due.keys()
    assert len(shared) > 50
    expected = {figure: due[figure] for figure in shared}
    assert {figure: cube[figure] for figure in shared} == pytest.approx(expected, abs=1e-12)
