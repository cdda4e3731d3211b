"""What is withheld by rule when a small count can't be kept uncertain otherwise, a little more each time."""

from collections.abc import Callable

import numpy as np
import polars as pl

from bilan.disclosure.kpi.attack import finders_of
from bilan.disclosure.kpi.bounds import Bools
from bilan.disclosure.kpi.programme import TOTALS, Programme
from bilan.disclosure.kpi.quantities import UNKNOWN


def coarsen(programme: Programme, lacking: Bools, coarser: Callable[[Programme, int], pl.Expr]) -> None:
    """Withhold, of what rests on the cells that are lacking, all that the rule `coarser` says."""
    quantities, state = programme.quantities, programme.state
    resting = np.isin(quantities.rows, np.flatnonzero(lacking)).any(axis=1)
    asked = [coarser(programme, int(row)) for row in np.flatnonzero(resting)]
    wanted = programme.cells.select(pl.any_horizontal(asked)).to_series().to_numpy()
    closing = np.flatnonzero(wanted & state.is_open)
    named = programme.cells[closing].select("code", "breakdown", "by_territory", "period_kind").unique()
    programme.coarsened.extend(named.sort(pl.all()).to_dicts())
    at = quantities.rows[closing]
    state.hide(at[at != UNKNOWN])


def level_of(programme: Programme, row: int) -> pl.Expr:
    """The level of that figure: its indicator, breakdown and kind of period, by territory or not."""
    level = programme.cells[row].select("code", "breakdown", "by_territory", "period_kind").row(0, named=True)
    return pl.all_horizontal(pl.col(name).eq_missing(value) for name, value in level.items()) & ~TOTALS


def table_of(programme: Programme, row: int) -> pl.Expr:
    """The table of that figure, for every kind of period: by territory or not, the bilan's totals apart."""
    table = programme.cells[row].select("code", "breakdown", "by_territory").row(0, named=True)
    return pl.all_horizontal(pl.col(name).eq_missing(value) for name, value in table.items()) & ~TOTALS


def kind_of(programme: Programme, row: int) -> pl.Expr:
    """Every figure linked to that one, for its kind of period, the bilan's totals apart."""
    kind = pl.col("period_kind") == programme.cells["period_kind"][row]
    return pl.all_horizontal(kind, all_linked(programme, row), ~TOTALS)


def linked_details(programme: Programme, row: int) -> pl.Expr:
    """Every figure linked to that one but the bilan's totals."""
    return all_linked(programme, row) & ~TOTALS


def all_linked(programme: Programme, row: int) -> pl.Expr:
    """Every figure linked to that one."""
    finders = finders_of(programme.quantities)
    size = programme.quantities.grid.size
    linked = {int(cell) // size for cell in programme.quantities.rows[row] if cell != UNKNOWN}
    members = {member for quantity in linked for member in finders[quantity].members}
    resting = np.isin(programme.quantities.rows // size, sorted(members)) & (
        programme.quantities.rows != UNKNOWN
    )
    return pl.lit(pl.Series(resting.any(axis=1)))
