"""What adds up from one indicator to another in the samples' figures is known to disclosure control."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from bilan.cli.figures import refresh
from bilan.disclosure.kpi.protect import counting_persons
from bilan.disclosure.kpi.quantities import Quantities, grid_of, quantities_of
from bilan.home import Home
from tests.integration.samples.taking import figures

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

NUMERATOR = 0
TIMES = " × "
LEAST_ALIKE, LEAST_VALUES = 20, 4  # cells that hold somebody, and different counts: fewer are a chance
Name = tuple[str, str | None, str | None]
Told = npt.NDArray[np.int64]
UNTOLD = -1


@pytest.fixture(scope="module", params=["MOBILIS", "Pj"])
def programme(request: pytest.FixtureRequest, everything: Home) -> tuple[Quantities, dict[Name, int]]:
    """The quantities of a programme, and which one each figure's count is."""
    file = refresh(everything)
    with duckdb.connect(file, read_only=True) as warehouse:
        formats = dict(
            warehouse.execute(
                "SELECT code, format FROM main.kpi_catalogue WHERE disclosure != 'steward'"
            ).fetchall()
        )
    told = figures(file).filter(
        pl.col("partner").is_null(), pl.col("code").is_in(list(formats)), programme=request.param
    )
    cells = counting_persons(told.with_columns(format=pl.col("code").replace_strict(formats)))
    quantities = quantities_of(cells, grid_of(cells))
    size = quantities.grid.size
    named = zip(
        cells.select("code", "breakdown", "breakdown_value").iter_rows(), quantities.rows, strict=True
    )
    return quantities, {name: row[NUMERATOR] // size for name, row in named if row[NUMERATOR] != UNTOLD}


def counts_of(quantities: Quantities, at: int) -> Told:
    """The counts of a quantity, where some figure tells them."""
    return np.where(quantities.filled[at], quantities.counts[at], UNTOLD).ravel()


def alike(one: Told, other: Told) -> bool:
    """Whether two agree wherever both are told, too often and too variously for a chance."""
    both = (one != UNTOLD) & (other != UNTOLD)
    held = one[both & (one > 0)]
    enough = len(held) >= LEAST_ALIKE and len(np.unique(held)) >= LEAST_VALUES
    return enough and bool(np.array_equal(one[both], other[both]))


def added(told: list[Told]) -> Told:
    return np.where(np.any(np.array(told) == UNTOLD, axis=0), UNTOLD, np.sum(told, axis=0))


def relations(quantities: Quantities, names: dict[Name, int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """What is found to add up: a whole and its parts, between indicators or breakdowns."""
    told = {at: counts_of(quantities, at) for at in set(names.values())}
    margins: dict[tuple[str, int, str], set[int]] = defaultdict(set)
    for (code, _, value), at in names.items():
        for place, one in enumerate(value.split(TIMES) if value and TIMES in value else ()):
            margins[code, place, one].add(at)
    groups = [
        *({at} for at in told),
        *(set(pair) for pair in combinations({at for (_, cut, _), at in names.items() if cut is None}, 2)),
        *margins.values(),
    ]
    for parts in groups:
        total = added([told[part] for part in parts])
        for whole, counts in told.items():
            if whole not in parts and alike(total, counts):
                yield whole, tuple(parts)


def test_no_indicator_adds_up_from_others_unbeknown_to_disclosure_control(
    programme: tuple[Quantities, dict[Name, int]],
) -> None:
    quantities, names = programme
    known = np.zeros((0, len(quantities.counts)))
    for split in quantities.splits:
        for whole in split.wholes:
            known = np.vstack([known, equation(quantities, whole, split.parts)])
    rank = np.linalg.matrix_rank(known)
    by_number = {at: name for name, at in names.items()}
    unknown = [
        (by_number[whole], [by_number[part] for part in parts])
        for whole, parts in relations(quantities, names)
        if np.linalg.matrix_rank(np.vstack([known, equation(quantities, whole, parts)])) > rank
    ]
    assert unknown == []


def equation(quantities: Quantities, whole: int, parts: tuple[int, ...]) -> npt.NDArray[np.float64]:
    line = np.zeros(len(quantities.counts))
    line[list(parts)] += 1
    line[whole] -= 1
    return line
