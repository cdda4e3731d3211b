"""Read the exact figures from the warehouse: the one place where the release opens it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs

from bilan.dashboards.tables import CATALOGUE, DIMENSIONS, MEASURES
from bilan.release.errors import NothingToPublishError
from bilan.release.schema import COUNTED, SHOWING
from bilan.warehouse.freshness import built


@dataclass(frozen=True)
class Exact:
    """The figures before disclosure control, and what is needed to name them.

    `values` has the columns of `schema.KPI_VALUES`, `catalogue` those of `schema.FROZEN_CATALOGUE`;
    `calendar`, `programmes` and `partners` are the reference tables that the warehouse used.
    """

    values: pl.DataFrame
    catalogue: pl.DataFrame
    calendar: pl.DataFrame
    programmes: pl.DataFrame
    partners: tuple[str, ...]
    ledger_version: int | None

    @property
    def known_at(self) -> date:
        """The latest statement that the figures know of."""
        latest = self.values["known_at"].max()
        if not isinstance(latest, date):
            raise NothingToPublishError("aucune date de connaissance dans l'entrepôt")
        return latest

    def of_class(self, *classes: str) -> pl.DataFrame:
        """The values whose KPI has one of those disclosure classes."""
        wanted = self.catalogue.filter(pl.col("disclosure").is_in(classes)).select("code")
        return self.values.join(wanted, on="code", how="semi", maintain_order="left")


def read_exact(file: Path) -> Exact:
    """The figures of a warehouse file, opened read-only. NothingToPublishError where there is none."""
    if not file.exists():
        raise NothingToPublishError("l'entrepôt n'a pas encore été construit")
    version = built(file).ledger_version
    with duckdb.connect(file, read_only=True) as warehouse:
        exact = Exact(
            values=_select(warehouse, "main.kpi_values", (*DIMENSIONS, *MEASURES)),
            catalogue=_flat(_select(warehouse, "main.kpi_catalogue", (*CATALOGUE, *COUNTED, *SHOWING))),
            calendar=_select(
                warehouse, "reference.periods", ("programme", "kind", "starts_on", "label_fr", "label_en")
            ),
            programmes=_select(warehouse, "reference.programmes", ("code", "name_fr", "name_en")),
            partners=tuple(_select(warehouse, "reference.partners", ("code",))["code"].sort().to_list()),
            ledger_version=version if version >= 0 else None,
        )
    if exact.values["known_at"].null_count() == exact.values.height:
        raise NothingToPublishError("l'entrepôt ne contient encore aucun chiffre")
    return exact


def _select(warehouse: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """Those columns of a table. The names are ours, never a caller's."""
    names = ", ".join(f'"{column}"' for column in columns)
    return warehouse.execute(f"SELECT {names} FROM {table}").pl()  # noqa: S608


def _flat(catalogue: pl.DataFrame) -> pl.DataFrame:
    """Lists as text: readers of the published files compare and print words."""
    return catalogue.with_columns(cs.list().list.join(", "))
