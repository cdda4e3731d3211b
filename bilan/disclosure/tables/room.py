"""The exact feasibility interval of a hidden row to an attacker, in whole numbers.

Two programmes in whole numbers a row: for tables of some hundred hidden cells.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint

from bilan.disclosure.audit import Bools, Change, Ints
from bilan.disclosure.solver import OPTIMAL, UNBOUNDED, solve
from bilan.disclosure.tables.system import System

NO_BOUND = 2**53 - 1  # the most of a row that nothing limits: the largest whole number that JSON carries
NODES = 2000  # for one programme; what is not settled by then counts as not protected


@dataclass(frozen=True)
class Extremes:
    """The least and the most of a row, and the tables where it is worth that."""

    low: int
    high: int
    changes: tuple[Change, ...]


class Room:
    """What one attacker is left unsure of, given what is hidden."""

    def __init__(self, system: System, hidden: Bools, attacker: int) -> None:
        self.system, self.hidden = system, hidden
        self.open = _peeled(system, hidden, system.open_to(attacker))
        self._twins = _twins(system, self.open)
        first = np.array([twins[0] for twins in self._twins], dtype=np.int64)
        self._counts = np.array([system.counts[twins].sum() for twins in self._twins], dtype=np.int64)
        self._sums = sp.csr_matrix(system.sums[:, first])
        self._values = system.values

    def extremes(self, row: int) -> Extremes:
        """The least and the most that the row can be worth. Its own value twice where nothing can move."""
        value = int(self._values[row])
        rows, columns = self._linked(row)
        if len(columns) == 0:
            return Extremes(value, value, ())
        low, below = self._extreme(row, rows, columns, 1)
        high, above = self._extreme(row, rows, columns, -1)
        return Extremes(low, high, tuple(change for change in (below, above) if change is not None))

    def _linked(self, row: int) -> tuple[Ints, Ints]:
        """The rows and unknowns that have anything to do with this row."""
        seen_rows, seen = {row}, set(self._sums[row].indices.tolist())
        by_unknown, waiting = self._sums.tocsc(), list(seen)
        while waiting:
            for other in by_unknown[:, waiting.pop()].indices.tolist():
                if other not in seen_rows:
                    seen_rows.add(other)
                    new = set(self._sums[other].indices.tolist()) - seen
                    seen |= new
                    waiting.extend(new)
        return np.array(sorted(seen_rows)), np.array(sorted(seen), dtype=np.int64)

    def _extreme(self, row: int, rows: Ints, columns: Ints, sign: int) -> tuple[int, Change | None]:
        """The least (sign 1) or the most (sign -1), and its table; the value itself where none is found."""
        part = self._sums[rows][:, columns]
        here = np.asarray(part @ self._counts[columns])
        hidden, values = self.hidden[rows], self._values[rows]
        lower = np.where(hidden, self.system.least[rows] - (values - here), here)
        upper = np.where(hidden, np.inf, here)
        aim = sign * part[np.flatnonzero(rows == row)[0]].toarray().ravel().astype(float)
        limits = LinearConstraint(part, lower, upper)
        unbounded = solve(aim, limits, Bounds(0, np.inf)).status == UNBOUNDED
        far = float(self._counts[columns].sum() + 1000) if unbounded else np.inf
        found = solve(aim, limits, Bounds(0, far), nodes=NODES, gap=0.0)
        if found.status != OPTIMAL:
            return int(self._values[row]), None
        change = np.rint(found.x).astype(np.int64) - self._counts[columns]
        worth = int(self._values[row] + sign * np.rint(aim @ change))
        return (NO_BOUND if unbounded else worth), self._change(columns, change)

    def _change(self, columns: Ints, change: Ints) -> Change:
        """That change of groups of unknowns, shared out among those that nobody can tell apart."""
        shared: dict[int, int] = {}
        for column, by in zip(columns, change, strict=True):
            twins = self._twins[column]
            left = int(by)
            for unknown in twins:
                step = left if left > 0 else max(left, -int(self.system.counts[unknown]))
                if step:
                    shared[int(unknown)] = step
                left -= step
        return Change(np.array([*shared], dtype=np.int64), np.array([*shared.values()], dtype=np.int64))


def _peeled(system: System, hidden: Bools, unknown: Bools) -> Bools:
    """The unknowns that are left once every shown row with a single one, or worth 0, has given its own."""
    shown = system.sums[~hidden]
    empty = np.asarray(shown @ system.counts) == 0
    unknown = unknown & ~(np.asarray(shown[empty].sum(axis=0)).ravel() > 0)
    while True:
        left = np.asarray(shown @ unknown.astype(np.int64))
        computed = np.asarray(shown[left == 1].sum(axis=0)).ravel() > 0
        if not np.any(computed & unknown):
            return unknown
        unknown = unknown & ~computed


def _twins(system: System, unknown: Bools) -> list[Ints]:
    """The open unknowns, those that are in just the same rows together."""
    by_unknown = system.sums.tocsc()
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in np.flatnonzero(unknown):
        groups[tuple(np.sort(by_unknown[:, index].indices).tolist())].append(int(index))
    return [np.array(group, dtype=np.int64) for group in groups.values()]
