"""What a reader knows of figures that do not quite add up: a person is in two months, and one in the year.

Where a whole is less than the sum of its parts, the parts overlap; whoever reads them still knows that no
part is more than the whole. No other table may break that, or a reader would see through it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from bilan.disclosure.kpi.quantities import Quantities

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

NO_LIMIT = 2**31


def sums(quantities: Quantities) -> Iterator[tuple[Ints, Ints]]:
    """Wholes, and the parts of each (wholes by parts), as flat cells.

    Over territories, over the months of each period (but for quantities that last), and over each split.
    """
    shape = quantities.counts.shape
    index = np.arange(int(np.prod(shape))).reshape(shape)
    grid = quantities.grid
    if shape[1] > 1:
        told = quantities.filled[:, :-1].any(axis=(1, 2))
        parts = np.moveaxis(index[told, :-1], 1, -1)
        yield index[told, -1].ravel(), parts.reshape(-1, shape[1] - 1)
    flows = ~quantities.is_stock
    for period, months in enumerate(grid.sums):
        held = grid.months[months]
        if len(held) and list(held) != [period]:
            yield index[flows, :, period].ravel(), index[flows][:, :, held].reshape(-1, len(held))
    for split in quantities.splits:
        parts = index[list(split.parts)].reshape(len(split.parts), -1).T
        for whole in split.wholes:
            yield index[whole].ravel(), parts


def overlaps(quantities: Quantities) -> tuple[Ints, Ints]:
    """Pairs of flat cells, a whole and a part of it that is not more: where the parts overlap."""
    counts = quantities.counts.ravel()
    wholes, parts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for whole, of in sums(quantities):
        apart = counts[of].sum(axis=1) > counts[whole]
        wholes.append(np.repeat(whole[apart], of.shape[1]))
        parts.append(of[apart].ravel())
    whole, part = np.concatenate(wholes), np.concatenate(parts)
    kept = counts[whole] >= counts[part]
    return whole[kept], part[kept]


def limits(quantities: Quantities, shown: Bools) -> tuple[Ints, Ints]:
    """The least of each flat cell for the parts of it that are shown, the most for the wholes that are."""
    counts = quantities.counts.ravel()
    least, most = np.zeros_like(counts), np.full_like(counts, NO_LIMIT)
    whole, part = overlaps(quantities)
    np.maximum.at(least, whole[shown[part]], counts[part[shown[part]]])
    np.minimum.at(most, part[shown[whole]], counts[whole[shown[whole]]])
    return least, most


class Orders:
    """The overlapping pairs of some figures, each a whole that is never less than its part."""

    def __init__(self, quantities: Quantities) -> None:
        whole, part = overlaps(quantities)
        rows = np.arange(len(whole))
        signs = np.concatenate([np.ones(len(whole)), -np.ones(len(part))])
        at = np.concatenate([rows, rows]), np.concatenate([whole, part])
        self._pairs = sp.csc_matrix((signs, at), shape=(len(whole), quantities.counts.size))
        self._apart = np.asarray(self._pairs @ quantities.counts.ravel())

    def broken_by(self, change: Any) -> bool:
        """Whether a change (`cells`, `by`) makes a part more than its whole."""
        moved = self._pairs[:, change.cells] @ change.by
        return bool(np.any(self._apart + moved < 0))

    def broken_among(self, together: Any) -> Ints:
        """Which of many changes do: flat cells by changes (scipy), the indexes of those that break one."""
        moved = (self._pairs @ together).tocoo()
        return np.unique(moved.col[self._apart[moved.row] + moved.data < 0])
