"""The cheapest way to have one figure say more, or less, with all that adds up still adding up.

A way is one step over territories, one over months, and a sign for each quantity that they change. All steps
are weighed at once, split by split: to raise a part, raise the whole or lower another part; to raise a whole,
raise a part. That takes the splits for a tree; for the step that promises most, `signs` finds the cheapest
signs that make all of them add up. Nothing here is trusted: `proof.prove` checks every way by the sums alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bilan.disclosure.kpi.quantities import Quantities, Split
from bilan.disclosure.kpi.signs import Signs

Floats = npt.NDArray[np.float64]
NEVER = 1e12
MOST_STEPS = 40  # tried before giving up, those that promise most first
MOST_INSIDE, MOST_OUTSIDE = 12, 24  # months tried in pairs, those that count most first


class Tables(NamedTuple):
    """Quantities by territories by periods: counts, what changing them costs, their least, their most."""

    counts: npt.NDArray[np.int64]
    price: Floats
    least: npt.NDArray[np.int64]
    most: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Way:
    """A change of the figures: quantities and their signs, over territories and over periods."""

    signs: dict[int, int]
    territories: npt.NDArray[np.int64]
    periods: npt.NDArray[np.int64]
    times: int


class Ways:
    """Ways through the cells of one set of linked quantities."""

    def __init__(self, quantities: Quantities, members: tuple[int, ...], coupled: bool) -> None:
        self.quantities, self.members, self.coupled = quantities, members, coupled
        self.place = {quantity: at for at, quantity in enumerate(members)}
        self.splits: dict[int, list[Split]] = defaultdict(list)
        for split in quantities.splits:
            if split.parts[0] in self.place:
                for quantity in (*split.wholes, *split.parts):
                    self.splits[quantity].append(split)
        self.signs = Signs(members, sorted({split for of in self.splits.values() for split in of}))
        self._steps: dict[tuple[int, int, int], tuple[Floats, Floats]] = {}

    def cheapest(
        self,
        cell: tuple[int, int, int],
        times: int,
        barred: frozenset[int],
        tables: Tables,
    ) -> Way | None:
        """The cheapest way to add `times` (below 0: to take) to that cell without touching `barred`."""
        quantity, territory, period = cell
        over, along = self._steps_through(quantity, territory, period)
        if quantity in barred or not len(over) or not len(along):
            return None
        own = _costs(self, tables, over, along, abs(times))
        walk = _Walk(self, barred, own)
        direction = 1 if times > 0 else -1
        costs = walk.cost(quantity, direction, None)
        for flat in np.argsort(costs, axis=None, kind="stable")[:MOST_STEPS]:
            at = np.unravel_index(int(flat), costs.shape)
            if costs[at] >= NEVER:
                return None
            up, down = (self._allowed(own[sign][:, at[0], at[1]], barred) for sign in (1, -1))
            signs = self.signs.cheapest(quantity, direction, up, down, NEVER)
            if signs:
                steps = over[at[0]].astype(np.int64), along[at[1]].astype(np.int64)
                return Way(signs, *steps, abs(times))
        return None

    def _allowed(self, costs: Floats, barred: frozenset[int]) -> Floats:
        """The costs of changing each member at one step, `NEVER` for what is barred."""
        return np.where([member in barred for member in self.members], NEVER, costs)

    def _steps_through(self, quantity: int, territory: int, period: int) -> tuple[Floats, Floats]:
        key = quantity, territory, period
        if key not in self._steps:
            self._steps[key] = self._over(territory), self._along(quantity, period)
        return self._steps[key]

    def _over(self, territory: int) -> Floats:
        """Steps over territories that add one there; the last place is the total."""
        size = len(self.quantities.grid.territories) - 1
        each = np.hstack([np.eye(size), np.ones((size, 1))])
        if size == 0 or not self._by_territory():
            return np.eye(size + 1)[-1:] if territory == size else np.zeros((0, size + 1))
        if territory == size:
            return each
        others = [each[territory] - each[other] for other in range(size) if other != territory]
        return np.array([each[territory], *others])

    def _by_territory(self) -> bool:
        return bool(self.quantities.filled[list(self.members), :-1].any())

    def _along(self, quantity: int, period: int) -> Floats:
        """Steps over periods that add one there, month by month; alone where months do not add up."""
        grid = self.quantities.grid
        if not self.coupled:
            return np.eye(len(grid.sums))[period : period + 1]
        columns = grid.sums.T.astype(np.float64)
        months = self.quantities.counts[:, :, grid.months].sum(axis=1)
        linked = months[list(self.members)].sum(axis=0)
        order = np.lexsort((-linked, -months[quantity]))  # what can be lowered there, then what is linked
        inside = [m for m in order if grid.sums[period, m]]
        outside = [m for m in order if not grid.sums[period, m]][:MOST_OUTSIDE]
        pairs = [columns[m] - columns[o] for m in inside[:MOST_INSIDE] for o in outside]
        return np.array([*(columns[m] for m in inside), *pairs]).reshape(-1, len(grid.sums))


def _costs(ways: Ways, tables: Tables, over: Floats, along: Floats, times: int) -> dict[int, Floats]:
    """Per sign: quantities by steps over by steps along, the cost of changing each quantity so."""
    members = list(ways.members)
    counts, price = tables.counts[members], tables.price[members]
    least, most = tables.least[members], tables.most[members]
    full, low = (counts + times > most).astype(float), (counts - times < least).astype(float)

    def summed(table: Floats, first: Floats, second: Floats) -> Floats:
        return np.asarray(np.matmul(np.matmul(first[None], table), second.T[None]))

    size = np.abs(over), np.abs(along)
    paid = summed(price, *size)
    up = [(summed(table, *size) + summed(table, over, along)) / 2 for table in (full, low)]
    down = [(summed(table, *size) - summed(table, over, along)) / 2 for table in (full, low)]
    return {
        1: np.minimum(paid + NEVER * (up[0] + down[1]), NEVER),
        -1: np.minimum(paid + NEVER * (down[0] + up[1]), NEVER),
    }


class _Walk:
    """One walk over the quantities and their splits, for all steps at once."""

    def __init__(self, ways: Ways, barred: frozenset[int], own: dict[int, Floats]) -> None:
        self.ways, self.barred, self.own = ways, barred, own
        self._known: dict[tuple[int, int, Split | None], Floats] = {}
        self._walking: dict[int, int] = {}
        self._never = np.full(own[1].shape[1:], NEVER)
        self._nothing = np.zeros(own[1].shape[1:])

    def cost(self, quantity: int, sign: int, via: Split | None) -> Floats:
        """The cost of changing that quantity, and what else must change but for the split it is met by."""
        if quantity in self.barred:
            return self._never
        if quantity in self._walking:  # met again: nothing more to pay if it changes the same way
            return self._nothing if self._walking[quantity] == sign else self._never
        key = quantity, sign, via
        if key not in self._known:
            self._walking[quantity] = sign
            total = self.own[sign][self.ways.place[quantity]]
            for split in self.ways.splits[quantity]:
                if split != via:
                    options = [self._together(each, split) for each in _options(split, quantity, sign)]
                    total = total + np.minimum.reduce(options)
            del self._walking[quantity]
            self._known[key] = np.minimum(total, NEVER)
        return self._known[key]

    def _together(self, changes: list[tuple[int, int]], via: Split) -> Floats:
        """The cost of several changes at once."""
        total = self.cost(*changes[0], via)
        for change in changes[1:]:
            total = total + self.cost(*change, via)
        return total


def _options(split: Split, quantity: int, sign: int) -> list[list[tuple[int, int]]]:
    """What may change with a quantity so that the split still adds up: quantities and their signs."""
    wholes = [(whole, sign) for whole in split.wholes if whole != quantity]
    if quantity in split.wholes:
        return [[*wholes, (part, sign)] for part in split.parts]
    return [wholes, *([(part, -sign)] for part in split.parts if part != quantity)]
