"""How long youths stayed short of the tertiary axis: Kaplan-Meier, one row per cell that has any."""

from bilan.warehouse.survival import survival_of_cells


def model(dbt, session):
    """The estimates of each cell of `fct_watch`; the statistics are in `bilan.warehouse.survival`."""
    dbt.config(materialized="table", contract={"enforced": False})
    return survival_of_cells(dbt.ref("fct_watch").pl()).to_arrow()
