"""The tables of a published file, in one place: dashboards and extracts read these columns.

Nothing finer than an aggregated KPI is listed here, and what is not listed is not written.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A published table: its name, and its columns with their DuckDB types, in order."""

    name: str
    columns: dict[str, str]

    @property
    def ddl(self) -> str:
        """The statement that creates it, empty."""
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self.columns.items())
        return f'CREATE TABLE main."{self.name}" ({columns})'


DIMENSIONS = {
    "code": "VARCHAR",
    "programme": "VARCHAR",
    "territory": "VARCHAR",
    "partner": "VARCHAR",
    "period_kind": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "breakdown": "VARCHAR",
    "breakdown_value": "VARCHAR",
}
MEASURES = {
    "value": "DOUBLE",
    "low": "DOUBLE",  # bounds of a 95 % interval, where the figure has one
    "high": "DOUBLE",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
    "n_persons": "BIGINT",
    "link_rate": "DOUBLE",  # share of those persons whom more than one token designates
    "status": "VARCHAR",
    "known_at": "DATE",
}
SHOWN_OF_THE_CATALOGUE = (
    "name_fr",
    "name_en",
    "unit_fr",
    "unit_en",
    "format",
    "definition_fr",
    "numerator_fr",
    "denominator_fr",
    "source",
)
WORDS = (
    "status_fr",
    "breakdown_fr",
    "breakdown_value_fr",
    "period_label",
    "programme_name",
)
CATALOGUE = (
    "code",
    "name_fr",
    "name_en",
    "definition_fr",
    "definition_en",
    "numerator_fr",
    "numerator_en",
    "denominator_fr",
    "denominator_en",
    "unit_fr",
    "unit_en",
    "format",
    "grain",
    "logs",
    "source",
    "disclosure",
    "rounding",
    "programmes",
    "breakdowns",
)

KPI_VALUES = Table("kpi_values", {**DIMENSIONS, **MEASURES})
KPI_CATALOGUE = Table("kpi_catalogue", dict.fromkeys(CATALOGUE, "VARCHAR"))
KPI_AFFICHAGE = Table(
    "kpi_affichage",
    {**KPI_VALUES.columns, **dict.fromkeys((*SHOWN_OF_THE_CATALOGUE, *WORDS), "VARCHAR")},
)
BUILD_INFO = Table(
    "build_info",
    {
        "build": "INTEGER",  # the release that is shown, or that was and is not any more
        "published_at": "TIMESTAMP",  # UTC
        "ledger_version": "BIGINT",
        "known_at": "DATE",
        "synthetic": "BOOLEAN",
        "notice_fr": "VARCHAR",  # why nothing is shown any more, where nothing is
        "notice_en": "VARCHAR",
    },
)
TABLES = (KPI_VALUES, KPI_CATALOGUE, KPI_AFFICHAGE, BUILD_INFO)
