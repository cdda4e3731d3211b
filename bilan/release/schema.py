"""The tables of a published file, in one place: dashboards and extracts read these columns.

Nothing finer than an aggregated KPI is listed here, and what is not listed is not written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

_POLARS: Mapping[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "DATE": pl.Date(),
    "DOUBLE": pl.Float64(),
    "BIGINT": pl.Int64(),
    "INTEGER": pl.Int32(),
    "BOOLEAN": pl.Boolean(),
    "TIMESTAMP": pl.Datetime("us"),
}


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

    @property
    def polars(self) -> dict[str, pl.DataType]:
        """Its columns with their types in a frame."""
        return {name: _POLARS[kind] for name, kind in self.columns.items()}

    @property
    def nothing(self) -> pl.DataFrame:
        """No row of it."""
        return pl.DataFrame(schema=self.polars)

    def shaped(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Its columns of `rows`, in its order and types."""
        return rows.select(pl.col(name).cast(kind) for name, kind in self.polars.items())


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
    "provisional_fr",
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

# What the catalogue says of each figure's counts: disclosure control reads it, no published file has it.
COUNTED = (
    "counts_numerator",
    "counts_denominator",
    "counts_persons",
    "bounds",
    "estimate",
    "holds",
    "attributed_to",
    "publishes_whole",
    "publishes_territory",
    "publishes_breakdown",
    "publishes_because",
)

# What it says of how boards and the bilan show a figure; no package has it.
SHOWING = (
    "adds_up",  # 'yes': periods that follow one another add up to a running total
    "signed",  # 'yes': written with its sign
    "companion",  # the code of another figure that is shown beside it
    "companion_fr",  # the words around that one, `{}`; '' where it is drawn and not said
    "companion_en",
)

KPI_VALUES = Table("kpi_values", {**DIMENSIONS, **MEASURES})
KPI_CATALOGUE = Table("kpi_catalogue", dict.fromkeys(CATALOGUE, "VARCHAR"))
FROZEN_CATALOGUE = Table("frozen_catalogue", dict.fromkeys((*CATALOGUE, *COUNTED, *SHOWING), "VARCHAR"))
SHOWN_CATALOGUE = Table("shown_catalogue", dict.fromkeys((*CATALOGUE, *SHOWING), "VARCHAR"))
KPI_AFFICHAGE = Table(
    "kpi_affichage",
    {**KPI_VALUES.columns, **dict.fromkeys((*SHOWN_OF_THE_CATALOGUE, *WORDS), "VARCHAR")},
)
# The same words in English are frozen beside the French ones; the packages' columns stay as they were.
ENGLISH_WORDS = (
    "status_en",
    "breakdown_en",
    "breakdown_value_en",
    "period_label_en",
    "programme_name_en",
    "provisional_en",
)
FROZEN_FIGURES = Table("frozen_figures", {**KPI_AFFICHAGE.columns, **dict.fromkeys(ENGLISH_WORDS, "VARCHAR")})


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
