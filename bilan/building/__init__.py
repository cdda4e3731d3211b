"""Make figures with dbt, and a candidate of them: what a command and Dagster do alike.

`dbt` runs the project, `figures` brings the warehouse up to date or builds it as of a date, `candidate`
has it examined and frozen, `lineage` and `moved` tell where a figure comes from and why it moved.
"""
