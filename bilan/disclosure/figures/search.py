"""Look for other tables in which a small count is another, at the least cost of what must be hidden for them.

One linear programme a change: of all tables that keep every equation, the one that touches least of what is
shown, by weight. Where its answer is not whole numbers, it is asked again in them. Nothing here is trusted:
the audit holds every change against the equations.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint

from bilan.disclosure.audit import Bools, Change, Ints
from bilan.disclosure.figures.system import System
from bilan.disclosure.solver import solve

Floats = npt.NDArray[np.float64]
A_CHANGE = 1e-3  # what changing a hidden cell costs: the fewer change, the less is in the way of others
FARTHEST = 12  # no table is looked for in which a cell has so many more
NEAR = 1e-6
NODES = 200  # of a programme in whole numbers: the best found by then is taken


class Part:
    """The cells that have anything to do with one another, and the equations between them."""

    def __init__(self, system: System, component: int) -> None:
        self.cells: Ints = np.flatnonzero(system.component == component)
        lines = system.equations[:, self.cells]
        self.lines = lines[np.flatnonzero(np.diff(lines.indptr))].tocsc()
        self._terms = (self.lines != 0).astype(np.int64).tocsr()
        self._equations_of = self._terms.T.tocsr()

    def movable(self, fixed: Bools) -> Bools:
        """Per cell: whether it may change. The only cell that an equation leaves may not: it is computed."""
        free = ~fixed
        while True:
            alone = self._terms @ free == 1
            computed = free & (self._equations_of @ alone > 0)
            if not computed.any():
                return free
            free &= ~computed


class _Moving:
    """The cells of a part that may change, given those that may not, and the equations between them."""

    def __init__(self, part: Part, fixed: Bools) -> None:
        self.fixed = fixed
        movable = np.flatnonzero(part.movable(fixed[part.cells]))
        self.cells = part.cells[movable]
        lines = part.lines[:, movable].tocsr()
        self.lines = lines[np.flatnonzero(np.diff(lines.indptr))].tocsc()
        # A cell goes up or down: every unknown twice.
        self.equations = LinearConstraint(sp.hstack([self.lines, -self.lines], format="csc"), 0.0, 0.0)


class Search:
    """Changes of cells, given what may not change, what each would cost, and how low each may go."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._parts: dict[int, Part] = {}
        self._moving: dict[int, _Moving] = {}

    def change(self, cell: int, by: int, fixed: Bools, price: Floats, least: Ints) -> Change | None:
        """The cheapest change of that cell by so many; None where there is none."""
        if fixed[cell] or self.system.counts[cell] + by < least[cell]:
            return None
        moving = self._moving_of(int(self.system.component[cell]), fixed)
        cells = moving.cells
        asked = int(np.searchsorted(cells, cell))
        if asked == len(cells) or cells[asked] != cell:
            return None
        room = np.maximum(self.system.counts[cells] - least[cells], 0)
        upper = np.concatenate([np.full(len(cells), float(FARTHEST)), np.minimum(room, FARTHEST)])
        lower = np.zeros(2 * len(cells))
        up, down = (asked, asked + len(cells))[:: 1 if by > 0 else -1]
        lower[up] = upper[up] = abs(by)
        upper[down] = 0.0
        moved = _solved(moving, np.tile(price[cells] + A_CHANGE, 2), Bounds(lower, upper))
        if moved is None:
            return None
        touched = np.flatnonzero(moved)
        return Change(cells[touched], moved[touched])

    def _moving_of(self, component: int, fixed: Bools) -> _Moving:
        """What may change of a part: kept as long as the same is asked again."""
        if component not in self._parts:
            self._parts[component] = Part(self.system, component)
        kept = self._moving.get(component)
        if kept is None or not np.array_equal(kept.fixed, fixed):
            kept = self._moving[component] = _Moving(self._parts[component], fixed)
        return kept


def _solved(moving: _Moving, cost: Floats, bounds: Bounds) -> Ints | None:
    """How much each cell changes, in whole numbers; None where nothing meets the equations."""
    for nodes in (None, NODES):
        found = solve(cost, moving.equations, bounds, nodes)
        if found.x is None:
            return None
        up, down = np.split(found.x, 2)
        moved: Ints = np.rint(up - down).astype(np.int64)
        if np.all(np.abs(up - down - moved) < NEAR) and not np.any(moving.lines @ moved):
            return moved
    return None
