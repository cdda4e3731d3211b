"""Show again the complementary suppressions that the proof can do without, after the moves of `moves.py`.

A move hides cells for one sensitive cell. Moves made later often protect the same cell through other cells,
so that some of the first are not needed any more.
"""

from typing import Any

import numpy as np

from bilan.disclosure.audit import Bools, Change, Ints, reach_of
from bilan.disclosure.tables.system import System


def trimmed(system: System, hidden: Bools, changes: list[Change], width: int) -> Bools:
    """A copy of `hidden`, one truth value per row of the system, in which fewer rows are hidden.

    Rows are tried from the greatest value to the least. To show one again, the changes that move it are
    given up; it stays hidden where the others do not prove, for each attacker, the `width` that was proved
    before. Rows that are sensitive, or that must stay hidden (`system.forced`), are never shown.
    """
    believed = system.audit(hidden).believed(system.moved(changes))
    moved = system.moved_rows(changes)
    by_change = moved.tocsc()
    up, down = reach_of(moved, believed)
    protected = np.array([system.to_protect_from(attacker) for attacker in system.attackers])
    protected &= up + down >= width  # what was never protected is not for this to mend
    hidden = hidden.copy()
    helping = np.flatnonzero(hidden & ~system.sensitive & ~system.forced)
    for row in helping[np.argsort(-system.values[helping], kind="stable")]:
        fewer = believed.copy()
        fewer[:, _entries(moved, int(row))] = False
        given_up = np.flatnonzero(np.any(believed & ~fewer, axis=0))
        touched = np.unique(by_change[:, given_up].indices)
        asked = touched[np.any(protected[:, touched], axis=0)]
        up, down = reach_of(moved[asked], fewer)
        if np.all((up + down >= width) | ~protected[:, asked]):
            hidden[row], believed = False, fewer
    return hidden


def _entries(matrix: Any, row: int) -> Ints:
    """The columns in which a row of a CSR matrix is not zero."""
    columns: Ints = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return columns
