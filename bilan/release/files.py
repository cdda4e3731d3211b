"""The published DuckDB files: aggregated KPI tables, and nothing else."""

from pathlib import Path

import duckdb
import polars as pl

from bilan.release.schema import KPI_AFFICHAGE, KPI_CATALOGUE, KPI_VALUES, TABLES, Table


def write_public(file: Path, rows: pl.DataFrame, catalogue: pl.DataFrame, info: tuple[object, ...]) -> None:
    """Create `file` with its tables. `rows` are those of `kpi_affichage`; `info` is that of `build_info`."""
    with duckdb.connect(file) as target:
        for table in TABLES:
            target.execute(table.ddl)
        target.execute("INSERT INTO main.build_info VALUES (?, ?, ?, ?, ?, ?, ?)", info)
        _insert_figures(target, rows, catalogue)


def append_figures(file: Path, rows: pl.DataFrame, catalogue: pl.DataFrame) -> None:
    """Add rows to a file that `write_public` made."""
    with duckdb.connect(file) as target:
        _insert_figures(target, rows, catalogue)


def _insert_figures(target: duckdb.DuckDBPyConnection, rows: pl.DataFrame, catalogue: pl.DataFrame) -> None:
    """Write figures, bare and in words, and what the catalogue says of those that it did not speak of yet."""
    there = target.execute("SELECT code FROM main.kpi_catalogue").pl()
    new = catalogue.join(rows, on="code", how="semi").join(there, on="code", how="anti")
    _insert(target, KPI_CATALOGUE, new)
    _insert(target, KPI_VALUES, rows)
    _insert(target, KPI_AFFICHAGE, rows)


def _insert(target: duckdb.DuckDBPyConnection, table: Table, rows: pl.DataFrame) -> None:
    """Append the table's columns of `rows`, by name."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    target.register("rows", rows.select(*table.columns).to_arrow())
    target.execute(f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM rows")  # noqa: S608
    target.unregister("rows")
