"""Complementary suppression: hide the least that keeps small counts uncertain, show what is not needed."""

from collections.abc import Sequence

import numpy as np

from bilan.disclosure.audit import Bools, Change, Ints
from bilan.disclosure.figures.programme import Programme
from bilan.disclosure.figures.search import Search
from bilan.disclosure.figures.state import State

MOST_LOST = 30  # cells to look for again before a figure is left hidden


def settle(programme: Programme) -> Programme:
    """Hide figures until every count at stake is proved uncertain, or nothing linked with it is shown.

    The counts first; then, among today's figures alone, those that moved by few since a release.
    """
    _settled(programme.state)
    if programme.moves is not None:
        programme.moves.hide(np.flatnonzero(~programme.state.is_open))
        _settled(programme.moves)
        programme.state.hide(np.flatnonzero(~programme.moves.is_open))
    return programme


def _settled(state: State) -> None:
    hidden = ~state.is_open
    hiding = _Hiding(state)
    hiding.cover_all()
    hiding.show_again(hidden)
    hiding.give_up()


class _Hiding:
    """The search for one state, and how far the changes found so far take each cell, per attacker."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.search = Search(state.system)
        self.up = np.zeros(state.needs.cells.shape, dtype=np.int64)
        self.down = np.zeros_like(self.up)

    def cover_all(self) -> None:
        """Cover every cell at stake, the smallest count first: it has the fewest possible changes."""
        cells = np.flatnonzero(self.state.needs.cells.any(axis=0))
        for cell in cells[np.argsort(self.state.system.counts[cells], kind="stable")]:
            self.cover(int(cell), self.state.price, self.state.fixed)

    def cover(self, cell: int, price: np.ndarray, fixed: Bools) -> bool:
        """Find the changes that the attackers of a cell lack: for all of them at once, or one by one."""
        lacking = self._lacking(cell)
        if len(lacking) and not self._cover_for(cell, lacking, price, fixed):
            for attacker in lacking:
                self._cover_for(cell, np.array([attacker]), price, fixed)
        return not len(self._lacking(cell))

    def _lacking(self, cell: int) -> Ints:
        state = self.state
        reached = self.up[:, cell] + self.down[:, cell]
        return np.flatnonzero(state.needs.cells[:, cell] & (reached < state.needs.width[cell]))

    def _cover_for(self, cell: int, attackers: Ints, price: np.ndarray, fixed: Bools) -> bool:
        """The cheapest changes up and down that together are wide enough for those attackers."""
        state = self.state
        least = np.maximum(state.needs.least, np.max([state.attackers[at].own for at in attackers], axis=0))
        barred = fixed | np.any([state.attackers[at].knows for at in attackers], axis=0)
        width = int(state.needs.width[cell])
        best: tuple[float, list[Change]] | None = None
        for down in (0, width, *range(1, width)):
            changes = self._both([by for by in (width - down, -down) if by], cell, barred, price, least)
            if not changes:
                continue
            cost = sum(state.cost_of(change) for change in changes)
            if best is None or cost < best[0]:
                best = cost, changes
            if cost == 0:
                break
        for change in best[1] if best else ():
            self._take(change)
        return best is not None

    def _both(
        self, asked: Sequence[int], cell: int, barred: Bools, price: np.ndarray, least: Ints
    ) -> list[Change]:
        """A change of the cell by each of those; none at all where one of them is not possible."""
        changes: list[Change] = []
        for by in asked:
            change = self.search.change(cell, by, barred, price, least)
            if change is None:
                return []
            changes.append(change)
        return changes

    def _take(self, change: Change) -> None:
        self.state.hide_cells(change.cells)
        self.state.changes.append(change)
        self._credit([change])

    def _credit(self, changes: Sequence[Change]) -> None:
        reach = self.state.reach(changes, np.zeros(self.state.system.size, dtype=bool))
        np.maximum(self.up, reach.up, out=self.up)
        np.maximum(self.down, reach.down, out=self.down)

    def show_again(self, hidden: Bools) -> None:
        """Show each figure that was hidden to help, the worthiest first, where other changes do as well.

        `hidden` are the figures that were from the beginning, and stay so.
        """
        state = self.state
        helping = np.flatnonzero(~state.is_open & ~hidden)
        for at in sorted(helping.tolist(), key=lambda at: -state.figures[at].worth):
            self._try_to_show(at)

    def _try_to_show(self, figure: int) -> None:
        state = self.state
        kept, known = list(state.changes), state.known
        up, down = self.up, self.down
        state.show(figure)
        shown = np.flatnonzero(state.known & ~known)
        state.changes = [change for change in kept if not np.isin(change.cells, shown).any()]
        if len(state.changes) < len(kept):
            self.up, self.down = np.zeros_like(up), np.zeros_like(down)
            self._credit(state.changes)
            lost = np.flatnonzero(
                (
                    state.needs.cells
                    & (self.up + self.down < state.needs.width)
                    & (up + down >= state.needs.width)
                ).any(axis=0)
            )
            free = np.zeros(state.system.size)
            if len(lost) > MOST_LOST or not all(
                self.cover(int(cell), free, state.fixed | state.known) for cell in lost
            ):
                state.hide([figure])
                state.changes, self.up, self.down = kept, up, down

    def give_up(self) -> None:
        """Hide all that is linked with what is still too certain; the audit reports what is left."""
        state = self.state
        lacking = state.lacking().any(axis=0)
        if lacking.any():
            linked = np.isin(state.system.component, state.system.component[lacking])
            state.hide_cells(np.flatnonzero(linked))
            for cell in np.flatnonzero(lacking):
                self.cover(int(cell), state.price, state.fixed)
