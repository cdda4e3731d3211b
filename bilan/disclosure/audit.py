"""The audit of what is hidden: what each attacker must still take for possible, cell by cell.

A search proposes changes, other tables of whole numbers, and may be wrong. The audit knows nothing of it: it
refuses each change that breaks an equation or contradicts what is known. How far the others take a cell, up
and down, is a proved part of its feasibility interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PUBLIC = "public"  # the attacker who knows nothing but what is shown


@dataclass(frozen=True, eq=False)
class Change:
    """Another table: the cells that differ from the exact counts, and by how much."""

    cells: Ints
    by: Ints


@dataclass(frozen=True, eq=False)
class Attacker:
    """Somebody who reads all that is shown, with what he knows besides; both arrays are per cell."""

    name: str
    own: Ints  # what he counts himself: he knows that there are no fewer
    knows: Bools  # whether he knows the count exactly


@dataclass(frozen=True)
class Reach:
    """How far the believed changes take each cell; arrays are attackers by cells."""

    up: Ints
    down: Ints
    unsound: int  # changes that agree with nothing that is shown: none, unless the search is wrong

    @property
    def width(self) -> Ints:
        """Between the least and the most that is proved possible."""
        return np.asarray(self.up + self.down)


@dataclass(frozen=True, eq=False)
class Audit:
    """Exact counts, and all that changes are held against; arrays are per cell."""

    counts: Ints
    equations: Any  # equations by cells (scipy sparse): every table keeps each of them
    known: Bools  # what is shown: no table changes it
    least: Ints  # what everybody knows that the cell holds, once it is hidden
    attackers: Sequence[Attacker]

    def reach(self, changes: Any) -> Reach:
        """What the changes prove; `changes` is cells by changes, as `matrix_of` gives it."""
        sound, believed = self.sound(changes), self.believed(changes)
        up, down = reach_of(changes, believed)
        return Reach(up, down, int((~sound).sum()))

    def believed(self, changes: Any) -> Bools:
        """Attackers by changes: whether the change is sound and agrees with what the attacker knows."""
        entries = changes.tocoo()
        left = self.counts[entries.row] + entries.data
        believed = np.tile(self.sound(changes), (len(self.attackers), 1))
        for attacker, theirs in zip(self.attackers, believed, strict=True):
            against = attacker.knows[entries.row] | (left < attacker.own[entries.row])
            theirs[entries.col[against]] = False
        return believed

    def sound(self, changes: Any) -> Bools:
        """Per change: whether it keeps the equations and what is shown, and goes below no known bound."""
        entries = changes.tocoo()
        left = self.counts[entries.row] + entries.data
        sound: Bools = np.asarray(abs(self.equations @ changes).sum(axis=0)).ravel() == 0
        sound[entries.col[self.known[entries.row] | (left < self.least[entries.row])]] = False
        return sound


def reach_of(changes: Any, believed: Bools) -> tuple[Ints, Ints]:
    """Attackers by cells: the most that a believed change adds to it, and the most that one takes away."""
    entries = changes.tocoo()
    up = np.zeros((len(believed), changes.shape[0]), dtype=np.int64)
    down = np.zeros_like(up)
    for at, kept in enumerate(believed[:, entries.col]):
        np.maximum.at(up[at], entries.row[kept], entries.data[kept])
        np.maximum.at(down[at], entries.row[kept], -entries.data[kept])
    return up, down


def matrix_of(changes: Sequence[Change], size: int) -> Any:
    """`size` cells by changes: what each change adds to each cell (scipy CSC of whole numbers, no zero)."""
    nothing = np.zeros(0, dtype=np.int64)
    cells = np.concatenate([nothing, *(change.cells for change in changes)])
    by = np.concatenate([nothing, *(change.by for change in changes)])
    column = np.repeat(np.arange(len(changes)), [len(change.cells) for change in changes])
    matrix = sp.csc_matrix((by, (cells, column)), shape=(size, len(changes)))
    matrix.eliminate_zeros()
    return matrix
