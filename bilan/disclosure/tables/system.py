"""A set of published sums, as whoever would subtract their way into it knows it: nothing else decides.

The unknowns are counts of inner cells, each in one version: a count corrected between two releases is two
unknowns. The rows are sums of unknowns: the cells of the table to release, then those of the releases
that are still out and that say something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from bilan.disclosure import audit
from bilan.disclosure.audit import Attacker, Audit, Bools, Change, Ints, Reach, matrix_of

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
        return audit.PUBLIC if attacker == PUBLIC else self.contributors[attacker]

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

    def audit(self, hidden: Bools) -> Audit:
        """What changes are held against where the rows of `hidden` are; its cells are unknowns, then rows."""
        rows, unknowns = self.sums.shape
        nothing, no_row = np.zeros(unknowns + rows, dtype=np.int64), np.zeros(rows, dtype=bool)
        return Audit(
            counts=np.concatenate([self.counts, self.values]),
            equations=sp.hstack([self.sums, -sp.identity(rows, dtype=np.int64)], format="csr"),
            known=np.concatenate([np.zeros(unknowns, dtype=bool), ~hidden]),
            least=np.concatenate([np.zeros(unknowns, dtype=np.int64), self.least]),
            attackers=[
                Attacker(self.name_of(one), nothing, np.concatenate([~self.open_to(one), no_row]))
                for one in self.attackers
            ],
        )

    def reach(self, hidden: Bools, changes: Sequence[Change]) -> Reach:
        """What those changes of unknowns prove of each row, per attacker, where the rows of `hidden` are."""
        proved = self.audit(hidden).reach(self.moved(changes))
        given = len(self.counts)
        return Reach(proved.up[:, given:], proved.down[:, given:], proved.unsound)

    def moved(self, changes: Sequence[Change]) -> Any:
        """n + m by changes (scipy CSC): what each adds to each unknown, then to each row."""
        of_unknowns = matrix_of(changes, len(self.counts))
        moved = sp.vstack([of_unknowns, self.sums @ of_unknowns], format="csc")
        moved.eliminate_zeros()
        return moved

    def moved_rows(self, changes: Sequence[Change]) -> Any:
        """m by changes (scipy CSR): what each adds to each row."""
        return self.moved(changes)[len(self.counts) :].tocsr()


def matrix(members: Sequence[Sequence[int]], unknowns: int) -> Any:
    """The CSR matrix whose row r has a 1 at each index of `members[r]`."""
    lengths = [len(row) for row in members]
    columns = np.concatenate([np.asarray(row, dtype=np.int64) for row in members] or [np.zeros(0, np.int64)])
    pointers = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    return sp.csr_matrix((ones, columns, pointers), shape=(len(members), unknowns))
