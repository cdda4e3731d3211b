"""Other tables that agree with all that is known, held against the equations one by one.

Written from the system alone, apart from what looks for them: a change that breaks an equation, touches what
is known or takes a count below what is known of it is refused here, whatever found it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from bilan.disclosure.figures.system import Bools, Ints, System

Reach = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Change:
    """Another table: the cells that differ from the exact counts, and by how much."""

    cells: Ints
    by: Ints


@dataclass(frozen=True)
class Attacker:
    """Somebody who reads what is published, with what he knows besides."""

    name: str
    own: Ints  # what he counts himself in each cell
    knows: Bools  # the cells that are his alone, and that he knows it of


def reach_of(
    system: System, changes: Sequence[Change], known: Bools, least: Ints, attackers: Sequence[Attacker]
) -> tuple[Reach, Reach, int]:
    """How far up and down the sound changes take each cell, by attackers, and how many are unsound.

    `known` are the cells that a shown figure tells, `least` what everybody knows that each one holds.
    """
    up = np.zeros((len(attackers), system.size), dtype=np.int64)
    down = np.zeros_like(up)
    if not changes:
        return up, down, 0
    cells, by = (np.concatenate([getattr(change, name) for change in changes]) for name in ("cells", "by"))
    number = np.repeat(np.arange(len(changes)), [len(change.cells) for change in changes])
    together = sp.csc_matrix((by.astype(float), (cells, number)), shape=(system.size, len(changes)))
    left = system.counts[cells] + by
    broken = np.asarray(abs(system.equations @ together).sum(axis=0)).ravel() > 0
    broken[number[known[cells] | (left < least[cells])]] = True
    for at, attacker in enumerate(attackers):
        disbelieved = broken.copy()
        disbelieved[number[attacker.knows[cells] | (left < attacker.own[cells])]] = True
        kept = ~disbelieved[number]
        np.maximum.at(up[at], cells[kept], by[kept])
        np.maximum.at(down[at], cells[kept], -by[kept])
    return up, down, int(broken.sum())
