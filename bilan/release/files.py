"""The published DuckDB files: aggregated KPI tables, and nothing else."""

from pathlib import Path

import duckdb
import polars as pl

from bilan.release.exact import Exact
from bilan.release.labels import with_words
from bilan.release.schema import (
    BUILD_INFO,
    KPI_AFFICHAGE,
    KPI_CATALOGUE,
    KPI_VALUES,
    SHOWN_OF_THE_CATALOGUE,
    TABLES,
    Table,
)


def write_public(file: Path, cells: pl.DataFrame, exact: Exact, info: tuple[object, ...]) -> None:
    """Create `file` with the four tables. `info` is the row of `build_info`, in its order."""
    published = cells["code"].unique().to_list()
    catalogue = exact.catalogue.filter(pl.col("code").is_in(published))
    with duckdb.connect(file) as target:
        for table in TABLES:
            target.execute(table.ddl)
        _insert(target, KPI_CATALOGUE, catalogue)
        target.execute("INSERT INTO main.build_info VALUES (?, ?, ?, ?, ?)", info)
        _insert_values(target, cells, exact)


def append_values(file: Path, cells: pl.DataFrame, exact: Exact) -> None:
    """Add cells to a file that `write_public` made, with what the catalogue says of them."""
    with duckdb.connect(file) as target:
        known = target.execute("SELECT code FROM main.kpi_catalogue").pl()["code"]
        wanted = cells["code"].unique().filter(~cells["code"].unique().is_in(known.implode()))
        _insert(target, KPI_CATALOGUE, exact.catalogue.filter(pl.col("code").is_in(wanted.implode())))
        _insert_values(target, cells, exact)


def _insert_values(target: duckdb.DuckDBPyConnection, cells: pl.DataFrame, exact: Exact) -> None:
    """Write cells, bare and in words."""
    shown = exact.catalogue.select("code", *SHOWN_OF_THE_CATALOGUE)
    words = with_words(cells, exact.calendar, exact.programmes)
    _insert(target, KPI_VALUES, cells)
    _insert(target, KPI_AFFICHAGE, words.join(shown, on="code", how="left", maintain_order="left"))


def _insert(target: duckdb.DuckDBPyConnection, table: Table, rows: pl.DataFrame) -> None:
    """Append the table's columns of `rows`, by name."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    target.register("rows", rows.select(*table.columns).to_arrow())
    target.execute(f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM rows")  # noqa: S608
    target.unregister("rows")


__all__ = ["BUILD_INFO", "append_values", "write_public"]
