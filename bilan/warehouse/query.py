"""Read figures from a warehouse's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bilan.cube import DIMENSIONS, MEASURES, PERIOD_KINDS

FIELDS = (*DIMENSIONS, *MEASURES)
_ORDER = (
    f"code, programme, list_position({list(PERIOD_KINDS)}, period_kind), period_start, "
    "territory NULLS FIRST, partner NULLS FIRST, breakdown NULLS FIRST, breakdown_value NULLS FIRST"
)

Figure = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Filters:
    """What to print; None prints all. `code` M05 stands for M05 and its companions M05.*."""

    code: str | None = None
    programme: str | None = None
    period_kind: str | None = None
    territory: str | None = None
    partner: str | None = None
    breakdown: str | None = None

    def conditions(self) -> tuple[list[str], list[str]]:
        """SQL conditions with their values; words compare without case or accents."""
        conditions, values = [], []
        if self.code is not None:
            conditions.append("(lower(code) = lower(?) OR starts_with(lower(code), lower(?) || '.'))")
            values += [self.code, self.code]
        for name in ("programme", "period_kind", "territory", "partner", "breakdown"):
            value = getattr(self, name)
            if value is not None:
                conditions.append(f"lower(strip_accents({name})) = lower(strip_accents(?))")
                values.append(value)
        return conditions, values


def read_kpis(file: Path, filters: Filters, models: Sequence[str] = ("kpi_values",)) -> list[Figure]:
    """The figures of some models that pass the filters, one object each with FIELDS, in a stable order.

    Dates are ISO text; whole numbers are integers; nothing is rounded.
    """
    if not models:
        return []
    conditions, values = filters.conditions()
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    # every word put in here is one of the names above, or a model's
    tables = " UNION ALL ".join(f'SELECT {", ".join(FIELDS)} FROM main."{model}"' for model in models)  # noqa: S608
    statement = f"SELECT * FROM ({tables}) {where} ORDER BY {_ORDER}"  # noqa: S608
    with duckdb.connect(file, read_only=True) as warehouse:
        rows = warehouse.execute(statement, values).fetchall()
    return [{name: plain(value) for name, value in zip(FIELDS, row, strict=True)} for row in rows]


def models_of(file: Path, filters: Filters) -> list[str]:
    """The KPI models that hold the codes asked for, as the file's catalogue says."""
    conditions, values = Filters(code=filters.code).conditions()
    where = f"WHERE {conditions[0]}" if conditions else ""
    statement = f"SELECT DISTINCT model FROM main.kpi_catalogue {where} ORDER BY model"  # noqa: S608
    with duckdb.connect(file, read_only=True) as warehouse:
        return [row[0] for row in warehouse.execute(statement, values).fetchall()]


def model_by_code(file: Path) -> dict[str, str]:
    """The KPI model that holds each code, as the file's catalogue says."""
    with duckdb.connect(file, read_only=True) as warehouse:
        return dict(warehouse.execute("SELECT code, model FROM main.kpi_catalogue").fetchall())


def plain(value: Any) -> str | int | float | None:
    """A value as it is told: whole numbers as integers, dates as ISO text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a figure can't hold a {type(value).__name__}")
