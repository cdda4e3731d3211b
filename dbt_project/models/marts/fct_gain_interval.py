"""How sure the mean gain of knowledge is: one row per cell that has any."""

from bilan.warehouse.intervals import intervals_of_cells


def model(dbt, session):
    """The interval of each cell of `fct_gain`; the statistics are in `bilan.warehouse.intervals`."""
    dbt.config(materialized="table", contract={"enforced": False})
    return intervals_of_cells(dbt.ref("fct_gain").pl()).to_arrow()
