"""Another mind on the same question: what an attacker can tell, put to a solver as plainly as can be.

It shares nothing with what it judges: a table per release, one equation per cell that is shown, one bound
per cell that is not, and the least and the most of the cell that is asked about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Cell = tuple[tuple[str, ...], tuple[str, ...]]
FAR = 10_000


@dataclass(frozen=True)
class Seen:
    """One release, as a reader has it: its inner counts (the solver's aim), and what it hides."""

    dimensions: tuple[str, ...]
    inner: Mapping[tuple[str, ...], int]
    groupings: Sequence[tuple[str, ...]]
    hidden: frozenset[Cell]

    def members(self, cell: Cell) -> list[tuple[str, ...]]:
        grouping, key = cell
        at = [self.dimensions.index(name) for name in grouping]
        return [inner for inner in self.inner if tuple(inner[i] for i in at) == key]

    @property
    def cells(self) -> list[Cell]:
        return list(
            dict.fromkeys(
                (grouping, tuple(inner[self.dimensions.index(name)] for name in grouping))
                for grouping in self.groupings
                for inner in self.inner
            )
        )

    def worth(self, cell: Cell) -> int:
        return sum(self.inner[key] for key in self.members(cell))


def bounds(
    releases: Sequence[Seen], cell: Cell, *, least: int, holder: tuple[str, str] | None = None, of: int = -1
) -> tuple[int, int]:
    """The least and the most of a cell of the release `of`, to whoever has read all of `releases`.

    `least` is what anybody knows of a hidden cell that holds somebody; `holder` is a column and a value
    whose inner cells the reader knows. An inner count that two releases agree on is one unknown.
    """
    names: dict[tuple[tuple[str, ...], int], int] = {}
    for release in releases:
        for key, count in release.inner.items():
            names.setdefault((key, count), len(names))
    exact = np.array([count for _, count in names])
    lower, upper = np.zeros(len(names)), np.full(len(names), float(FAR))
    if holder:
        for (key, count), index in names.items():
            if key[releases[0].dimensions.index(holder[0])] == holder[1]:
                lower[index] = upper[index] = count
    lines, at_least, at_most = [], [], []
    for release in releases:
        for each in release.cells:
            line = np.zeros(len(names))
            for key in release.members(each):
                line[names[key, release.inner[key]]] += 1
            worth = release.worth(each)
            shown = each not in release.hidden
            lines.append(line)
            at_least.append(worth if shown else min(least, worth))
            at_most.append(worth if shown else np.inf)
    limits = LinearConstraint(np.array(lines), at_least, at_most)
    aim = np.zeros(len(names))
    for key in releases[of].members(cell):
        aim[names[key, releases[of].inner[key]]] += 1
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * aim, constraints=limits, bounds=Bounds(lower, upper), integrality=np.ones(len(exact))
        )
        assert found.status == 0, found.message
        ends.append(round(float(aim @ found.x)))
    return ends[0], ends[1]
