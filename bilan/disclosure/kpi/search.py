"""Look for changes that keep small counts uncertain, and hide what they touch."""

from collections.abc import Sequence

import numpy as np

from bilan.disclosure.kpi.attack import finders_of, needs_of, own_of
from bilan.disclosure.kpi.bounds import Bools, Ints
from bilan.disclosure.kpi.programme import Programme
from bilan.disclosure.kpi.proof import Change, change_of
from bilan.disclosure.kpi.ways import NEVER

Place = tuple[int, int, int]  # quantity, territory, period


def search(programme: Programme, wanted: Bools, tried: Sequence[Change] = ()) -> None:
    """Look for changes of those cells, the smallest counts first, for each attacker concerned.

    `tried` are changes found otherwise: those that nothing forbids are taken first.
    """
    looking = _Search(programme)
    for change in tried:
        looking.adopt(change)
    needs, counts = needs_of(programme), programme.state.counts
    cells = np.flatnonzero(wanted)
    for cell in cells[np.argsort(counts[cells], kind="stable")]:
        for attacker in reversed(range(len(needs))):  # what protects from a partner does from all
            if needs[attacker][cell]:
                looking.cover(int(cell), attacker)


class _Search:
    """One pass over the cells of a programme, from what was found before."""

    def __init__(self, programme: Programme) -> None:
        self.programme, self.state = programme, programme.state
        self.finders = finders_of(programme.quantities)
        self.own = [frozenset[int](), *(own_of(programme.quantities, name) for name in programme.partners)]
        self.up = np.zeros((len(self.own), self.state.counts.size), dtype=np.int16)
        self.down = np.zeros_like(self.up)
        for change in programme.changes:
            self._credit(change)

    def adopt(self, change: Change) -> None:
        """Take a change that touches nothing shown for ever and breaks no order."""
        allowed = self.state.price[change.cells].sum() < NEVER
        worth = self.state.counts[change.cells] + change.by
        enough = bool(np.all(worth >= self.state.positive[change.cells]))
        if allowed and enough and not self.programme.orders.broken_by(change):
            self._take(change)

    def cover(self, cell: int, attacker: int) -> None:
        """Hide what the cheapest changes up and down from a cell touch, and credit them to all."""
        width = int(self.programme.width[cell])
        had_up, had_down = int(self.up[attacker, cell]), int(self.down[attacker, cell])
        if had_up + had_down >= width:
            return
        best: tuple[float, list[Change]] | None = None
        for less in range(min(width, int(self.state.counts[cell] - self.state.least[cell])) + 1):
            wanted = [times for times, had in ((width - less, had_up), (-less, had_down)) if abs(times) > had]
            told = [each for each in (self._cheapest(cell, times, attacker) for times in wanted) if each]
            cost = sum(price for price, _ in told)
            if len(told) == len(wanted) and (best is None or cost < best[0]):
                best = cost, [change for _, change in told]
            if best is not None and best[0] == 0:
                break
        for change in best[1] if best else ():
            self._take(change)

    def _cheapest(self, cell: int, times: int, attacker: int) -> tuple[float, Change] | None:
        """The cheapest change of a cell by `times`, at once or one by one, and its price.

        First within limits that keep every part below its whole; then beyond, where none is broken.
        """
        best: tuple[float, Change] | None = None
        for least, most in (
            (self.state.least, self.state.most),
            (self.state.positive, self.state.no_limit),
        ):
            for step in (times, 1 if times > 0 else -1):
                change = self._in_steps(cell, (times, step), attacker, (least, most))
                if change is None or self.programme.orders.broken_by(change):
                    continue
                price = float(self.state.price[change.cells].sum())
                if best is None or price < best[0]:
                    best = price, change
                if price == 0:
                    return best
        return best

    def _in_steps(
        self, cell: int, times: tuple[int, int], attacker: int, limits: tuple[Ints, Ints]
    ) -> Change | None:
        """The cheapest changes of a cell by the second of `times`, until together they make the first."""
        state, quantities = self.state, self.programme.quantities
        quantity, territory, period = np.unravel_index(cell, quantities.counts.shape)
        place = int(quantity), int(territory), int(period)
        counts, price = state.counts.copy(), state.price.copy()
        for _ in range(times[0] // times[1]):
            tables = state.tables(counts, price, *limits)
            way = self.finders[place[0]].cheapest(place, times[1], self.own[attacker], tables)
            if way is None:
                return None
            change = change_of(quantities, way)
            counts[change.cells] += change.by
            price[change.cells] = 0.0
        moved = np.flatnonzero(counts != state.counts)
        return Change(moved, counts[moved] - state.counts[moved])

    def _take(self, change: Change) -> None:
        """Hide what a change touches, and credit it to every attacker who holds none of it."""
        self.state.hide(change.cells)
        self.programme.changes.append(change)
        self._credit(change)

    def _credit(self, change: Change) -> None:
        touched = change.touches(self.programme.quantities)
        for attacker, own in enumerate(self.own):
            if not own & touched:
                for reach, by in ((self.up, change.by), (self.down, -change.by)):
                    reach[attacker, change.cells] = np.maximum(reach[attacker, change.cells], by)
