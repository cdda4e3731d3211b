"""No helping cell stays hidden that exact bounds could do without."""

from dataclasses import replace

import numpy as np
import pytest

from bilan.disclosure.audit import Change
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection, audit, protect
from bilan.disclosure.tables.table import Cell, rows_of
from bilan.disclosure.tables.thin import thinned
from tests.unit.disclosure.tables import grid, inner_cells

RING = "ax ay by bz cz cx"
TABLE = grid([[2, 7, 60], [20, 8, 9], [9, 20, 8]], "abc", "xyz")
BOX = Change(np.array([0, 2, 6, 8]), np.array([3, -3, -3, 3]))


def test_a_ring_that_no_box_sees_is_enough() -> None:
    system, cells = rows_of(TABLE, Rules()).system, rows_of(TABLE, Rules()).cells
    ring = np.array([cell in inner_cells(RING) for cell in cells])
    more = ring | np.array([cell in inner_cells("az") for cell in cells])
    left, changes = thinned(system, more, [BOX], 3)
    assert left.tolist() == ring.tolist()
    assert system.reach(left, changes).unsound == 0
    assert system.reach(left, changes).width[0][0] >= 3


def test_what_is_forced_stays_hidden() -> None:
    forced = replace(TABLE, hidden=inner_cells("az"))
    system, cells = rows_of(forced, Rules()).system, rows_of(forced, Rules()).cells
    hidden = np.array([cell in inner_cells(RING + " az") for cell in cells])
    left, _ = thinned(system, hidden, [BOX], 3)
    assert left[cells.index((("row", "col"), ("a", "z")))]


@pytest.mark.integration
@pytest.mark.parametrize("contributor", [None, "row"])
def test_every_helping_cell_is_needed(contributor: str | None) -> None:
    counts = [[3, 9, 14, 7, 6], [8, 2, 11, 9, 5], [7, 13, 6, 4, 12], [10, 8, 9, 15, 3]]
    table = replace(grid(counts, "abcd", "vwxyz"), contributor=contributor)
    done = protect(table, Rules())
    assert done.safe
    helping = set(done.suppressed()) - sensitive(done)
    assert helping
    for cell in helping:
        fewer = replace(
            table, hidden=frozenset(done.suppressed()) - {cell}, sensitive=frozenset(sensitive(done))
        )
        assert not audit(fewer, Rules()).safe


def sensitive(done: Protection) -> set[Cell]:
    system = done.rows.system
    return {cell for cell, small in zip(done.rows.cells, system.sensitive, strict=False) if small}
