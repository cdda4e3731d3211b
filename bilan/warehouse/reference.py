"""The reference lists as tables: those packaged with Bilan, and what the steward added to them."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import duckdb
import polars as pl


@dataclass(frozen=True)
class ReferenceTable:
    """A list: its columns with their DuckDB types, and those that make a row's key."""

    name: str
    key: tuple[str, ...]
    columns: dict[str, str]


TABLES = (
    ReferenceTable(
        "partners",
        ("code",),
        {
            "code": "VARCHAR",
            "name_fr": "VARCHAR",
            "milieu_fr": "VARCHAR",
            "milieu_en": "VARCHAR",
            "programmes": "VARCHAR",
            "valid_from": "DATE",
            "valid_to": "DATE",
            "successor": "VARCHAR",
        },
    ),
    ReferenceTable("territories", ("name",), {"name": "VARCHAR"}),
    ReferenceTable(
        "programmes",
        ("code",),
        {"code": "VARCHAR", "name_fr": "VARCHAR", "name_en": "VARCHAR", "starts_on": "DATE"},
    ),
    ReferenceTable(
        "periods",
        ("programme", "kind", "number"),
        {
            "programme": "VARCHAR",
            "kind": "VARCHAR",
            "number": "INTEGER",
            "label_fr": "VARCHAR",
            "label_en": "VARCHAR",
            "starts_on": "DATE",
            "ends_on": "DATE",
        },
    ),
)
STEWARDS_OWN = ("partners", "territories")  # the lists that a file in $BILAN_HOME/reference extends


def load_reference_tables(warehouse: duckdb.DuckDBPyConnection, extra: Path | None) -> None:
    """Replace the tables of schema `reference` by what the lists say now."""
    warehouse.execute("CREATE SCHEMA IF NOT EXISTS reference")
    for table in TABLES:
        rows = _rows(table, extra)
        columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.columns.items())
        warehouse.register("incoming", rows.to_arrow())
        # the names are those above
        warehouse.execute(
            f"CREATE OR REPLACE TABLE reference.{table.name} AS SELECT {columns} FROM incoming"  # noqa: S608
        )
        warehouse.unregister("incoming")


def reference_hash(extra: Path | None) -> str:
    """One hash for all the lists as they are now."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(_rows(table, extra).write_csv().encode())
    return digest.hexdigest()


def _rows(table: ReferenceTable, extra: Path | None) -> pl.DataFrame:
    """The list's rows as text; the steward's row wins over the packaged one with the same key."""
    parts = [_read((files("bilan") / "reference" / f"{table.name}.csv").read_bytes(), table)]
    own = extra / f"{table.name}.csv" if extra and table.name in STEWARDS_OWN else None
    if own is not None and own.is_file():
        parts.append(_read(own.read_bytes(), table))
    rows = pl.concat(parts).drop_nulls(table.key[0])
    return rows.unique(subset=table.key, keep="last", maintain_order=True)


def _read(content: bytes, table: ReferenceTable) -> pl.DataFrame:
    rows = pl.read_csv(BytesIO(content), infer_schema=False)
    missing = [
        pl.lit(None, dtype=pl.String).alias(name) for name in table.columns if name not in rows.columns
    ]
    stripped = rows.with_columns(pl.all().str.strip_chars().replace("", None))
    return stripped.with_columns(missing).select(list(table.columns))
