"""The cheapest way to have one figure say more, or less, with all that adds up still adding up.

A way is one step over territories, one over months, and a sign for each quantity that they change. The
signs are chosen split by split: to raise a part, raise the whole or lower another part; to raise a whole,
raise a part. Nothing here is trusted: `proof.prove` checks every way by the sums alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bilan.disclosure.kpi.quantities import Quantities, Split

Floats = npt.NDArray[np.float64]
NEVER = 1e12
MOST_STEPS, MOST_TRIES = 40, 200  # steps, and changes of quantities for each, tried before giving up
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
    cost: float


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
        walk = _Walk(self, barred, _costs(self, tables, over, along, abs(times)))
        direction = 1 if times > 0 else -1
        costs = walk.cost(quantity, direction, None)
        for flat in np.argsort(costs, axis=None, kind="stable")[:MOST_STEPS]:
            at = np.unravel_index(int(flat), costs.shape)
            if costs[at] >= NEVER:
                return None
            signs = walk.settled({quantity: direction}, (int(at[0]), int(at[1])))
            if signs is not None:
                steps = over[at[0]].astype(np.int64), along[at[1]].astype(np.int64)
                return Way(signs, *steps, abs(times), float(costs[at]))
        return None

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
        self._tries = 0
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

    def settled(self, signs: dict[int, int], at: tuple[int, int]) -> dict[int, int] | None:
        """`signs` with those of other quantities, until every split adds up; None where that is not found.

        The walk's costs, which take the quantities for a tree, tell which change to try first.
        """
        self._tries = MOST_TRIES
        return self._settled(signs, at)

    def _settled(self, signs: dict[int, int], at: tuple[int, int]) -> dict[int, int] | None:
        self._tries -= 1
        split = next((s for q in signs for s in self.ways.splits[q] if not _adds_up(s, signs)), None)
        if split is None:
            return signs
        if self._tries < 0:
            return None
        options = [(self._price(changes, split, at), changes) for changes in _mendings(split, signs)]
        for price, changes in sorted(options, key=lambda option: option[0]):
            if price < NEVER:
                found = self._settled({**signs, **dict(changes)}, at)
                if found is not None:
                    return found
        return None

    def _price(self, changes: list[tuple[int, int]], via: Split, at: tuple[int, int]) -> float:
        if any(quantity in self.barred for quantity, _ in changes):
            return NEVER
        if any(self.own[sign][self.ways.place[quantity]][at] >= NEVER for quantity, sign in changes):
            return NEVER
        known = (self._known.get((*change, via)) for change in changes)
        return sum(NEVER / 2 / len(changes) if cost is None else float(cost[at]) / 2 for cost in known)


def _adds_up(split: Split, signs: dict[int, int]) -> bool:
    total = sum(signs.get(part, 0) for part in split.parts)
    return all(signs.get(whole, 0) == total for whole in split.wholes)


def _mendings(split: Split, signs: dict[int, int]) -> list[list[tuple[int, int]]]:
    """The changes of quantities not yet changed that make a split add up: its wholes, or one more part."""
    total = sum(signs.get(part, 0) for part in split.parts)
    told = {signs[whole] for whole in split.wholes if whole in signs}
    others = [whole for whole in split.wholes if whole not in signs]
    found = []
    if abs(total) == 1 and told <= {total}:
        found.append([(whole, total) for whole in others])
    for target in told or {0}:
        if len(told) <= 1 and abs(target - total) == 1:
            wholes = [(whole, target) for whole in others] if target else []
            found.extend([*wholes, (part, target - total)] for part in split.parts if part not in signs)
    return found


def _options(split: Split, quantity: int, sign: int) -> list[list[tuple[int, int]]]:
    """What may change with a quantity so that the split still adds up: quantities and their signs."""
    wholes = [(whole, sign) for whole in split.wholes if whole != quantity]
    if quantity in split.wholes:
        return [[*wholes, (part, sign)] for part in split.parts]
    return [wholes, *([(part, -sign)] for part in split.parts if part != quantity)]
