"""Proof that a hidden count is uncertain: other whole-number tables that agree with all that is shown.

Nothing here looks for a table. What looked for it may be wrong; this is what says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from bilan.disclosure.tables.system import PUBLIC, Bools, Ints, System


@dataclass(frozen=True)
class Witness:
    """Another table: the unknowns that differ from the exact ones, and by how much."""

    unknowns: tuple[int, ...]
    changes: tuple[int, ...]


@dataclass(frozen=True)
class Proof:
    """What the sound witnesses prove of each row, per attacker (in the order of `System.attackers`)."""

    up: Ints  # attackers by m: how much more the row could be
    down: Ints  # attackers by m: how much less
    unsound: int  # witnesses that do not keep what is shown, or go below a bound

    def ranges(self, position: int) -> Ints:
        """m: the width proved for the attacker at that position."""
        return np.asarray(self.up[position] + self.down[position])


def prove(system: System, hidden: Bools, witnesses: Sequence[Witness]) -> Proof:
    """Check every witness, and add up what the sound ones prove to each attacker.

    A witness is sound if it keeps every sum that is shown and goes below no bound. It counts against an
    attacker only if it leaves alone what that attacker holds.
    """
    attackers = system.attackers
    up = np.zeros((len(attackers), len(hidden)), dtype=np.int64)
    down = np.zeros_like(up)
    if not witnesses:
        return Proof(up, down, 0)
    changes = _changes(system, witnesses)
    moved = (system.sums @ changes).tocoo()
    rows, tables, by = moved.row[moved.data != 0], moved.col[moved.data != 0], moved.data[moved.data != 0]
    sound = np.ones(len(witnesses), dtype=bool)
    sound[changes.col[system.counts[changes.row] + changes.data < 0]] = False
    sound[tables[~hidden[rows] | (system.values[rows] + by < system.least[rows])]] = False
    for position, attacker in enumerate(attackers):
        believed = sound.copy()
        if attacker != PUBLIC:
            believed[changes.col[system.owners[changes.row] == attacker]] = False
        kept = believed[tables]
        np.maximum.at(up[position], rows[kept], by[kept])
        np.maximum.at(down[position], rows[kept], -by[kept])
    return Proof(up, down, int((~sound).sum()))


def moved_rows(system: System, witnesses: Sequence[Witness]) -> Any:
    """m by the number of witnesses: what each adds to each row (scipy CSR)."""
    moved = sp.csr_matrix(system.sums @ _changes(system, witnesses))
    moved.eliminate_zeros()
    return moved


def _changes(system: System, witnesses: Sequence[Witness]) -> Any:
    """n by the number of witnesses: what each adds to each unknown (scipy COO)."""
    unknowns = np.concatenate([np.array(witness.unknowns, dtype=np.int64) for witness in witnesses])
    by = np.concatenate([np.array(witness.changes, dtype=np.int64) for witness in witnesses])
    tables = np.repeat(np.arange(len(witnesses)), [len(witness.unknowns) for witness in witnesses])
    together = sp.coo_matrix((by, (unknowns, tables)), shape=(len(system.counts), len(witnesses)))
    together.sum_duplicates()
    return together
