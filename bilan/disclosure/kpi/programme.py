"""The figures of one programme under protection: what is shown, what is fixed, what must stay uncertain."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from bilan.disclosure.kpi.bounds import Bools, Ints, Orders, limits
from bilan.disclosure.kpi.levels import LEVEL
from bilan.disclosure.kpi.proof import Change
from bilan.disclosure.kpi.quantities import UNKNOWN, Quantities, grid_of, quantities_of
from bilan.disclosure.kpi.state import State
from bilan.disclosure.rules import SMALLEST_SHOWN, WIDTH, WIDTH_AT_BOUNDS

SUPPRESSED = "suppressed"
TOLD = ("value", "true_zero", "missing")  # statuses that tell a count
# What a bilan opens with: withheld by rule only when nothing else is left.
TOTALS = (
    pl.col("territory").is_null()
    & pl.col("breakdown").is_null()
    & pl.col("period_kind").is_in(["total", "phase"])
)


@dataclass
class Programme:
    """One programme under protection."""

    cells: pl.DataFrame
    quantities: Quantities
    state: State
    sensitive: Bools
    width: Ints  # per flat cell: how uncertain it must stay
    partners: tuple[str, ...]
    orders: Orders
    changes: list[Change] = field(default_factory=list)
    coarsened: list[dict[str, Any]] = field(default_factory=list)
    already_public: int = 0
    unsound: int = 0


def prepared(cells: pl.DataFrame, at_bounds: frozenset[str], *, alone: bool = False) -> Programme:
    """What is shown to begin with, what is fixed by releases still out, and what must stay uncertain.

    `alone`: as if no release were out. `at_bounds` are the codes whose rates may be at 0 or 100 %.
    """
    quantities = quantities_of(cells, grid_of(cells))
    public = (cells["partner"].is_null() & cells["status"].is_in(TOLD)).to_numpy()
    offered = public & (cells["release"] == 0).to_numpy() & ~cells["withheld"].to_numpy()
    hidden = (cells["was"] == SUPPRESSED).fill_null(value=False).to_numpy() & (not alone)
    shown = public & (cells["was"].is_not_null().to_numpy() & ~hidden) & (not alone)
    readable = offered & ~hidden | shown
    state = _state(cells, quantities, np.flatnonzero(readable))
    small = (state.counts > 0) & (state.counts < SMALLEST_SHOWN)
    asked = _resting(quantities, offered | shown)
    if not alone:
        asked |= _before(cells, quantities)
    bounds = _at_bounds(cells, quantities, offered, at_bounds)
    sensitive = asked & small | bounds
    state.tell(_resting(quantities, shown), bounds)
    state.hide(np.flatnonzero(sensitive))
    state.keep(quantities.rows[cells.select(TOTALS).to_series().to_numpy() & readable])
    return Programme(
        cells,
        quantities,
        state,
        sensitive & ~state.known,
        np.where(small, WIDTH, WIDTH_AT_BOUNDS),
        tuple(sorted({holder for holder in quantities.holder if holder is not None})),
        Orders(quantities),
        already_public=int((sensitive & state.known).sum()),
    )


def _state(cells: pl.DataFrame, quantities: Quantities, readable: Ints) -> State:
    """The cells, with the limits that keep every part below its whole."""
    state = State(quantities, readable, _free(cells, quantities))
    least, most = limits(quantities, np.ones_like(state.fixed))
    state.least = np.maximum(state.least, np.minimum(least, state.counts))
    state.most = np.maximum(most, state.counts)
    return state


def _resting(quantities: Quantities, rows: Bools) -> Bools:
    """The cells that those rows rest on."""
    found = np.zeros(quantities.counts.size, dtype=bool)
    at = quantities.rows[rows]
    found[at[at != UNKNOWN]] = True
    return found


def _free(cells: pl.DataFrame, quantities: Quantities) -> Bools:
    """The cells that no reader has, filled or not: a partner's own, and those of a level that is withheld."""
    grid = quantities.grid
    free = np.zeros(quantities.counts.shape, dtype=bool)
    free[[at for at, holder in enumerate(quantities.holder) if holder is not None]] = True
    kinds = np.array([kind for kind, _ in grid.periods])
    withheld = cells["withheld"].to_numpy()
    shown_levels: dict[int, set[tuple[bool, str]]] = {}
    named = zip(quantities.rows, cells["by_territory"], cells["period_kind"], withheld, strict=True)
    for row, by_territory, kind, out in named:
        for cell in row:
            if cell != UNKNOWN and not out:
                shown_levels.setdefault(int(cell) // grid.size, set()).add((by_territory, kind))
    for quantity in range(len(free)):
        levels = shown_levels.get(quantity, set())
        for kind in set(kinds):
            if (False, kind) not in levels:
                free[quantity, -1, kinds == kind] = True
            if (True, kind) not in levels:
                free[quantity, :-1, kinds == kind] = True
    return np.asarray(free.ravel())


def _before(cells: pl.DataFrame, quantities: Quantities) -> Bools:
    """The cells that a release still out hid among others that it showed, or a level withheld since."""
    shown = pl.col("was").is_not_null() & (pl.col("was") != SUPPRESSED)
    told = shown.any().over(*LEVEL) & (pl.col("was") == SUPPRESSED) & pl.col("partner").is_null()
    return _resting(quantities, cells.select(told.fill_null(value=False)).to_series().to_numpy())


def _at_bounds(cells: pl.DataFrame, quantities: Quantities, rows: Bools, excepted: frozenset[str]) -> Bools:
    """The empty cells of rates of persons at 0 or at 100 %: all of a group, or none, is like the others."""
    found = np.zeros(quantities.counts.size, dtype=bool)
    of_persons = (cells["format"] == "rate") & (cells["n_persons"] >= SMALLEST_SHOWN)
    asked = of_persons & ~cells["code"].is_in(sorted(excepted))
    rates = rows & asked.fill_null(value=False).to_numpy()
    counts = quantities.counts.ravel()
    for part in (0, 3):  # what the rate counts, and what it leaves out
        at = quantities.rows[rates, part]
        at = at[at != UNKNOWN]
        found[at[counts[at] == 0]] = True
    return found
