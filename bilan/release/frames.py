"""Frames of the tables that are frozen and published: the same columns, in their order and types."""

from collections.abc import Mapping

import polars as pl

from bilan.dashboards.tables import Table

_POLARS: Mapping[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "DATE": pl.Date(),
    "DOUBLE": pl.Float64(),
    "BIGINT": pl.Int64(),
    "INTEGER": pl.Int32(),
    "BOOLEAN": pl.Boolean(),
    "TIMESTAMP": pl.Datetime("us"),
}


def schema_of(table: Table) -> dict[str, pl.DataType]:
    """The table's columns with their types in a frame."""
    return {name: _POLARS[kind] for name, kind in table.columns.items()}


def nothing(table: Table) -> pl.DataFrame:
    """No row of the table."""
    return pl.DataFrame(schema=schema_of(table))


def shaped(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """The table's columns of `rows`, in its order and types."""
    return rows.select(pl.col(name).cast(kind) for name, kind in schema_of(table).items())
