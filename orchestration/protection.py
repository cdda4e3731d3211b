"""Read published files back, and count what should not be in them."""

from pathlib import Path

import duckdb

from bilan.disclosure import SMALLEST_SHOWN

MEASURES = ("numerator", "denominator", "n_persons")
TABLES = ("kpi_values", "kpi_affichage")


def small_cells_published(build: Path) -> dict[str, int]:
    """Per file of the build: cells with a count from 1 to 4, or that speak of somebody else.

    Somebody else is any partner in the public file, and any other partner in a partner's file.
    """
    if not build.exists():
        return {}
    files = {"public": build / "public.duckdb"}
    files |= {file.stem: file for file in sorted((build / "partners").glob("*.duckdb"))}
    return {name: _faults(file, name) for name, file in files.items()}


def _faults(file: Path, partner: str) -> int:
    small = " OR ".join(
        f"({count} > 0 AND {count} < {SMALLEST_SHOWN})"
        for count in (*MEASURES, "CASE WHEN denominator IS NULL THEN value END")
    )
    found = 0
    with duckdb.connect(file, read_only=True) as published:
        for table in TABLES:
            # the words put in here are the constants above
            statement = f"SELECT count(*) FROM main.{table} WHERE {small} OR partner <> ?"  # noqa: S608
            row = published.execute(statement, [partner]).fetchone()
            found += int(row[0]) if row else 0
    return found
