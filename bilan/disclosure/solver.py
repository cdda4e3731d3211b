"""Linear programmes, in whole numbers where asked (HiGHS, through scipy), answered by their data alone.

A programme in whole numbers ends after so many nodes of its tree, never after so many seconds, so that the
same is hidden on any machine. Time is only a reason to fail.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from bilan.errors import PlainError

SECONDS = 900.0  # of a programme that does not end: some hundred times what any takes
OPTIMAL, _STOPPED, UNBOUNDED = 0, 1, 3  # scipy's statuses
_TIME = "Time limit"


class SolverError(PlainError):
    """A programme took so long that something is wrong: nothing is protected, rather than otherwise."""


def solve(
    cost: npt.NDArray[np.float64],
    limits: LinearConstraint | list[LinearConstraint],
    bounds: Bounds,
    nodes: int | None = None,
    gap: float = 1e-4,
) -> OptimizeResult:
    """The least cost within those limits: scipy's result, of which `x` is None where none is found.

    With `nodes`, the unknowns are whole numbers, and the best found in so many nodes is given, proved the
    least, but for a share of `gap`, where `status` is OPTIMAL. SolverError for a programme that takes more
    than SECONDS.
    """
    options: dict[str, float] = {"time_limit": SECONDS}
    if nodes is not None:
        options |= {"node_limit": nodes, "mip_rel_gap": gap}
    whole = None if nodes is None else np.ones(len(cost))
    found = milp(cost, integrality=whole, bounds=bounds, constraints=limits, options=options)
    if found.status == _STOPPED and _TIME in found.message:
        raise SolverError(
            f"un programme de la protection n'a pas fini en {SECONDS:.0f} s : rien n'est protégé ; relancer "
            "quand la machine est moins chargée"
        )
    return found
