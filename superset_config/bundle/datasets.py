"""The datasets: views of the published files, columns in both languages side by side."""

from functools import cache

import duckdb
from bilan_superset.queries import PUBLISHED_TABLES

from bilan.dashboards.boards import LANGUAGES, Language
from bilan.dashboards.tables import define
from bundle.assets import Dataset
from bundle.wording import COLUMNS

RUNNING = "Cumul"
CURVE_METRICS: dict[Language, dict[str, str]] = {
    "fr": {"Part estimée": "MAX(share)", "Borne basse (95 %)": "MIN(low)", "Borne haute (95 %)": "MAX(high)"},
    "en": {
        "Estimated share": "MAX(share)",
        "Lower bound (95%)": "MIN(low)",
        "Upper bound (95%)": "MAX(high)",
    },
}
FLOW = "Trajets"
WITHDRAWN_METRICS: dict[Language, dict[str, str]] = {
    "fr": {"Corrections": "SUM(corrected)", "Retraits": "SUM(retracted)"},
    "en": {"Corrected": "SUM(corrected)", "Withdrawn": "SUM(retracted)"},
}


def _all_of(metrics: dict[Language, dict[str, str]]) -> dict[str, str]:
    return {name: sql for by_name in metrics.values() for name, sql in by_name.items()}


_METRICS = {
    "board_quarters": {RUNNING: "MAX(running)"},
    "board_curve": _all_of(CURVE_METRICS),
    "board_paths": {FLOW: "SUM(moves)"},
    "revisions": _all_of(WITHDRAWN_METRICS),
    "board_choices": {
        "rank of kind": "MIN(kind_rank)",
        "rank of period": "MIN(period_rank)",
        "rank of territory": "MIN(territory_rank)",
        "rank of release": "MIN(diffusion_rank)",
        "rank of programme": "MIN(programme)",
    },
}


@cache
def datasets() -> tuple[Dataset, ...]:
    """Every dataset; its columns and their types are those of the published table or view."""
    with duckdb.connect() as published:
        define(published)
        return tuple(_dataset(published, name) for name in sorted(PUBLISHED_TABLES))


def _dataset(published: duckdb.DuckDBPyConnection, name: str) -> Dataset:
    relation = published.sql(f'from main."{name}"')
    columns = {
        column: (str(kind), _heading(column))
        for column, kind in zip(relation.columns, relation.types, strict=True)
    }
    return Dataset(name, columns, _METRICS.get(name, {}))


def _heading(column: str) -> str:
    """What readers see above a column: the words of its language, its own name where it is never shown."""
    stem, _, suffix = column.rpartition("_")
    return COLUMNS[stem][LANGUAGES.index(suffix)] if stem in COLUMNS and suffix in LANGUAGES else column
