"""What is shown, hidden, fixed and asked for, cell by cell, while the figures of a programme are protected.

A figure is one row of the publication and rests on up to four cells: its numerator, its denominator, what
the denominator leaves out, its persons. It is shown whole or hidden whole; a cell is known as long as one
row that rests on it is shown.
"""

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from bilan.disclosure.kpi.bounds import NO_LIMIT
from bilan.disclosure.kpi.quantities import UNKNOWN, Quantities
from bilan.disclosure.kpi.ways import NEVER, Tables

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


# What a figure is worth to its readers, beside its count: the bilans are read from the top.
WORTH_OF_KINDS = {"total": 64.0, "phase": 32.0, "programme_year": 16.0, "fiscal_year": 8.0, "quarter": 2.0}
WORTH_OF_ALL_TERRITORIES = 8.0
WORTH_OF_A_WHOLE = 4.0


def _worth(quantities: Quantities) -> npt.NDArray[np.float64]:
    """What hiding each cell would cost: more for totals than for months, for wholes than for parts."""
    worth = 1.0 + quantities.counts
    worth *= np.array([WORTH_OF_KINDS.get(kind, 1.0) for kind, _ in quantities.grid.periods])
    worth[:, -1] *= WORTH_OF_ALL_TERRITORIES
    worth[sorted({whole for split in quantities.splits for whole in split.wholes})] *= WORTH_OF_A_WHOLE
    return np.asarray(worth)


class State:
    """Flat arrays over the cells of `quantities`, and what hiding a cell does to the rows that show it."""

    def __init__(self, quantities: Quantities, open_rows: Ints, free: Bools) -> None:
        """`open_rows` are the rows that are shown so far; `free` the cells that no reader has."""
        self.quantities = quantities
        size = quantities.counts.size
        self.counts = quantities.counts.ravel()
        self.showing = np.zeros(size, dtype=np.int32)
        self.rows_of: dict[int, list[int]] = defaultdict(list)
        self.is_open = np.zeros(len(quantities.rows), dtype=bool)
        self.is_open[open_rows] = True
        for row in open_rows:
            for cell in self.cells_of(int(row)):
                self.rows_of[cell].append(int(row))
                self.showing[cell] += 1
        shown = self.showing > 0
        self.fixed = ~free & ~shown & ~quantities.filled.ravel()
        self.fixed |= shown & (self.counts == 0)
        self.known = np.zeros(size, dtype=bool)  # told by a release that is still out
        self.price = np.where(shown, _worth(quantities).ravel(), 0.0)
        self.positive = np.where(shown, np.minimum(self.counts, 1), 0)  # what hiding a cell tells of it
        self.least = self.positive.copy()
        self.most = self.no_limit = np.full(size, NO_LIMIT)
        self.price[self.fixed] = NEVER

    def cells_of(self, row: int) -> list[int]:
        """The distinct cells that a row rests on."""
        return sorted({int(cell) for cell in self.quantities.rows[row] if cell != UNKNOWN})

    def tell(self, known: Bools, unsettled: Bools) -> None:
        """Fix what a release still out has told, and leave open the empty cells that are to be uncertain."""
        self.known = known
        self.fixed = self.fixed & ~unsettled | known
        self.price[unsettled] = 0.0
        self.price[self.fixed] = NEVER

    def keep(self, cells: Ints) -> None:
        """Show those cells as long as anything else can be hidden instead."""
        self._kept = np.unique(cells[cells != UNKNOWN])
        self._kept = self._kept[self.showing[self._kept] > 0]
        self.price[self._kept] = NEVER

    def yield_kept(self) -> None:
        """Let the kept cells be hidden too, at what they are worth."""
        still = self._kept[(self.showing[self._kept] > 0) & ~self.fixed[self._kept]]
        self.price[still] = _worth(self.quantities).ravel()[still]

    def hide(self, cells: Ints) -> None:
        """Hide every row that shows one of those cells; what no row shows any more costs nothing."""
        waiting = [row for cell in cells for row in self.rows_of.get(int(cell), ()) if self.is_open[row]]
        for row in dict.fromkeys(waiting):
            self.is_open[row] = False
            for cell in self.cells_of(row):
                self.showing[cell] -= 1
                if self.showing[cell] == 0 and not self.known[cell]:
                    self.fixed[cell], self.price[cell] = False, 0.0

    @property
    def shown(self) -> Bools:
        """The cells that a shown row tells, and those that nothing may change."""
        return np.asarray((self.showing > 0) | self.fixed)

    def tables(self, counts: Ints, price: npt.NDArray[np.float64], least: Ints, most: Ints) -> Tables:
        """What ways are looked for in, in the shape of the quantities."""
        shape = self.quantities.counts.shape
        return Tables(counts.reshape(shape), price.reshape(shape), least.reshape(shape), most.reshape(shape))
