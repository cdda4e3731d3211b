"""Cells that one contributor nearly makes alone: to show them is to show its count."""

from typing import Any

import numpy as np

from bilan.disclosure.audit import Bools, Ints
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.system import PUBLIC


def dominated(counts: Ints, owners: Ints, sums: Any, rules: Rules) -> Bools:
    """Which rows the rules of dominance make sensitive; none where they are not asked for.

    `counts` and `owners` are per unknown (a contributor's index, or PUBLIC), `sums` rows by unknowns.
    By n and k: the n largest contributions are more than k % of the row. By p: what is left without the two
    largest is less than p % of the largest, so that the second estimates it within p %.
    """
    rows, contributors = sums.shape[0], 1 + int(owners.max(initial=PUBLIC))
    found = np.zeros(rows, dtype=bool)
    if contributors == 0 or (rules.dominance is None and rules.p_percent is None):
        return found
    shares = np.column_stack([sums @ (counts * (owners == at)) for at in range(contributors)])
    largest = -np.sort(-shares, axis=1)
    total = largest.sum(axis=1)
    if rules.dominance is not None:
        most, percent = rules.dominance
        found |= largest[:, :most].sum(axis=1) * 100 > percent * total
    if rules.p_percent is not None:
        left = total - largest[:, :2].sum(axis=1)
        found |= left * 100 < rules.p_percent * largest[:, 0]
    return np.asarray(found & (total > 0))
