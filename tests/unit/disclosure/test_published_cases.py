"""Tables whose answer is published, or was worked out by hand."""

from dataclasses import replace

import pytest

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import audit, protect
from tests.unit.disclosure.tables import bounds_of, grid, inner_cells

ZEROS_HIDDEN = Rules(zeros="hidden")

# Fischetti and Salazar 2001, « Solving the cell suppression problem on tabular data with linear constraints »
INVESTMENT = replace(
    grid([[20, 50, 10], [8, 19, 22], [17, 32, 12]], "123", "ABC"), sensitive=inner_cells("2C")
)

# the R package sdcTable, test of its attacker
SDC_TABLE = replace(
    grid([[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]], "wxyz", "abcd"),
    hidden=inner_cells("wa wb wc xa xc yb yd zb zd"),
)

# the R package sdcTable, its data set microdata1
MICRODATA = replace(
    grid([[178, 20], [140, 204], [118, 106], [366, 152]], "ABCD", "mf"), sensitive=inner_cells("Af")
)

SMALL = grid([[1, 1, 9], [1, 7, 8], [12, 6, 10]], "abc", "xyz")


def cell(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    [found] = inner_cells(name)
    return found


@pytest.mark.parametrize("width", [3, 25])
def test_fischetti_and_salazar_hide_three_cells_beside_the_sensitive_one(width: int) -> None:
    done = protect(INVESTMENT, Rules(width=width, zeros="hidden"))
    assert done.safe
    assert set(done.suppressed()) == inner_cells("2A 2C 3A 3C")
    assert sum(done.suppressed().values()) == 59
    assert bounds_of(done)[cell("2C")] == (5, 30)


def test_another_pattern_where_theirs_leaves_one_too_few() -> None:
    done = protect(INVESTMENT, Rules(width=26, zeros="hidden"))
    low, high = bounds_of(done)[cell("2C")]
    assert done.safe
    assert high - low >= 26


def test_the_audit_finds_the_cell_that_two_hidden_cells_a_line_do_not_protect() -> None:
    found = audit(SDC_TABLE, ZEROS_HIDDEN)
    assert not found.safe
    [public] = found.attacks
    assert [found.rows.cells[row] for row in public.determined] == [cell("wb")]
    assert bounds_of(found)[cell("wb")] == (47, 47)


def test_one_more_hidden_cell_repairs_it() -> None:
    repaired = replace(SDC_TABLE, hidden=SDC_TABLE.hidden | inner_cells("xd"))
    found = audit(repaired, ZEROS_HIDDEN)
    assert found.safe
    assert bounds_of(found)[cell("wb")] == (0, 78)
    assert bounds_of(audit(repaired, Rules()))[cell("wb")] == (1, 77)


def test_the_engine_finds_that_cell_by_itself() -> None:
    done = protect(replace(SDC_TABLE, sensitive=inner_cells("wb")), ZEROS_HIDDEN)
    assert done.safe
    assert set(done.suppressed()) - SDC_TABLE.hidden == inner_cells("xd")


def test_the_optimum_hides_the_other_cells_of_two_rows() -> None:
    done = protect(MICRODATA, ZEROS_HIDDEN)
    assert done.safe
    assert set(done.suppressed()) == inner_cells("Am Af Cm Cf")


def test_with_a_bound_of_nobody_three_tables_agree() -> None:
    found = audit(replace(SMALL, hidden=inner_cells("ax ay bx by")), ZEROS_HIDDEN)
    assert [bounds_of(found)[cell(name)] for name in ("ax", "ay", "bx", "by")] == [
        (0, 2),
        (0, 2),
        (0, 2),
        (6, 8),
    ]
    assert not found.attacks[0].determined
    assert not found.safe  # two are not three


def test_with_a_bound_of_somebody_everything_is_known() -> None:
    found = audit(replace(SMALL, hidden=inner_cells("ax ay bx by")), Rules())
    assert [bounds_of(found)[cell(name)] for name in ("ax", "ay", "bx", "by")] == [
        (1, 1),
        (1, 1),
        (1, 1),
        (7, 7),
    ]
    assert len(found.attacks[0].determined) == 4
    assert not found.safe


@pytest.mark.parametrize("rules", [Rules(), ZEROS_HIDDEN], ids=["zeros published", "zeros hidden"])
def test_the_engine_hides_more_than_that_square(rules: Rules) -> None:
    done = protect(SMALL, rules)
    assert done.safe
    assert set(done.suppressed()) > inner_cells("ax ay bx")
    assert all(high - low >= 3 for low, high in bounds_of(done).values())


def test_the_least_costly_square_of_nine_cells() -> None:
    done = protect(grid([[2, 7, 9], [6, 8, 12], [10, 11, 5]], "abc", "xyz"), Rules())
    assert done.safe
    assert set(done.suppressed()) == inner_cells("ax ay bx by")
    assert sum(done.suppressed().values()) - 2 == 21  # beside the sensitive 2
    assert bounds_of(done)[cell("ax")] == (1, 7)
