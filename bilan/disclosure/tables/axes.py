"""The axes of a table: members, the groups that are shown of them, and the ways to move along one.

A move along an axis adds one to a member, or adds one to a member and takes one from another. Written
over members and groups together it tells which groups feel it: those that hold both members do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Group = tuple[int, ...]  # indexes of members


@dataclass(frozen=True)
class Axis:
    """`size` members, then groups of them; a position is a member, or `size` + the index of a group."""

    size: int
    groups: tuple[Group, ...]

    @property
    def length(self) -> int:
        """Members and groups together."""
        return self.size + len(self.groups)

    @cached_property
    def sums(self) -> Floats:
        """length by size: which members each position adds up."""
        table = np.zeros((self.length, self.size))
        table[: self.size] = np.eye(self.size)
        for index, group in enumerate(self.groups):
            table[self.size + index, list(group)] = 1
        return table

    def moves_through(self, position: int, without: Sequence[int] = ()) -> Floats:
        """k by length: the moves that add one at this position and leave those members alone."""
        members = self.sums[position].astype(bool)
        inside = [i for i in np.flatnonzero(members) if i not in without]
        outside = [j for j in np.flatnonzero(~members) if j not in without]
        steps = self.sums.T
        pairs = [steps[i] - steps[j] for i in inside for j in outside]
        return np.array([*(steps[i] for i in inside), *pairs]).reshape(-1, self.length)


def extended(inner: npt.NDArray[np.int64], axes: Sequence[Axis]) -> npt.NDArray[np.int64]:
    """The counts of members and groups, on every axis, from those of members alone."""
    summed = inner.astype(np.float64)
    for index, axis in enumerate(axes):
        summed = np.moveaxis(np.tensordot(axis.sums, summed, axes=(1, index)), 0, index)
    return np.rint(summed).astype(np.int64)
