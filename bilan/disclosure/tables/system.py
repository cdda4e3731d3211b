"""A set of published sums, as whoever would subtract their way into it knows it: nothing else decides.

The unknowns are counts of inner cells, each in one version: a count corrected between two releases is two
unknowns. The rows are sums of unknowns: the cells of the table to release, then those of the releases
that are still out and that say something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PUBLIC = -1  # the attacker who has no cell of its own


@dataclass(frozen=True)
class System:
    """n unknowns and m rows; row r is worth the sum of the unknowns of `sums[r]`."""

    counts: Ints  # n: the exact value of each unknown
    owners: Ints  # n: who knows that unknown, as an index in `contributors`; PUBLIC for nobody
    sums: Any  # m by n, scipy CSR of 0 and 1
    least: Ints  # m: what anyone knows that the row is at least, once hidden
    fixed: Bools  # m: shown for ever, by this release or one still out
    forced: Bools  # m: hidden whatever happens
    sensitive: Bools  # m: must stay uncertain by the width asked
    contributors: tuple[str, ...] = ()

    @property
    def values(self) -> Ints:
        """m: the exact value of each row."""
        return np.asarray(self.sums @ self.counts, dtype=np.int64)

    @property
    def attackers(self) -> tuple[int, ...]:
        """The public, then each contributor."""
        return (PUBLIC, *range(len(self.contributors)))

    def name_of(self, attacker: int) -> str:
        """« public », or the contributor's name."""
        return "public" if attacker == PUBLIC else self.contributors[attacker]

    def open_to(self, attacker: int) -> Bools:
        """n: the unknowns that this attacker does not hold."""
        if attacker == PUBLIC:
            return np.ones(len(self.counts), dtype=bool)
        return np.asarray(self.owners != attacker)

    def to_protect_from(self, attacker: int) -> Bools:
        """m: the sensitive rows that this attacker does not know already by being all of it."""
        if attacker == PUBLIC:
            return self.sensitive
        others = np.asarray(self.sums @ (self.counts * self.open_to(attacker)))
        return np.asarray(self.sensitive & (others > 0))


def matrix(members: Sequence[Sequence[int]], unknowns: int) -> Any:
    """The CSR matrix whose row r has a 1 at each index of `members[r]`."""
    lengths = [len(row) for row in members]
    columns = np.concatenate([np.asarray(row, dtype=np.int64) for row in members] or [np.zeros(0, np.int64)])
    pointers = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return sp.csr_matrix((ones, columns, pointers), shape=(len(members), unknowns))
