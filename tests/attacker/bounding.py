"""The least and the most that each number may be: by passing bounds along relations, then by programmes."""

from dataclasses import dataclass

import numpy as np

from tests.attacker.system import Floats, Ints, Terms

LOTS = 1e9  # stands for no bound; sums of it stay exact
ROUNDS = 400


@dataclass
class Interval:
    """Bounds of each variable, and the relation that last moved each (-1: none)."""

    low: Floats
    high: Floats
    why_low: Ints
    why_high: Ints
    broken: Ints  # relations that what is shown contradicts, and that are believed no more


def propagated(terms: Terms, low: Floats, high: Floats) -> Interval:
    """Whole-number bounds, passed along the relations until none moves."""
    found = Interval(low.copy(), high.copy(), *(np.full(len(low), -1) for _ in range(2)), np.array([], int))
    alive = np.ones(terms.size, dtype=bool)
    by_var = np.argsort(terms.var, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(terms.var[by_var]) > 0])
    touched = terms.var[by_var][starts]
    for _ in range(ROUNDS):
        up, down = _offers(terms, found, alive)
        ups, downs = up[by_var], down[by_var]
        best_high = np.minimum.reduceat(ups, starts)
        best_low = np.maximum.reduceat(downs, starts)
        crossed = np.maximum(best_low, found.low[touched]) > np.minimum(best_high, found.high[touched]) + 0.5
        if crossed.any():
            at = np.isin(terms.var, touched[crossed])
            bad = at & ((up < found.low[terms.var] - 0.5) | (down > found.high[terms.var] + 0.5))
            bad |= at & ~bad.any() & ((up < found.high[terms.var]) | (down > found.low[terms.var]))
            alive[terms.row[bad]] = False
            continue
        moved = _taken(found, terms, by_var, starts, touched, ups, downs, best_high, best_low)
        if not moved:
            break
    found.broken = np.flatnonzero(~alive)
    return found


def _offers(terms: Terms, found: Interval, alive: np.ndarray) -> tuple[Floats, Floats]:
    """What each term's relation says of its variable: at most, and at least."""
    low, high, positive = found.low[terms.var], found.high[terms.var], terms.sign > 0
    least, most = np.where(positive, low, -high), np.where(positive, high, -low)
    total_least = np.bincount(terms.row, least, minlength=terms.size)
    total_most = np.bincount(terms.row, most, minlength=terms.size)
    above = terms.high[terms.row] - (total_least[terms.row] - least)
    below = terms.low[terms.row] - (total_most[terms.row] - most)
    is_alive = alive[terms.row]
    up = np.where(is_alive, np.where(positive, above, -below), np.inf)
    down = np.where(is_alive, np.where(positive, below, -above), -np.inf)
    return up, down


def _taken(found, terms, by_var, starts, touched, ups, downs, best_high, best_low) -> bool:
    """Move the bounds that an offer is better than; whether any moved."""
    lower = best_high < found.high[touched] - 0.5
    higher = best_low > found.low[touched] + 0.5
    of = np.searchsorted(starts, np.arange(len(by_var)), side="right") - 1
    for better, best, offers, why, bound in (
        (lower, best_high, ups, found.why_high, found.high),
        (higher, best_low, downs, found.why_low, found.low),
    ):
        gave = np.flatnonzero(better[of] & (offers == best[of]))
        why[terms.var[by_var[gave]]] = terms.row[by_var[gave]]
        bound[touched[better]] = best[better]
    return bool(lower.any() or higher.any())
