"""The primary suppressions: what must stay uncertain, to which attacker, and by what width.

Small counts, what the other partners have of a count once an attacker takes its own away, and counts that
moved by so few since a release that the move is a small count itself.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from bilan.disclosure.audit import Attacker, Bools, Ints
from bilan.disclosure.figures.state import Figure, Needs
from bilan.disclosure.figures.system import System, is_small
from bilan.disclosure.rules import WIDTH, WIDTH_AT_BOUNDS


class Memory(Protocol):
    """What releases still out have shown of each cell."""

    @property
    def shown_before(self) -> set[int]:
        """The cells that one of them has shown."""

    @property
    def then(self) -> Mapping[int, int]:
        """The count of each cell in the last release that held it."""


def counts_at_stake(
    system: System, attackers: Sequence[Attacker], sheet: Memory, unsettled: Bools
) -> tuple[Needs, int]:
    """The small counts, and how many of them a release has shown already: those cannot be hidden any more.

    To a partner, what counts is the cell less its own part: that may be small where the cell is not.
    `unsettled` are the empty cells of a rate at 0 or at 100 %.
    """
    smallest = _smallest(system, sheet)
    others = [np.where(attacker.knows, 0, system.counts - attacker.own) for attacker in attackers]
    cells = np.array([is_small(left) for left in others])
    cells[0] |= is_small(smallest)
    cells &= system.counted
    at_bounds = unsettled & ~cells[0]
    cells |= np.array([at_bounds & ~attacker.knows for attacker in attackers])
    shown_before = np.zeros(system.size, dtype=bool)
    shown_before[sorted(sheet.shown_before)] = True
    already_public = int((cells[0] & shown_before).sum())
    width = np.where(at_bounds, WIDTH_AT_BOUNDS, WIDTH)
    return Needs(
        cells & ~shown_before, width, _least(system, smallest), shown_before, at_bounds
    ), already_public


def moves_at_stake(
    system: System, attackers: Sequence[Attacker], sheet: Memory, figures: Sequence[Figure]
) -> Needs:
    """Today's counts that moved by 1 to 4 since a release, and those that a correction made small.

    The difference between two releases is a small count too. Totals may move: that tells nobody where or
    when. The figures of the release itself cannot change any more, so only today's are protected.
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


def _smallest(system: System, sheet: Memory) -> Ints:
    """Per cell: its least count above zero, now or in the last release that held it."""
    smallest = system.counts.copy()
    for place, then in sheet.then.items():
        if then > 0:
            smallest[place] = min(smallest[place], then) or then
    return smallest


def _least(system: System, smallest: Ints) -> Ints:
    """Per cell: the lower bound that everybody knows, in every release: 1 of a count, 0 of a remainder."""
    least = np.where(smallest > 0, system.counts - smallest + 1, 0)
    least[system.given :] = 0
    return np.maximum(least, 0)
