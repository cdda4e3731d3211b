"""Show again what exact bounds prove needless, on tables small enough: moves see boxes, not longer rings."""

import numpy as np

from bilan.disclosure.tables.room import Room
from bilan.disclosure.tables.system import Bools, System
from bilan.disclosure.tables.witness import Witness, moved_rows, prove

PROGRAMMES = 400  # bounds asked for, over one table: what is left by then stays hidden


def thinned(
    system: System, hidden: Bools, witnesses: list[Witness], width: int
) -> tuple[Bools, list[Witness]]:
    """A pattern that no single helping cell can leave, and the tables that prove it as much as before.

    The costliest cells first. What is sensitive or forced stays hidden.
    """
    given_up = _short(system, hidden, witnesses, width)
    spare = np.flatnonzero(hidden & ~system.sensitive & ~system.forced)
    left = PROGRAMMES
    for row in spare[np.argsort(-system.values[spare], kind="stable")]:
        fewer = hidden.copy()
        fewer[row] = False
        again = _Again(system, fewer, _without(system, witnesses, int(row)), width, left)
        if again.proves_all_but(given_up):
            hidden, witnesses = fewer, again.witnesses
        left = again.left
    return hidden, witnesses


class _Again:
    """A pattern, the tables that prove it, and the programmes that may still be spent on proving more."""

    def __init__(
        self, system: System, hidden: Bools, witnesses: list[Witness], width: int, left: int
    ) -> None:
        self.system, self.hidden, self.witnesses = system, hidden, witnesses
        self.width, self.left = width, left
        self._rooms: dict[int, Room] = {}

    def proves_all_but(self, given_up: Bools) -> bool:
        """Look for tables for all that is asked, but for what was already too certain."""
        tried: set[tuple[int, int]] = set()
        while True:
            short = np.argwhere(_short(self.system, self.hidden, self.witnesses, self.width) & ~given_up)
            if len(short) == 0:
                return True
            position, row = (int(at) for at in short[0])
            if (position, row) in tried or not self.left:
                return False
            tried.add((position, row))
            self.left -= 1
            if position not in self._rooms:
                self._rooms[position] = Room(self.system, self.hidden, self.system.attackers[position])
            self.witnesses = [*self.witnesses, *self._rooms[position].extremes(row).witnesses]


def _short(system: System, hidden: Bools, witnesses: list[Witness], width: int) -> Bools:
    """Attackers by rows: what the witnesses leave too certain."""
    proof = prove(system, hidden, witnesses)
    wanted = np.array([system.to_protect_from(attacker) for attacker in system.attackers])
    return np.asarray(wanted & (proof.up + proof.down < width))


def _without(system: System, witnesses: list[Witness], row: int) -> list[Witness]:
    if not witnesses:
        return []
    moved = moved_rows(system, witnesses)[[row]].toarray().ravel()
    return [witness for witness, by in zip(witnesses, moved, strict=True) if not by]
