"""Which figures change with one, and which way, so that every split still adds up at the least cost."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from bilan.disclosure.kpi.quantities import Split

Floats = npt.NDArray[np.float64]
A_CHANGE = 1e-3  # what a change of nothing that is shown costs: the fewer change, the more attackers believe
HALF = 0.5


class Signs:
    """The splits of one set of linked quantities, as equations on a sign for each of them."""

    def __init__(self, members: Sequence[int], splits: Sequence[Split]) -> None:
        self._place = {quantity: at for at, quantity in enumerate(members)}
        rows = [(whole, split.parts) for split in splits for whole in split.wholes]
        equations = np.zeros((len(rows), len(members)))
        for row, (whole, parts) in enumerate(rows):
            equations[row, [self._place[part] for part in parts]] = 1.0
            equations[row, self._place[whole]] -= 1.0
        self._members = tuple(members)
        self._equations = sp.csr_matrix(np.hstack([equations, -equations]))  # each goes up, or down

    def cheapest(self, quantity: int, sign: int, up: Floats, down: Floats, never: float) -> dict[int, int]:
        """The signs of what changes with that quantity; none where that cannot be.

        `up` and `down` are the costs of either change for each member; at `never` it may not be.
        """
        costs, place = np.concatenate([up, down]), self._place[quantity]
        least, most = np.zeros(len(costs)), np.where(costs >= never, 0.0, 1.0)
        asked, opposite = (place, place + len(up))[::sign]
        least[asked], most[opposite] = 1.0, 0.0
        if most[asked] < 1.0:
            return {}
        found = milp(
            np.where(most > 0, costs, 0.0) + A_CHANGE,
            integrality=np.ones(len(costs)),
            bounds=Bounds(least, most),
            constraints=LinearConstraint(self._equations, 0.0, 0.0),
        )
        if found.x is None:
            return {}
        ups, downs = np.split(found.x > HALF, 2)
        return {member: int(ups[at]) - int(downs[at]) for at, member in enumerate(self._members)
                if ups[at] != downs[at]}  # fmt: skip
