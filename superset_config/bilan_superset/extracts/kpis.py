"""One KPI of a release, out of its signed CSV: as CSV with the same columns, or as JSON.

Cells are passed on as they are written: an empty one is an empty cell, or null, never a zero.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

SOURCE = "data/kpi_values.csv"
CODE = "code"
JSON, CSV = "json", "csv"
MEDIA_TYPES = {JSON: "application/json", CSV: "text/csv; charset=utf-8"}
DECIMALS = frozenset({"value", "low", "high", "numerator", "denominator", "link_rate"})
WHOLES = frozenset({"n_persons"})

Row = dict[str, str]


def split_name(name: str) -> tuple[str, str | None]:
    """`M04.concluded.csv` is the code `M04.concluded` and the format `csv`; no suffix, no format."""
    for kind in MEDIA_TYPES:
        if name.endswith(f".{kind}"):
            return name.removesuffix(f".{kind}"), kind
    return name, None


def rows_of(text: Iterable[str], code: str) -> tuple[list[str], list[Row]]:
    """The columns of the CSV `text`, and its rows of that KPI. ValueError when it is not that table."""
    try:
        lines = csv.reader(text, strict=True)
        columns = next(lines, [])
        place = columns.index(CODE)
        rows = [cells for cells in lines if cells[place] == code]
        return columns, [dict(zip(columns, cells, strict=True)) for cells in rows]
    except (csv.Error, IndexError, ValueError) as fault:
        raise ValueError("the table of figures is not a table") from fault


def as_csv(columns: list[str], rows: list[Row]) -> bytes:
    """The rows as CSV (RFC 4180), in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def as_json(about: dict[str, Any], rows: list[Row]) -> bytes:
    """`about` and the rows, numbers as numbers and empty cells as null. ValueError for a bad number."""
    values = [{column: _typed(column, cell) for column, cell in row.items()} for row in rows]
    return json.dumps({**about, "rows": values}, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _typed(column: str, cell: str) -> str | float | int | None:
    if cell == "":
        return None
    if column in DECIMALS:
        return float(cell)
    return int(cell) if column in WHOLES else cell
