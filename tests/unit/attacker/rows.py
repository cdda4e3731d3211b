"""Rows as published, written by hand for the attacker's own tests."""

from datetime import date

import polars as pl

from tests.attacker.reading import COLUMNS

YEAR = (date(2016, 4, 1), date(2017, 3, 31))
TYPES = {
    "period_start": pl.Date,
    "period_end": pl.Date,
    **dict.fromkeys(("value", "low", "high", "numerator", "denominator", "link_rate"), pl.Float64),
    "n_persons": pl.Int64,
}
SCHEMA = {name: TYPES.get(name, pl.String) for name in COLUMNS}


def row(
    code: str,
    value: float | None,
    *,
    kind: str = "total",
    period: tuple[date, date] = YEAR,
    **told: object,
) -> dict[str, object]:
    """A row of the whole territory over one year, shown or, without a value, hidden."""
    status = "suppressed" if value is None else "value" if value else "true_zero"
    base = {
        "code": code,
        "programme": "Pj",
        "period_kind": kind,
        "period_start": period[0],
        "period_end": period[1],
        "value": value,
        "status": status,
    }
    return {**dict.fromkeys(COLUMNS), **base, **told}


def release(*rows: dict[str, object]) -> pl.DataFrame:
    """One release of those rows."""
    return pl.DataFrame(list(rows), schema=SCHEMA)


def catalogue(**entries: tuple[str, str]) -> pl.DataFrame:
    """Codes (`__` for a point) with their format and definition."""
    names = [name.replace("__", ".") for name in entries]
    return pl.DataFrame(
        {
            "code": names,
            "format": [kind for kind, _ in entries.values()],
            "definition_fr": [words for _, words in entries.values()],
            "numerator_fr": [""] * len(names),
            "denominator_fr": [""] * len(names),
            "unit_fr": ["jeunes"] * len(names),
            "logs": ["journal"] * len(names),
        }
    )
