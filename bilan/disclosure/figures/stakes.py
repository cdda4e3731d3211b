"""What must stay uncertain to whom: small counts, what is left of a whole for others, and moves of so few."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from bilan.disclosure.figures.proof import Attacker
from bilan.disclosure.figures.state import Figure, Needs
from bilan.disclosure.figures.system import Bools, Ints, System, is_small
from bilan.disclosure.rules import WIDTH, WIDTH_AT_BOUNDS


class Told(Protocol):
    """What releases still out have said of each cell."""

    @property
    def told(self) -> set[int]:
        """The cells that one has shown."""

    @property
    def then(self) -> Mapping[int, int]:
        """What the last that knew of a cell knew."""


def counts_at_stake(
    system: System, attackers: Sequence[Attacker], sheet: Told, unsettled: Bools
) -> tuple[Needs, int]:
    """The counts that nobody may know, and how many of them a release has shown already.

    To a partner, what the others have in a cell is a count like the others: the cell less its own part.
    `unsettled` are the empty cells of a rate at 0 or at 100 %.
    """
    smallest = _smallest(system, sheet)
    others = [np.where(attacker.knows, 0, system.counts - attacker.own) for attacker in attackers]
    cells = np.array([is_small(left) for left in others])
    cells[0] |= is_small(smallest)
    cells &= system.counted
    at_bounds = unsettled & ~cells[0]
    cells |= np.array([at_bounds & ~attacker.knows for attacker in attackers])
    told = np.zeros(system.size, dtype=bool)
    told[sorted(sheet.told)] = True
    already_public = int((cells[0] & told).sum())
    width = np.where(at_bounds, WIDTH_AT_BOUNDS, WIDTH)
    return Needs(cells & ~told, width, _least(system, smallest), told, at_bounds), already_public


def moves_at_stake(
    system: System, attackers: Sequence[Attacker], sheet: Told, figures: Sequence[Figure]
) -> Needs:
    """What became of a count since a release: a move of so few is those few, and so is what became small.

    Totals may move: that tells of nobody where or when. It is about today's figures alone: those of the
    release stay what they were.
    """
    by = np.zeros(system.size, dtype=np.int64)
    for place, then in sheet.then.items():
        if place < system.given:
            by[place] = abs(system.counts[place] - then)
    moved = is_small(by)
    moved[[cell for figure in figures if figure.is_total for cell in figure.cells]] = False
    became_small = is_small(system.counts) & (by > 0)
    cells = np.array([(moved | became_small) & ~attacker.knows for attacker in attackers])
    nothing = np.zeros(system.size, dtype=bool)
    width = np.where(became_small, WIDTH, WIDTH_AT_BOUNDS)
    return Needs(cells, width, _least(system, system.counts), nothing, nothing)


def _smallest(system: System, sheet: Told) -> Ints:
    """The least above zero that anybody knew of each cell."""
    smallest = system.counts.copy()
    for place, then in sheet.then.items():
        if then > 0:
            smallest[place] = min(smallest[place], then) or then
    return smallest


def _least(system: System, smallest: Ints) -> Ints:
    """What a hidden cell holds at least, in every release: somebody, where it does; a remainder, nothing."""
    least = np.where(smallest > 0, system.counts - smallest + 1, 0)
    least[system.given :] = 0
    return np.maximum(least, 0)
