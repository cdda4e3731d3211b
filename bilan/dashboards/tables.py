"""The tables of a published file, in one place: dashboards and extracts read these columns.

Nothing finer than an aggregated KPI is listed here, and what is not listed is not written.
"""

from dataclasses import dataclass

import duckdb

from bilan.dashboards.views import views


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
    "covered_to": "DATE",  # the last day that all its logs have told; before the period's end: provisional
    "status": "VARCHAR",
    "known_at": "DATE",
}
NO_FIGURES = ("covered_to", "status", "known_at")  # those of MEASURES that are told of a hidden cell too
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


def _both(*names: str) -> dict[str, str]:
    """Each of those texts, in French and in English."""
    return {f"{name}_{language}": "VARCHAR" for name in names for language in ("fr", "en")}


_OF_A_RELEASE = {"release": "INTEGER", **_both("diffusion")}  # what the filter « Diffusion » offers
_OF_A_LOG = {"sender": "VARCHAR", "sender_name": "VARCHAR", "log": "VARCHAR", **_both("log")}

FIGURES = Table(
    "figures",
    {
        **_OF_A_RELEASE,
        **KPI_VALUES.columns,
        "format": "VARCHAR",
        "level": "VARCHAR",  # all, breakdown, partner
        **_both("name", "unit", "programme", "territory", "period_kind", "period"),
        **_both("breakdown", "breakdown_value", "status"),
        **_both("figure"),  # as a reader of that language reads it; null where there is none
        **_both("n", "interval", "link_rate"),  # '' where there is none
        **_both("change"),  # since the release before; null where there is none
        "change_unsure": "BOOLEAN",  # too few to conclude
        "running": "DOUBLE",  # since the programme began; null where a piece is hidden, or not told yet
        **_both("provisional"),  # how far it is told, where that is not to the period's end; null elsewhere
    },
)
STATE = Table(
    "state",
    {
        **_OF_A_RELEASE,
        "is_newest": "BOOLEAN",
        "programme": "VARCHAR",
        **_both("programme"),
        "known_at": "DATE",
        **_both("known", "published"),
        "synthetic": "BOOLEAN",
        **_both("awaited"),
        "organisation": "VARCHAR",  # whose file it is
        "organisation_name": "VARCHAR",
    },
)
RELEASES = Table(
    "releases",
    {
        **_OF_A_RELEASE,
        "is_newest": "BOOLEAN",
        **_both("state"),
        "known_at": "DATE",
        "made_at": "DATE",
        "published_at": "DATE",
        "withdrawn_at": "DATE",
        "approvers": "VARCHAR",
        **_both("notice"),
        "synthetic": "BOOLEAN",
    },
)
REPORTS = Table(
    "reports",
    {
        **_OF_A_RELEASE,
        "programme": "VARCHAR",
        **_OF_A_LOG,
        "month": "DATE",
        **_both("month"),
        "state": "VARCHAR",  # received, received_late, late, refused, held, not_due
        **_both("state"),
        "statement_date": "DATE",
    },
)
REFUSALS = Table(
    "refusals",
    {
        **_OF_A_RELEASE,
        **_OF_A_LOG,
        "statement_date": "DATE",
        "code": "VARCHAR",
        **_both("reason"),
        "heading": "VARCHAR",  # the contract's own, never the sheet's
        "rows": "INTEGER",
        "is_open": "BOOLEAN",  # the statement is that log's newest
        **_both("age"),
    },
)
REVISIONS = Table(
    "revisions",
    {
        **_OF_A_RELEASE,
        **_OF_A_LOG,
        "month": "DATE",
        **_both("month"),
        "asserted": "INTEGER",
        "corrected": "INTEGER",
        "retracted": "INTEGER",
    },
)
CHECKS = Table(
    "checks",
    {
        **_OF_A_RELEASE,
        "name": "VARCHAR",
        **_both("name"),
        "passed": "BOOLEAN",
        **_both("result"),
        "at": "DATE",
    },
)
TRANSMITTED = Table("transmitted", {**_OF_A_LOG, **_both("seen"), "last_statement": "DATE"})
COMPANIONS = Table("companions", {"code": "VARCHAR", "companion": "VARCHAR", **_both("said")})
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
TABLES = (
    FIGURES,
    STATE,
    RELEASES,
    REPORTS,
    REFUSALS,
    REVISIONS,
    CHECKS,
    TRANSMITTED,
    KPI_CATALOGUE,
    COMPANIONS,
    BUILD_INFO,
)


def define(published: duckdb.DuckDBPyConnection) -> None:
    """Create every table, empty, and every view in a published file that has none yet."""
    for table in TABLES:
        published.execute(table.ddl)
    for name, query in views().items():
        published.execute(f'CREATE VIEW main."{name}" AS {query}')
