"""Look for other tables in which a small count is another, at the least cost of what must be hidden for them.

One linear programme a change (HiGHS, through scipy): of all tables that keep every equation, the one that
touches least of what is shown, by weight. Where its answer is not whole numbers, it is asked again in them.
Nothing here is trusted: `proof.reach_of` holds every change against the equations.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from bilan.disclosure.figures.proof import Change
from bilan.disclosure.figures.system import Bools, Ints, System

Floats = npt.NDArray[np.float64]
A_CHANGE = 1e-3  # what changing a hidden cell costs: the fewer change, the less is in the way of others
FARTHEST = 12  # no table is looked for in which a cell has so many more
NEAR = 1e-6
SECONDS = 5.0  # for a programme in whole numbers


class Part:
    """The cells that have anything to do with one another, and the equations between them."""

    def __init__(self, system: System, component: int) -> None:
        self.cells: Ints = np.flatnonzero(system.component == component)
        lines = system.equations[:, self.cells]
        self.lines = lines[np.flatnonzero(np.diff(lines.indptr))].tocsc()
        self.place = {int(cell): at for at, cell in enumerate(self.cells)}


class Search:
    """Changes of cells, given what may not change, what each would cost, and how low each may go."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._parts: dict[int, Part] = {}

    def change(self, cell: int, by: int, fixed: Bools, price: Floats, least: Ints) -> Change | None:
        """The cheapest change of that cell by so many; None where there is none."""
        part = self._part(int(self.system.component[cell]))
        if fixed[cell] or self.system.counts[cell] + by < least[cell]:
            return None
        free = np.flatnonzero(~fixed[part.cells])
        cells = part.cells[free]
        room = np.maximum(self.system.counts[cells] - least[cells], 0)
        upper = np.concatenate([np.full(len(cells), float(FARTHEST)), np.minimum(room, FARTHEST)])
        lower = np.zeros(2 * len(cells))
        asked = int(np.searchsorted(cells, cell))
        up, down = (asked, asked + len(cells))[:: 1 if by > 0 else -1]
        lower[up] = upper[up] = abs(by)
        upper[down] = 0.0
        moved = _solved(part.lines[:, free], np.tile(price[cells] + A_CHANGE, 2), lower, upper)
        if moved is None:
            return None
        touched = np.flatnonzero(moved)
        return Change(cells[touched], moved[touched])

    def _part(self, component: int) -> Part:
        if component not in self._parts:
            self._parts[component] = Part(self.system, component)
        return self._parts[component]


def _solved(lines: Any, cost: Floats, lower: Floats, upper: Floats) -> Ints | None:
    """How much each cell changes, in whole numbers; None where nothing meets the equations.

    A cell may go up or down: `cost`, `lower` and `upper` have every cell twice.
    """
    equations = LinearConstraint(sp.hstack([lines, -lines], format="csc"), 0.0, 0.0)
    for whole in (False, True):
        found = milp(
            cost,
            integrality=np.ones(len(cost)) if whole else None,
            bounds=Bounds(lower, upper),
            constraints=equations,
            options={"time_limit": SECONDS},
        )
        if found.x is None:
            return None
        up, down = np.split(found.x, 2)
        moved: Ints = np.rint(up - down).astype(np.int64)
        if np.all(np.abs(up - down - moved) < NEAR) and not np.any(lines @ moved):
            return moved
    return None
