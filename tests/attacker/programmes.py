"""What passing bounds leaves open, by programmes: is there a table where a number is `WIDTH` away?

One programme moves as many numbers as it can at once. The few that none moves are then bounded one by one.
"""

import time

import numpy as np

from tests.attacker.bounding import LOTS, Bools, Interval, propagate
from tests.attacker.pieces import CLOSE, Piece, made_feasible, pieces
from tests.attacker.system import Floats, Ints, Terms

WIDTH = 3
SMALL_PIECE = 3_000  # unknowns up to which tables are looked for in whole numbers; beyond, with fractions
TURNS = 40
ENOUGH_MOVED = 0.95  # of those that were left: a turn that leaves more did not move enough
STUCK = 6  # turns in a row that did not
PATIENCE = 60.0  # seconds


def narrow(terms: Terms, found: Interval, wanted: Bools, seconds: float = PATIENCE) -> Bools:
    """Narrow the bounds of the `wanted` variables that programmes cannot tell to be `WIDTH` wide.

    Says which of them stay in doubt when the time is up: nothing moved them, and nothing proved them narrow.
    """
    until = time.monotonic() + seconds
    doubtful = np.zeros_like(wanted)
    for piece in pieces(terms, found):
        left = np.flatnonzero(wanted[piece.var] & (piece.width > WIDTH - 0.5))
        if len(left) and time.monotonic() < until and made_feasible(piece, found):
            seen = _moved(piece, left, until)
            left = _still(seen, left)
            while len(left) and time.monotonic() < until:
                _look_alone(terms, found, piece, int(left[0]), seen)
                left = _still(seen, left[1:])
                left = left[piece.width[left] > WIDTH - 0.5]
        doubtful[piece.var[left]] = True
    return doubtful


def _still(seen: Floats, of: Ints) -> Ints:
    """Those of the unknowns that were not seen `WIDTH` away from where they also were."""
    still: Ints = of[(seen[1] - seen[0])[of] < WIDTH - CLOSE]
    return still


def _moved(piece: Piece, of: Ints, until: float) -> Floats:
    """The least and the most that each unknown of a piece was in the tables that move those of interest.

    All are moved together; where that moves none far enough, fewer and fewer of them, drawn with a seed.
    """
    seen = np.array([np.full(piece.size, np.inf), np.full(piece.size, -np.inf)])
    draw = np.random.default_rng(piece.size)
    left, stuck = of, 0
    for turn in range(TURNS):
        fewer = max(1, len(left) // 4 ** ((stuck + 1) // 2))
        some = left if not stuck else draw.choice(left, fewer, replace=False)
        _move(piece, some, seen, up=turn % 2 == 1)
        before, left = len(left), _still(seen, of)
        stuck = 0 if len(left) < ENOUGH_MOVED * before else stuck + 1
        if not len(left) or stuck > STUCK or time.monotonic() > until:
            break
    return seen


def _move(piece: Piece, of: Ints, seen: Floats, *, up: bool) -> None:
    """See a table where as many of those as can be are `WIDTH` above, or below, where they were seen."""
    many = len(of)
    if up:
        least, most = np.full(many, -LOTS), seen[0][of] + WIDTH
    else:
        least = np.where(np.isinf(seen[1][of]), -LOTS, seen[1][of] - WIDTH)
        most = np.full(many, np.inf)
    aims = piece.programme.with_aims(of, least, most, up=up)
    cost = np.r_[np.zeros(piece.size), np.full(many, -1.0 if up else 1.0)]
    _see(aims.solved(cost, _whole(piece)).x, piece, seen)


def _look_alone(terms: Terms, found: Interval, piece: Piece, at: int, seen: Floats) -> None:
    """Bound one unknown, and pass on what that says of the others; the tables it takes are `seen` too."""
    aim = np.zeros(piece.size)
    ends = []
    for side in (1.0, -1.0):
        aim[at] = side
        done = piece.programme.solved(aim, _whole(piece))
        _see(done.x, piece, seen)
        ends.append(-np.inf if done.mip_dual_bound is None else done.mip_dual_bound)
    var = piece.var[at]
    low = max(np.ceil(ends[0] - CLOSE), found.low[var])
    high = min(np.floor(CLOSE - ends[1]), found.high[var])
    moved = np.zeros(len(found.low), dtype=bool)
    if low <= high:
        moved[var] = low > found.low[var] or high < found.high[var]
        found.low[var], found.high[var] = low, high
        propagate(terms, found, moved)
    piece.take(found)


def _whole(piece: Piece) -> int:
    """How many unknowns of a piece are looked for in whole numbers."""
    return piece.size if piece.size <= SMALL_PIECE else 0


def _see(point: Floats | None, piece: Piece, seen: Floats) -> None:
    if point is not None:
        seen[0] = np.minimum(seen[0], point[: piece.size])
        seen[1] = np.maximum(seen[1], point[: piece.size])
