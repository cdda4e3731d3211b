"""The published DuckDB files: what `bilan.dashboards` defines, and the rows."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from bilan.dashboards.published import define
from bilan.dashboards.tables import TABLES
from bilan.home import PRIVATE_FOLDER
from bilan.release.publication.shown.build import PUBLIC, Shown, file_of


def write_files(folder: Path, shown: Shown, progress: Callable[[str], None]) -> None:
    """Write a build's files into `folder`. `progress` is told each reader before its file is begun.

    What all of them hold is written once, and the file copied.
    """
    (folder / "partners").mkdir(mode=PRIVATE_FOLDER)
    progress(PUBLIC)
    public = folder / file_of(PUBLIC)
    with duckdb.connect(public) as target:
        define(target)
        _insert(target, shown.shared)
    for reader in shown.own:
        if reader != PUBLIC:
            progress(reader)
            shutil.copyfile(public, folder / file_of(reader))
            _append(folder / file_of(reader), shown.own[reader])
    _append(public, shown.own[PUBLIC])


def _append(file: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    with duckdb.connect(file) as target:
        _insert(target, tables)


def _insert(target: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame]) -> None:
    """Append rows to their tables, by name."""
    for table in TABLES:
        if table.name in tables and tables[table.name].height:
            names = ", ".join(f'"{column}"' for column in table.columns)
            target.register("told", tables[table.name].select(*table.columns).to_arrow())
            target.execute(f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM told")  # noqa: S608
            target.unregister("told")
