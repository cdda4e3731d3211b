"""On tables small enough to try every pattern: what the engine hides costs no more than the best."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import protect
from bilan.disclosure.tables.table import Cell, Table
from tests.unit.disclosure.judge import Seen, bounds
from tests.unit.disclosure.tables import MARGINS, grid, inner_cells

pytestmark = pytest.mark.integration  # takes seconds

RULES = Rules()


def cost(table: Table, cells: frozenset[Cell]) -> int:
    seen = Seen(table.dimensions, table.inner, table.groupings, cells)
    return sum(1 + seen.worth(cell) for cell in cells)


def least_cost(table: Table) -> int | None:
    """Of all the sets of cells that keep every small one uncertain, the least costly's; judged one by one."""
    every = Seen(table.dimensions, table.inner, table.groupings, frozenset())
    small = frozenset(cell for cell in every.cells if RULES.is_small(every.worth(cell)))
    others = [cell for cell in every.cells if cell not in small and every.worth(cell)]
    subsets = chain.from_iterable(combinations(others, size) for size in range(len(others) + 1))
    for more in sorted(subsets, key=lambda subset: cost(table, frozenset(subset))):
        hidden = small | frozenset(more)
        seen = Seen(table.dimensions, table.inner, table.groupings, hidden)
        if all(_is_wide(seen, cell) for cell in small):
            return cost(table, hidden)
    return None


def _is_wide(seen: Seen, cell: Cell) -> bool:
    low, high = bounds([seen], cell, least=RULES.least_hidden)
    return high - low >= RULES.width


@pytest.mark.parametrize(
    "counts",
    [
        [[2, 7, 9], [6, 8, 12], [10, 11, 5]],
        [[3, 9, 8], [7, 6, 15], [9, 2, 11]],
        [[1, 30, 12], [5, 0, 9], [14, 8, 7]],
        [[0, 4, 20], [9, 8, 7], [6, 6, 6]],
    ],
)
def test_the_engine_hides_no_more_than_the_best_of_all_patterns(counts: list[list[int]]) -> None:
    table = grid(counts, "abc", "xyz")
    done = protect(table, RULES)
    assert done.safe
    assert cost(table, frozenset(done.suppressed())) == least_cost(table)


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=2))
@settings(deadline=None, max_examples=8)
def test_so_it_does_of_any_table_of_two_rows(counts: list[list[int]]) -> None:
    table = grid(counts, "ab", "xyz", shown=MARGINS)
    done = protect(table, RULES)
    best = least_cost(table)
    assert done.safe == (best is not None)
    if best is not None:
        assert cost(table, frozenset(done.suppressed())) == best


def test_the_judge_of_patterns_finds_fault_with_one_cell_too_few() -> None:
    table = grid([[2, 7, 9], [6, 8, 12], [10, 11, 5]], "abc", "xyz")
    seen = Seen(table.dimensions, table.inner, table.groupings, inner_cells("ax ay bx"))
    assert not _is_wide(seen, next(iter(inner_cells("ax"))))
