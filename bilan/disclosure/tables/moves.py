"""Complementary suppression by moves: changes of a table that are a product of one step per axis.

For a sensitive cell and an attacker, the cheapest move that raises the cell and the cheapest that lowers it
are taken, until both together are as far apart as the width. The cells that a move changes are hidden, and
all of them are credited with it. The costs of all the moves through one cell are computed at once, by
contracting the array of prices with the steps of each axis. Nothing is proved here: the audit does that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bilan.disclosure.audit import Change
from bilan.disclosure.tables.axes import Axis, Floats

NEVER = 1e9  # the cost of a move that would change what is shown for ever
TOO_LARGE = 4_000_000  # cells, groups included, beyond which a table is coarsened instead

Position = tuple[int, ...]


@dataclass(frozen=True)
class Cube:
    """A table over axes, groups included; every array has the shape of the axes' lengths.

    `shown` tells the cells that readers have; a cell that is neither shown nor fixed costs nothing to
    move. `holders` gives, on the axis `contributor_axis`, the members that each attacker holds.
    """

    axes: tuple[Axis, ...]
    counts: npt.NDArray[np.int64]
    shown: npt.NDArray[np.bool_]
    fixed: npt.NDArray[np.bool_]
    least: npt.NDArray[np.int64]
    contributor_axis: int | None = None
    holders: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Move:
    """One step per axis, taken `times` times (below 0: backwards), and what it newly hides costs."""

    steps: tuple[Floats, ...]
    times: int
    cost: float


class Hiding:
    """What is hidden so far, and by how much each cell is uncertain to each attacker."""

    def __init__(self, cube: Cube, hidden: npt.NDArray[np.bool_], width: int) -> None:
        self.cube, self.width = cube, width
        self.hidden = hidden.copy()
        self.moves: list[Move] = []
        attackers = 1 + len(cube.holders)  # the public is the first
        self.up = np.zeros((attackers, *cube.counts.shape), dtype=np.int32)
        self.down = np.zeros_like(self.up)
        price = np.where(cube.shown, 1.0 + cube.counts, 0.0)
        self._price = np.where(cube.fixed, NEVER, np.where(hidden, 0.0, price))
        self._room = cube.counts - cube.least
        self._known_steps: dict[tuple[int, int, int], tuple[Floats, Floats]] = {}

    def cover(self, cell: Position, attacker: int) -> bool:
        """Make the cell uncertain to the attacker by the width; False where no moves do."""
        up, down = int(self.up[(attacker, *cell)]), int(self.down[(attacker, *cell)])
        if up + down >= self.width:
            return True
        best: tuple[float, list[Move]] | None = None
        for less in range(min(self.width, int(self._room[cell])) + 1):
            more = self.width - less
            wanted = [times for times, had in ((more, up), (-less, down)) if abs(times) > had]
            moves = [self._cheapest(cell, times, attacker) for times in wanted]
            cost = sum(move.cost for move in moves)
            if best is None or cost < best[0]:
                best = cost, moves
            if cost == 0:
                break
        if best is None or best[0] >= NEVER:
            return False
        for move in best[1]:
            self._take(move)
        return True

    def _cheapest(self, cell: Position, times: int, attacker: int) -> Move:
        known = [self._steps(index, at, attacker) for index, at in enumerate(cell)]
        steps, sizes = [step for step, _ in known], [size for _, size in known]
        if any(len(of_axis) == 0 for of_axis in steps):
            return Move((), times, NEVER)
        short = (self._room < abs(times)).astype(np.float64)
        touched, signed = _contract(short, sizes), _contract(short, steps)
        sinking = (touched - signed if times > 0 else touched + signed) / 2
        costs = _contract(self._price, sizes) + NEVER * (sinking > 0.5)  # noqa: PLR2004 - whole numbers as floats
        at = np.unravel_index(int(np.argmin(costs)), costs.shape)
        chosen = tuple(of_axis[index] for of_axis, index in zip(steps, at, strict=True))
        return Move(chosen, times, float(costs[at]))

    def _steps(self, axis: int, at: int, attacker: int) -> tuple[Floats, Floats]:
        """The steps of an axis through a position that this attacker does not know, and their sizes."""
        holder = attacker if axis == self.cube.contributor_axis else 0
        if (axis, at, holder) not in self._known_steps:
            held = self.cube.holders[holder - 1] if holder else ()
            steps = self.cube.axes[axis].moves_through(at, held)
            self._known_steps[axis, at, holder] = steps, np.abs(steps)
        return self._known_steps[axis, at, holder]

    def _take(self, move: Move) -> None:
        """Hide what the move touches, and credit it to every attacker whose cells it leaves alone."""
        where = np.ix_(*[np.flatnonzero(step) for step in move.steps])
        change = _outer([step[np.flatnonzero(step)] for step in move.steps]) * move.times
        self.hidden[where] |= self.cube.shown[where]
        self._price[where] = np.where(self.cube.fixed[where], NEVER, 0.0)
        for attacker in range(len(self.up)):
            if self._leaves_alone(move, attacker):
                self.up[attacker][where] = np.maximum(self.up[attacker][where], change)
                self.down[attacker][where] = np.maximum(self.down[attacker][where], -change)
        self.moves.append(move)

    def _leaves_alone(self, move: Move, attacker: int) -> bool:
        if attacker == 0 or self.cube.contributor_axis is None:
            return True
        held = list(self.cube.holders[attacker - 1])
        return not np.any(move.steps[self.cube.contributor_axis][held])

    def changes(self, unknown: npt.NDArray[np.int64]) -> Iterator[Change]:
        """The moves as changes of unknowns; `unknown` gives the index of each inner cell, -1 for none."""
        for move in self.moves:
            inner = [step[: axis.size] for step, axis in zip(move.steps, self.cube.axes, strict=True)]
            where = np.ix_(*[np.flatnonzero(step) for step in inner])
            change = _outer([step[np.flatnonzero(step)] for step in inner]) * move.times
            yield Change(unknown[where].ravel(), change.ravel())


def _contract(table: npt.NDArray[np.float64], steps: Sequence[Floats]) -> npt.NDArray[np.float64]:
    """The table summed along one step per axis, for every choice of steps."""
    for of_axis in steps:
        table = np.tensordot(table, of_axis, axes=(0, 1))
    return table


def _outer(vectors: Sequence[Floats]) -> npt.NDArray[np.int64]:
    product = np.ones(())
    for vector in vectors:
        product = np.multiply.outer(product, vector)
    return np.rint(product).astype(np.int64)
