"""The unknowns that relations hold together, as programmes that a solver takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_matrix, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from tests.attacker.bounding import LOTS, Bools, Interval
from tests.attacker.system import Floats, Ints, Terms

CLOSE = 1e-6
SECONDS = 20.0  # for one programme
TRIES = 3


@dataclass(frozen=True)
class Programme:
    """Whole numbers x such that `low` <= `matrix` @ x <= `high` and `least` <= x <= `most`."""

    matrix: csr_matrix
    low: Floats
    high: Floats
    least: Floats
    most: Floats

    def solved(self, cost: Floats, whole: int) -> OptimizeResult:
        """The x of least cost; the first `whole` of them whole numbers."""
        return milp(
            cost,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            bounds=Bounds(self.least, self.most),
            integrality=(np.arange(len(cost)) < whole).astype(float),
            options={"time_limit": SECONDS},
        )

    def with_slack(self) -> "Programme":
        """The same, where each relation may be missed by what two more unknowns say."""
        lines, free = eye_array(len(self.low)), np.zeros(2 * len(self.low))
        matrix = csr_matrix(hstack([self.matrix, lines, -lines]))
        least, most = np.r_[self.least, free], np.r_[self.most, free + np.inf]
        return replace(self, matrix=matrix, least=least, most=most)

    def with_aims(self, of: Ints, least: Floats, most: Floats, *, up: bool) -> "Programme":
        """The same with one more unknown, of those bounds, for each of some: at most it, or at least it."""
        many, none = len(of), np.zeros(len(of))
        pick = csr_matrix((np.ones(many), (np.arange(many), of)), shape=(many, len(self.least)))
        above = hstack([self.matrix, csr_matrix((len(self.low), many))])
        return Programme(
            csr_matrix(vstack([above, hstack([pick, -eye_array(many)])])),
            np.r_[self.low, none if up else none - np.inf],
            np.r_[self.high, none + np.inf if up else none],
            np.r_[self.least, least],
            np.r_[self.most, most],
        )


@dataclass
class Piece:
    """Unknowns that relations hold together: which variables, by which relations, and their programme."""

    var: Ints
    row: Ints
    programme: Programme

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return len(self.var)

    @property
    def width(self) -> Floats:
        """How far apart the bounds of each are."""
        return self.programme.most - self.programme.least

    def take(self, found: Interval) -> None:
        """The bounds of each unknown, as found since."""
        least, most = found.low[self.var], _unbounded(found.high[self.var])
        self.programme = replace(self.programme, least=least, most=most)

    def forget(self, rows: Bools) -> None:
        """Without those relations."""
        told = self.programme
        kept = ~rows
        self.row = self.row[kept]
        self.programme = replace(told, matrix=told.matrix[kept], low=told.low[kept], high=told.high[kept])


def pieces(terms: Terms, found: Interval) -> Iterator[Piece]:
    """What the unknowns fall into, the small ones first."""
    unknown = found.low < found.high - 0.5
    kept = unknown[terms.var] & found.alive[terms.row]
    size = len(unknown)
    ends = terms.row[kept] + size, terms.var[kept]
    links = csr_matrix((np.ones(kept.sum()), ends), shape=(size + terms.size,) * 2)
    _, label = connected_components(links, directed=False)
    of_var, of_row = label[:size], label[size:]
    order = np.argsort(np.where(unknown, of_var, -1), kind="stable")[(~unknown).sum() :]
    groups = np.split(order, np.flatnonzero(np.diff(of_var[order])) + 1)
    for var in sorted(groups, key=len):
        row = np.flatnonzero((of_row == of_var[var[0]]) & found.alive) if len(var) else var
        if len(row):
            yield _piece(terms, found, var, row)


def _piece(terms: Terms, found: Interval, var: Ints, row: Ints) -> Piece:
    """Those unknowns, with what they make together once what is known is taken away."""
    start, stop = np.searchsorted(terms.row, row), np.searchsorted(terms.row, row, side="right")
    some = np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)])
    place = np.full(len(found.low), -1, dtype=np.int64)
    place[var] = np.arange(len(var))
    line, sign, of = np.searchsorted(row, terms.row[some]), terms.sign[some], terms.var[some]
    known, open_ones = place[of] < 0, place[of] >= 0
    told = np.bincount(line[known], (sign * found.low[of])[known], minlength=len(row))
    at = line[open_ones], place[of][open_ones]
    matrix = csr_matrix((sign[open_ones], at), shape=(len(row), len(var)))
    bounds = terms.low[row] - told, terms.high[row] - told, found.low[var], _unbounded(found.high[var])
    return Piece(var, row, Programme(matrix, *bounds))


def _unbounded(high: Floats) -> Floats:
    return np.where(high >= LOTS / 2, np.inf, high)


def made_feasible(piece: Piece, found: Interval) -> bool:
    """Believe no more the relations that no table can keep together with the others; whether one remains."""
    for _ in range(TRIES):
        if piece.programme.solved(np.zeros(piece.size), 0).x is not None:
            return True
        missed = 2 * len(piece.row)
        done = piece.programme.with_slack().solved(np.r_[np.zeros(piece.size), np.ones(missed)], 0)
        if done.x is None:
            return False
        missing = done.x[piece.size :].reshape(2, -1).sum(axis=0) > CLOSE
        found.alive[piece.row[missing]] = False
        piece.forget(missing)
    return False
