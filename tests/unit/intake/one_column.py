"""One column of cells, read as its contract says."""

from collections.abc import Sequence

import polars as pl

from bilan.contracts import Column
from bilan.intake import Reference
from bilan.intake.cells import read_columns


def read_column(cells: Sequence[str | None], column: Column, reference: Reference) -> pl.DataFrame:
    """What is read of cells, row by row."""
    return read_columns(
        pl.DataFrame({column.name: cells}, schema={column.name: pl.String}), [column], reference
    )
