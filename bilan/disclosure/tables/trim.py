"""After the moves of `moves.py`: show again the hidden cells that the proof can do without.

A move hides cells for one sensitive cell. Moves made later often protect the same sensitive cell through
other cells, so that some of the first can be shown again.
"""

from typing import Any

import numpy as np

from bilan.disclosure.tables.system import Bools, Ints, System
from bilan.disclosure.tables.witness import Witness, moved_rows


def trimmed(system: System, hidden: Bools, witnesses: list[Witness], width: int) -> Bools:
    """A copy of `hidden`, one truth value per row of the system, in which fewer rows are hidden.

    Rows are tried from the greatest value to the least. To show one again, the witnesses that change it are
    given up; it stays hidden where the others do not prove, for each attacker, the `width` that was proved
    before. Rows that are sensitive, or that must stay hidden (`system.forced`), are never shown.
    """
    if not witnesses:
        return hidden
    moved = moved_rows(system, witnesses).tocsr()
    by_table = moved.tocsc()
    believers = _believers(system, witnesses)
    need = np.array([system.to_protect_from(attacker) for attacker in system.attackers])
    alive = np.ones(len(witnesses), dtype=bool)
    up, down = _reach(moved, np.arange(moved.shape[0]), alive, believers)
    need &= up + down >= width  # what was never protected is not for this to mend
    hidden = hidden.copy()
    spare = np.flatnonzero(hidden & ~system.sensitive & ~system.forced)
    for row in spare[np.argsort(-system.values[spare], kind="stable")]:
        idle = [table for table in moved.indices[moved.indptr[row] : moved.indptr[row + 1]] if alive[table]]
        touched = np.unique(
            np.concatenate(
                [by_table.indices[by_table.indptr[t] : by_table.indptr[t + 1]] for t in idle] or [[row]]
            )
        ).astype(np.int64)
        asked = touched[np.any(need[:, touched], axis=0)]
        alive[idle] = False
        up, down = _reach(moved, asked, alive, believers)
        if np.all((up + down >= width) | ~need[:, asked]):
            hidden[row] = False
        else:
            alive[idle] = True
    return hidden


def _believers(system: System, witnesses: list[Witness]) -> Bools:
    """By attacker and witness: whether the witness changes nothing that the attacker knows."""
    believers = np.ones((len(system.attackers), len(witnesses)), dtype=bool)
    for position, attacker in enumerate(system.attackers):
        theirs = ~system.open_to(attacker)
        for table, witness in enumerate(witnesses):
            believers[position, table] = not theirs[list(witness.unknowns)].any()
    return believers


def _reach(moved: Any, rows: Ints, alive: Bools, believers: Bools) -> tuple[Ints, Ints]:
    """By attacker and row: the most that a kept witness adds to it, and takes away from it."""
    up = np.zeros((len(believers), len(rows)), dtype=np.int64)
    down = np.zeros_like(up)
    for index, row in enumerate(rows):
        span = slice(moved.indptr[row], moved.indptr[row + 1])
        tables, by = moved.indices[span], moved.data[span]
        believed = believers[:, tables] & alive[tables]
        if len(tables):
            up[:, index] = np.max(np.where(believed, by, 0), axis=1, initial=0)
            down[:, index] = np.max(np.where(believed, -by, 0), axis=1, initial=0)
    return up, down
