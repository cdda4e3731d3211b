"""What passing bounds leaves open, by programmes: is there a table where a number is `WIDTH` away?

One programme moves as many numbers as it can at once; the few that no programme moves are then looked at one
by one, in whole numbers, among the relations around them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from tests.attacker.bounding import LOTS, Bools, Interval, propagate
from tests.attacker.system import Floats, Ints, Terms

WIDTH = 3
CLOSE = 1e-6
SMALL_PIECE = 3_000  # unknowns up to which tables are looked for in whole numbers
SECONDS = 20.0  # for one programme
TURNS = 40
ENOUGH_MOVED = 0.95  # of those that were left: a turn that leaves more did not move enough
STUCK = 6  # turns in a row that did not
PATIENCE = 60.0  # seconds


@dataclass
class Piece:
    """Unknowns that relations hold together: `low` <= `matrix` @ x <= `high`, and the bounds of each x."""

    var: Ints
    row: Ints
    matrix: csr_matrix
    low: Floats
    high: Floats
    least: Floats
    most: Floats

    def keep(self, rows: Bools) -> None:
        """Only those relations."""
        self.matrix, self.row = self.matrix[rows], self.row[rows]
        self.low, self.high = self.low[rows], self.high[rows]

    def bounded(self, found: Interval) -> None:
        """The bounds of each x, as found since."""
        high = found.high[self.var]
        self.least, self.most = found.low[self.var], np.where(high >= LOTS / 2, np.inf, high)

    def solved(self, cost: Floats, *, whole: bool, matrix=None, low=None, high=None, least=None, most=None):
        """The x of least cost, or None; the matrix and the bounds may be widened for more unknowns."""
        matrix = self.matrix if matrix is None else matrix
        extra = matrix.shape[1] - len(self.var)
        done = milp(
            cost,
            constraints=LinearConstraint(
                matrix, self.low if low is None else low, self.high if high is None else high
            ),
            bounds=Bounds(self.least if least is None else least, self.most if most is None else most),
            integrality=np.r_[np.full(len(self.var), float(whole)), np.zeros(extra)],
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0 if not extra else 0.05},
        )
        return done


def narrow(terms: Terms, found: Interval, wanted: Bools, seconds: float = PATIENCE) -> Bools:
    """Narrow the bounds of the `wanted` variables that programmes cannot tell to be `WIDTH` wide.

    Says which of them stay in doubt when the time is up: nothing moved them, and nothing proved them narrow.
    """
    until = time.monotonic() + seconds
    doubtful = np.zeros_like(wanted)
    for piece in sorted(pieces(terms, found), key=lambda one: len(one.var)):
        left = np.flatnonzero(wanted[piece.var] & (piece.most - piece.least > WIDTH - 0.5))
        if len(left) and time.monotonic() < until and _made_feasible(piece, found):
            seen = _moved(piece, left, until)
            left = _looked_at_alone(terms, found, piece, _still(seen, left), seen, until)
        doubtful[piece.var[left]] = True
    return doubtful


def _still(seen: Floats, of: Ints) -> Ints:
    """Those of the unknowns that were not seen `WIDTH` away from where they also were."""
    return of[(seen[1] - seen[0])[of] < WIDTH - CLOSE]


def _looked_at_alone(
    terms: Terms, found: Interval, piece: Piece, left: Ints, seen: Floats, until: float
) -> Ints:
    """Bound those unknowns one after another, telling each time what it says of the others; those left."""
    while len(left) and time.monotonic() < until:
        at, var = left[0], piece.var[left[0]]
        low, high = _alone(piece, int(at), seen)
        moved = np.zeros(len(found.low), dtype=bool)
        if max(low, found.low[var]) <= min(high, found.high[var]):
            moved[var] = low > found.low[var] or high < found.high[var]
            found.low[var], found.high[var] = max(low, found.low[var]), min(high, found.high[var])
            propagate(terms, found, moved)
        piece.bounded(found)
        left = _still(seen, left[1:])
        left = left[(piece.most - piece.least)[left] > WIDTH - 0.5]
    return left


def pieces(terms: Terms, found: Interval) -> Iterator[Piece]:
    """The unknowns that hold together, and their relations."""
    unknown = found.low < found.high - 0.5
    kept = unknown[terms.var] & found.alive[terms.row]
    size = len(unknown)
    both = csr_matrix((np.ones(kept.sum()), (terms.row[kept] + size, terms.var[kept])), shape=(size + terms.size,) * 2)
    _, label = connected_components(both, directed=False)
    of_var, of_row = label[:size], label[size:]
    order = np.argsort(np.where(unknown, of_var, -1), kind="stable")[(~unknown).sum() :]
    for var in np.split(order, np.flatnonzero(np.diff(of_var[order])) + 1):
        if len(var) > 1:
            yield _piece(terms, found, var, np.flatnonzero((of_row == of_var[var[0]]) & found.alive))


def _piece(terms: Terms, found: Interval, var: Ints, row: Ints) -> Piece:
    """Those unknowns, with what they make together once what is known is taken away."""
    start, stop = np.searchsorted(terms.row, row), np.searchsorted(terms.row, row, side="right")
    some = np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)])
    place = np.full(len(found.low), -1, dtype=np.int64)
    place[var] = np.arange(len(var))
    line, column = np.searchsorted(row, terms.row[some]), place[terms.var[some]]
    known = column < 0
    told = np.bincount(line[known], (terms.sign[some] * found.low[terms.var[some]])[known], minlength=len(row))
    matrix = csr_matrix((terms.sign[some][~known], (line[~known], column[~known])), shape=(len(row), len(var)))
    most = np.where(found.high[var] >= LOTS / 2, np.inf, found.high[var])
    return Piece(var, row, matrix, terms.low[row] - told, terms.high[row] - told, found.low[var], most)


def _made_feasible(piece: Piece, found: Interval) -> bool:
    """Believe no more the relations that no table can keep together with the others; whether one remains."""
    for _ in range(3):
        if piece.solved(np.zeros(len(piece.var)), whole=False).x is not None:
            return True
        lines = eye_array(len(piece.row))
        wide = csr_matrix(hstack([piece.matrix, lines, -lines]))
        free = np.zeros(2 * len(piece.row))
        least, most = np.r_[piece.least, free], np.r_[piece.most, free + np.inf]
        cost = np.r_[np.zeros(len(piece.var)), free + 1]
        done = piece.solved(cost, whole=False, matrix=wide, least=least, most=most)
        if done.x is None:
            return False
        kept = done.x[len(piece.var) :].reshape(2, -1).sum(axis=0) < CLOSE
        found.alive[piece.row[~kept]] = False
        piece.keep(kept)
    return False


def _moved(piece: Piece, of: Ints, until: float) -> Floats:
    """The least and the most that each unknown of a piece was in the tables that move those of interest.

    All are moved together; where that moves none far enough, fewer and fewer of them, drawn with a seed.
    """
    whole = len(piece.var) <= SMALL_PIECE
    seen = np.array([np.full(len(piece.var), np.inf), np.full(len(piece.var), -np.inf)])
    draw = np.random.default_rng(len(piece.var))
    left, stuck = of, 0
    for turn in range(TURNS):
        fewer = max(1, len(left) // 4 ** ((stuck + 1) // 2))
        some = left if not stuck else draw.choice(left, fewer, replace=False)
        _see(_moving(piece, some, seen, up=turn % 2 == 1, whole=whole), seen)
        before, left = len(left), _still(seen, of)
        stuck = 0 if len(left) < ENOUGH_MOVED * before else stuck + 1
        if not len(left) or stuck > STUCK or time.monotonic() > until:
            break
    return seen


def _see(point: Floats | None, seen: Floats) -> None:
    if point is not None:
        seen[0], seen[1] = np.minimum(seen[0], point), np.maximum(seen[1], point)


def _moving(piece: Piece, left: Ints, seen: Floats, *, up: bool, whole: bool) -> Floats | None:
    """A table where as many as can be of those unknowns are `WIDTH` above, or below, where they were seen."""
    count, many = len(piece.var), len(left)
    pick = csr_matrix((np.ones(many), (np.arange(many), left)), shape=(many, count))
    wide = csr_matrix(
        vstack([hstack([piece.matrix, csr_matrix((len(piece.row), many))]), hstack([pick, -eye_array(many)])])
    )
    none = np.zeros(many)
    first = np.isinf(seen[0][left])
    if up:
        least, most = none - LOTS, seen[0][left] + WIDTH
    else:
        least, most = np.where(first, -LOTS, seen[1][left] - WIDTH), none + np.inf
    done = piece.solved(
        np.r_[np.zeros(count), none + (-1 if up else 1)],
        whole=whole,
        matrix=wide,
        low=np.r_[piece.low, none if up else none - np.inf],
        high=np.r_[piece.high, none + np.inf if up else none],
        least=np.r_[piece.least, least],
        most=np.r_[piece.most, most],
    )
    return None if done.x is None else done.x[:count]


def _alone(piece: Piece, at: int, seen: Floats) -> tuple[float, float]:
    """Bounds of one unknown, in whole numbers if the piece is small; adds the tables found to those `seen`."""
    whole = len(piece.var) <= SMALL_PIECE
    aim = np.zeros(len(piece.var))
    ends = []
    for side in (1.0, -1.0):
        aim[at] = side
        done = piece.solved(aim, whole=whole)
        _see(done.x, seen)
        ends.append(side * done.mip_dual_bound if done.mip_dual_bound is not None else -side * np.inf)
    return float(np.ceil(ends[0] - CLOSE)), float(np.floor(ends[1] + CLOSE))
