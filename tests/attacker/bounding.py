"""The least and the most that each number may be, by passing bounds along relations until none moves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.attacker.system import Floats, Ints, Terms

LOTS = 1e9  # stands for no bound; sums of it stay exact
ROUNDS = 1_000
Bools = npt.NDArray[np.bool_]


@dataclass
class Interval:
    """Bounds of each variable, and the relation that last moved each (-1: none)."""

    low: Floats
    high: Floats
    why_low: Ints
    why_high: Ints
    alive: Bools  # relations that are believed: what is shown contradicts the others

    def copy(self) -> "Interval":
        """The same, to be moved apart."""
        return Interval(*(part.copy() for part in vars(self).values()))


def untouched(low: Floats, high: Floats, terms: Terms) -> Interval:
    """Those bounds, before anything is told of them."""
    nothing = np.full(len(low), -1, dtype=np.int64)
    return Interval(low.copy(), high.copy(), nothing, nothing.copy(), np.ones(terms.size, dtype=bool))


def propagate(terms: Terms, found: Interval, moved: Bools) -> None:
    """Move the bounds along the relations, as whole numbers, from the variables that have just `moved`."""
    for _ in range(ROUNDS):
        rows = np.zeros(terms.size, dtype=bool)
        rows[terms.row[moved[terms.var]]] = True
        rows &= found.alive
        some = np.flatnonzero(rows[terms.row])
        if not len(some):
            return
        offers = _offers(terms, found, some)
        if _distrusted(terms, found, some, *offers):
            continue
        moved = np.zeros_like(moved)
        _take(terms.var[some], terms.row[some], offers, found, moved)


def _offers(terms: Terms, found: Interval, some: Ints) -> tuple[Floats, Floats]:
    """What the relation of each of those terms says of its variable: at most, and at least."""
    row, var, positive = terms.row[some], terms.var[some], terms.sign[some] > 0
    low, high = found.low[var], found.high[var]
    least, most = np.where(positive, low, -high), np.where(positive, high, -low)
    total_least = np.bincount(row, least, minlength=terms.size)
    total_most = np.bincount(row, most, minlength=terms.size)
    above = terms.high[row] - (total_least[row] - least)
    below = terms.low[row] - (total_most[row] - most)
    return np.where(positive, above, -below), np.where(positive, below, -above)


def _distrusted(terms: Terms, found: Interval, some: Ints, up: Floats, down: Floats) -> bool:
    """Believe no more the relations that contradict the bounds, or, if none alone does, each other."""
    row, var = terms.row[some], terms.var[some]
    alone = (up < found.low[var] - 0.5) | (down > found.high[var] + 0.5)
    if not alone.any():
        least, most = found.high.copy(), found.low.copy()
        np.minimum.at(least, var, up)
        np.maximum.at(most, var, down)
        crossed = (most > least + 0.5)[var]
        alone = crossed & ((up < found.high[var] - 0.5) | (down > found.low[var] + 0.5))
    found.alive[row[alone]] = False
    return bool(alone.any())


def _take(var: Ints, row: Ints, offers: tuple[Floats, Floats], found: Interval, moved: Bools) -> None:
    """Take the best offers, and mark the variables whose bounds they moved."""
    up, down = offers
    for better, worth, bound, why, best in (
        (up < found.high[var] - 0.5, up, found.high, found.why_high, np.minimum),
        (down > found.low[var] + 0.5, down, found.low, found.why_low, np.maximum),
    ):
        best.at(bound, var[better], worth[better])
        gave = better & (worth == bound[var])
        why[var[gave]] = row[gave]
        moved[var[better]] = True
