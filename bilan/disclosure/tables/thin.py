"""Show again, on small tables, each complementary suppression that the exact intervals can do without.

Moves find changes that are boxes of cells; exact intervals also find longer rings, with fewer cells hidden.
"""

import numpy as np

from bilan.disclosure.audit import Bools, Change
from bilan.disclosure.tables.room import Room
from bilan.disclosure.tables.system import System

PROGRAMMES = 400  # bounds asked for, over one table: what is left by then stays hidden


def thinned(system: System, hidden: Bools, changes: list[Change], width: int) -> tuple[Bools, list[Change]]:
    """A pattern that no single helping cell can leave, and the tables that prove it as much as before.

    The costliest cells first. What is sensitive or forced stays hidden.
    """
    given_up = _short(system, hidden, changes, width)
    spare = np.flatnonzero(hidden & ~system.sensitive & ~system.forced)
    left = PROGRAMMES
    for row in spare[np.argsort(-system.values[spare], kind="stable")]:
        fewer = hidden.copy()
        fewer[row] = False
        again = _Again(system, fewer, _without(system, changes, int(row)), width, left)
        if again.proves_all_but(given_up):
            hidden, changes = fewer, again.changes
        left = again.left
    return hidden, changes


class _Again:
    """A pattern, the tables that prove it, and the programmes that may still be spent on proving more."""

    def __init__(self, system: System, hidden: Bools, changes: list[Change], width: int, left: int) -> None:
        self.system, self.hidden, self.changes = system, hidden, changes
        self.width, self.left = width, left
        self._rooms: dict[int, Room] = {}

    def proves_all_but(self, given_up: Bools) -> bool:
        """Look for tables for all that is asked, but for what was already too certain."""
        tried: set[tuple[int, int]] = set()
        while True:
            short = np.argwhere(_short(self.system, self.hidden, self.changes, self.width) & ~given_up)
            if len(short) == 0:
                return True
            position, row = (int(at) for at in short[0])
            if (position, row) in tried or not self.left:
                return False
            tried.add((position, row))
            self.left -= 1
            if position not in self._rooms:
                self._rooms[position] = Room(self.system, self.hidden, self.system.attackers[position])
            self.changes = [*self.changes, *self._rooms[position].extremes(row).changes]


def _short(system: System, hidden: Bools, changes: list[Change], width: int) -> Bools:
    """Attackers by rows: what the changes leave too certain."""
    wanted = np.array([system.to_protect_from(attacker) for attacker in system.attackers])
    return np.asarray(wanted & (system.reach(hidden, changes).width < width))


def _without(system: System, changes: list[Change], row: int) -> list[Change]:
    moved = system.moved_rows(changes)[[row]].toarray().ravel()
    return [change for change, by in zip(changes, moved, strict=True) if not by]
