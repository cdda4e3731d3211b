"""Another mind on published figures: what a reader can tell of one, by a solver, from the facts' own sums.

It knows that every figure adds up months, territories, kinds and partners, and nothing of how figures were
protected: unknown is how many facts there are of each month, territory, kind and partner.
"""

from itertools import product

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.unit.disclosure.figures.figures import Fact, day

ATOMS = ("month", "territory", "kind", "partner")


def bounds(
    facts: list[Fact], releases: list[pl.DataFrame], row: dict[str, object], *, holder: str | None = None
) -> tuple[int, int]:
    """The least and the most that a count may be worth to whoever reads those releases.

    `holder` is a partner, which knows what it told of each month and territory.
    """
    months = range(1 + max(fact.month for fact in facts))
    axes = [months, *(sorted({getattr(f, name) for f in facts}) for name in ATOMS[1:])]
    atoms = list(product(*axes))
    exact = np.array(
        [sum((f.month, f.territory, f.kind, f.partner) == atom for f in facts) for atom in atoms]
    )
    limits = [_limit(atoms, exact, told) for release in releases for told in release.iter_rows(named=True)]
    if holder:
        for month, territory in product(axes[0], axes[1]):
            line = np.array([float(a[0] == month and a[1] == territory and a[3] == holder) for a in atoms])
            limits.append((line, line @ exact, line @ exact))
    lines, low, high = (np.array(part) for part in zip(*limits, strict=True))
    aim = _line(atoms, row)
    ends = []
    for sign in (1, -1):
        done = milp(
            sign * aim,
            constraints=LinearConstraint(lines, low, high),
            bounds=Bounds(0, 1000),
            integrality=np.ones(len(atoms)),
        )
        assert done.status == 0, done.message
        ends.append(round(float(aim @ done.x)))
    return ends[0], ends[1]


def _limit(
    atoms: list[tuple[object, ...]], exact: np.ndarray, told: dict[str, object]
) -> tuple[np.ndarray, float, float]:
    line = _line(atoms, told)
    if told["status"] == "suppressed":
        return line, 0.0, np.inf
    return line, float(line @ exact), float(line @ exact)


def _line(atoms: list[tuple[object, ...]], told: dict[str, object]) -> np.ndarray:
    """Which facts a figure counts."""
    return np.array([float(_counts(atom, told)) for atom in atoms])


def _counts(atom: tuple[object, ...], told: dict[str, object]) -> bool:
    month, territory, kind, partner = atom
    assert isinstance(month, int)
    return bool(
        told["period_start"] <= day(month) <= told["period_end"]  # type: ignore[operator]
        and told["territory"] in (None, territory)
        and told["breakdown_value"] in (None, kind)
        and told["partner"] in (None, partner)
    )
