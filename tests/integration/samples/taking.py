"""The samples, taken by a home, and the figures that come out."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from bilan.home import Home
from bilan.ingest import Report, ingest
from bilan.samples import Samples
from bilan.warehouse import Filters, models_of


def take(home: Home, samples: Samples, after: date, until: date) -> Report:
    """Ingest the statements dated after one day, up to another; what is reported of them."""
    for (path, content), statement in zip(samples.contents(), samples.statements, strict=True):
        if after < statement.date <= until:
            (home.inbox / path).parent.mkdir(parents=True, exist_ok=True)
            (home.inbox / path).write_bytes(content)
    return ingest(home)


def figures(file: Path) -> pl.DataFrame:
    """Every figure, from the tables that a question as of a date builds."""
    tables = " UNION ALL ".join(f"FROM main.{model}" for model in models_of(file, Filters()))
    with duckdb.connect(file, read_only=True) as warehouse:
        return warehouse.execute(f"FROM ({tables}) ORDER BY ALL").pl()
