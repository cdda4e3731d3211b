"""The analytic tables that people read as they are: coverage, paths, zones of overlap, breaches."""

from pathlib import Path
from typing import Any

import duckdb

from bilan.warehouse.cell import period_of
from bilan.warehouse.query import plain

TABLES = {
    "coverage": "mart_coverage",
    "paths": "mart_service_path",
    "overlaps": "mart_service_overlap",
    "breaches": "mart_breach",
}
_HIDDEN = ("programme", "period_kind", "period_start")


def read_table(
    file: Path, name: str, *, programme: str, period: str, partner: str | None = None
) -> list[dict[str, Any]]:
    """The rows of one of TABLES over a programme and period, without those two, in a stable order.

    `partner` narrows the rows that speak of a partner, whatever the column; None, in a column that says
    whose the row is, sums over partners. Raises UnknownCellError for a period that is not known.
    """
    with duckdb.connect(file, read_only=True) as warehouse:
        kind, start, _ = period_of(warehouse, programme, period)
        # the table's name is one of ours
        found = warehouse.execute(
            f"SELECT * EXCLUDE ({', '.join(_HIDDEN)}) FROM main.{TABLES[name]} "  # noqa: S608
            "WHERE programme = ? AND period_kind = ? AND period_start = ? ORDER BY ALL NULLS FIRST",
            [programme, kind, start],
        )
        columns = [column[0] for column in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return [{name: plain(value) for name, value in row.items()} for row in rows if _concerns(row, partner)]


def _concerns(row: dict[str, Any], partner: str | None) -> bool:
    named = [value for column, value in row.items() if column.endswith("partner")]
    return partner is None or partner in named
