"""The cheapest cells to hide so that rows become uncertain: exact on small tables, last resort on others.

One programme in whole numbers. For each row and attacker, two tables that agree with all that stays shown and
differ by the width in that row; what is minimised is the cost of all the rows that those tables make hide
together. The cost of a row is 1 + its value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint

from bilan.disclosure.audit import Bools, Change, Ints
from bilan.disclosure.solver import solve
from bilan.disclosure.tables.system import System

WORK = 1_000_000  # nodes of one programme by the square of its unknowns: the best found by then is taken
REACH = 4  # how many widths a count may move, at most
MOST = 2_000  # whole-number unknowns of a programme: beyond, its first node alone may take minutes

Demand = tuple[int, int]  # a row, and an attacker to whom it must become uncertain


@dataclass(frozen=True)
class _Part:
    """What the tables of one programme may change: columns are unknowns, then marks of rows to hide."""

    unknowns: Ints
    sums: Any  # rows by unknowns
    free: Ints  # rows that may be hidden, at their cost
    tables: int  # how many
    reach: int  # how much a count may change


def cheapest(
    system: System, hidden: Bools, demands: Sequence[Demand], width: int, work: int = WORK
) -> list[Change] | None:
    """Tables that put every row of `demands` `width` apart and hide the least; None where none are found.

    Rows that are fixed never move. After so much `work`, the best found by then.
    """
    unknowns, free = np.flatnonzero(~_pinned(system)), np.flatnonzero(~hidden & ~system.fixed)
    size, tables = len(unknowns), 2 * len(demands)
    if size * tables > MOST:
        return None
    part = _Part(unknowns, sp.csr_matrix(system.sums[:, unknowns]), free, tables, REACH * width)
    limits = [limit for table in range(tables) for limit in _limits(system, hidden, part, table)]
    limits.extend(
        LinearConstraint(_apart(part, row, 2 * at), width, np.inf) for at, (row, _) in enumerate(demands)
    )
    most = [np.where(system.open_to(attacker)[unknowns], part.reach, 0) for _, attacker in demands]
    most = [each for each in most for _ in (0, 1)]
    least = [np.maximum(-system.counts[unknowns], -each) for each in most]
    marks = len(part.free)
    found = solve(
        np.concatenate([np.full(size * tables, 1e-6), 1.0 + system.values[part.free]]),
        limits,
        Bounds(np.concatenate([*least, np.zeros(marks)]), np.concatenate([*most, np.ones(marks)])),
        nodes=1 + work // (size * tables + marks) ** 2,
    )
    if found.x is None:
        return None
    changes = np.rint(found.x[: size * tables]).astype(np.int64).reshape(tables, size)
    return [_change(unknowns, change) for change in changes]


def _limits(system: System, hidden: Bools, part: _Part, table: int) -> list[LinearConstraint]:
    """What one table must keep: sums shown for ever, bounds, and those of rows that are not marked."""
    held = np.flatnonzero(system.fixed & ~hidden)
    loose = np.flatnonzero(~system.fixed | hidden)
    room = np.minimum(system.least - system.values, 0)[loose].astype(float)
    marks = sp.identity(len(part.free), format="csr") * part.reach
    return [
        LinearConstraint(_placed(part, part.sums[held], table), 0, 0),
        LinearConstraint(_placed(part, part.sums[loose], table), room, np.inf),
        LinearConstraint(_placed(part, part.sums[part.free], table, -marks), -np.inf, 0),
        LinearConstraint(_placed(part, part.sums[part.free], table, marks), 0, np.inf),
    ]


def _placed(part: _Part, block: Any, table: int, marks: Any = None) -> Any:
    """A block of one table among those of all, with that of the marks."""
    height, width = block.shape
    before = sp.csr_matrix((height, table * width))
    after = sp.csr_matrix((height, (part.tables - table - 1) * width))
    marks = sp.csr_matrix((height, len(part.free))) if marks is None else marks
    return sp.hstack([before, block, after, marks], format="csr")


def _apart(part: _Part, row: int, table: int) -> Any:
    """How much more that row is worth in a table than in the next."""
    return _placed(part, part.sums[[row]], table) - _placed(part, part.sums[[row]], table + 1)


def _pinned(system: System) -> Bools:
    """The unknowns of a row that is shown for ever as 0."""
    zero = system.fixed & (system.values == 0)
    return np.asarray(np.asarray(system.sums[zero].sum(axis=0)).ravel() > 0)


def _change(unknowns: Ints, change: Ints) -> Change:
    moved = np.flatnonzero(change)
    return Change(unknowns[moved], change[moved])
