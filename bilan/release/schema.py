"""The tables of a release that is frozen: the published figures with their words, and the catalogue whole;
and frames in their columns, order and types."""

from collections.abc import Mapping

import polars as pl

from bilan.dashboards.tables import CATALOGUE, KPI_VALUES, Table

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
