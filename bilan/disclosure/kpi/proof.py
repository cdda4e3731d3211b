"""The sums that figures make, written out one by one, and the ways held against them.

Written from the quantities alone, apart from what looks for ways: a way that breaks a sum, changes what is
shown, goes past a bound or makes a part more than its whole is refused here, whatever found it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from bilan.disclosure.kpi.bounds import Orders, sums
from bilan.disclosure.kpi.quantities import Quantities
from bilan.disclosure.kpi.ways import Way

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def sums_of(quantities: Quantities) -> Any:
    """Equations by flat cells (scipy CSR): each is a whole less its parts, and no way may change it."""
    size = quantities.counts.size
    none = sp.csr_matrix((0, size))
    return sp.vstack([none, *(_block(*told, size) for told in sums(quantities))], format="csr")


def _block(wholes: Ints, parts: Ints, size: int) -> Any:
    count, width = parts.shape
    rows = np.concatenate([np.arange(count), np.repeat(np.arange(count), width)])
    columns = np.concatenate([wholes, parts.ravel()])
    signs = np.concatenate([np.ones(count), -np.ones(count * width)])
    return sp.csr_matrix((signs, (rows, columns)), shape=(count, size))


def subtracted(quantities: Quantities, shown: Bools) -> Bools:
    """The flat cells that anybody works out from those shown, one subtraction after another."""
    sums = abs(sums_of(quantities))
    known = shown.copy()
    while True:
        alone = np.asarray(sums @ (~known).astype(float)) == 1
        told = (np.asarray(sums[alone].sum(axis=0)).ravel() > 0) & ~known
        if not told.any():
            return known
        known |= told


@dataclass(frozen=True)
class Change:
    """Another table: the flat cells that differ from the exact figures, and by how much."""

    cells: Ints
    by: Ints

    def touches(self, quantities: Quantities) -> set[int]:
        """The quantities that it changes."""
        return set(np.unique(self.cells // quantities.grid.size).tolist())


def change_of(quantities: Quantities, way: Way) -> Change:
    """The table that a way leads to."""
    territory, period = np.flatnonzero(way.territories), np.flatnonzero(way.periods)
    step = np.multiply.outer(way.territories[territory], way.periods[period]) * way.times
    shape = quantities.counts.shape
    cells, by = [], []
    for quantity, sign in way.signs.items():
        cells.append(((quantity * shape[1] + territory)[:, None] * shape[2] + period).ravel())
        by.append((sign * step).ravel())
    return Change(np.concatenate(cells), np.concatenate(by))


def prove(
    quantities: Quantities, changes: Sequence[Change], shown: Bools, least: Ints, holders: Sequence[str]
) -> tuple[Ints, Ints, int]:
    """How far up and down the sound changes take each cell, and how many are unsound.

    `shown` and `least` are per flat cell. The two arrays are attackers by flat cells: the public first,
    then each of `holders`, to whom a change of a quantity of its own proves nothing.
    """
    size = quantities.counts.size
    up = np.zeros((1 + len(holders), size), dtype=np.int64)
    down = np.zeros_like(up)
    if not changes:
        return up, down, 0
    cells, by = (np.concatenate([getattr(change, name) for change in changes]) for name in ("cells", "by"))
    number = np.repeat(np.arange(len(changes)), [len(change.cells) for change in changes])
    together = sp.csc_matrix((by.astype(float), (cells, number)), shape=(size, len(changes)))
    broken = np.asarray(abs(sums_of(quantities) @ together).sum(axis=0)).ravel() > 0
    broken[np.unique(number[shown[cells] | (quantities.counts.ravel()[cells] + by < least[cells])])] = True
    broken[Orders(quantities).broken_among(together)] = True
    touched = [change.touches(quantities) for change in changes]
    for attacker, holder in enumerate((None, *holders)):
        own = {at for at, of in enumerate(quantities.holder) if of == holder} if holder else set()
        believed = ~broken & np.array([not own & each for each in touched], dtype=bool)
        kept = believed[number]
        np.maximum.at(up[attacker], cells[kept], by[kept])
        np.maximum.at(down[attacker], cells[kept], -by[kept])
    return up, down, int(broken.sum())
