"""Are a release's figures those that its events give? Cells held against one another, measure by measure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from bilan.cube import SHOWN
from bilan.dashboards.tables import DIMENSIONS, MEASURES, NO_FIGURES

FIGURES = tuple(name for name in MEASURES if name not in NO_FIGURES)
# a sum of floats depends, in its last digits, on the order in which threads add them
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Difference:
    """A measure of a cell that is not what it should be; `file` is where it stands in the candidate."""

    file: str
    cell: dict[str, Any]
    measure: str
    released: str | float | None
    derived: str | float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        cell = {name: v.isoformat() if isinstance(v, date) else v for name, v in self.cell.items()}
        return {**asdict(self), "cell": cell}


def compare_exact(file: str, released: pl.DataFrame, derived: pl.DataFrame) -> list[Difference]:
    """Every cell of one side against the other; a cell that one lacks differs by its status."""
    joined = _joined(released, derived, "full")
    return list(_differences(file, joined, ("status", *FIGURES)))


def compare_shown(file: str, shown: pl.DataFrame, exact: pl.DataFrame) -> list[Difference]:
    """Every figure that readers see against the exact one; what is hidden is not looked at."""
    seen = shown.filter(pl.col("status").is_in(SHOWN))
    joined = _joined(seen, exact, "left")
    # a measure may be hidden in a cell that is shown, never the reverse
    kept = [
        pl.when(pl.col(name).is_null()).then(None).otherwise(pl.col(f"{name}_derived")) for name in FIGURES
    ]
    measures = [expression.alias(f"{name}_derived") for name, expression in zip(FIGURES, kept, strict=True)]
    return list(_differences(file, joined.with_columns(measures), ("status", *FIGURES)))


def _joined(released: pl.DataFrame, derived: pl.DataFrame, how: Any) -> pl.DataFrame:
    """One row a cell, the measures of the second under `<name>_derived`."""
    names = [*DIMENSIONS, "status", *FIGURES]
    return released.select(names).join(
        derived.select(names),
        on=list(DIMENSIONS),
        how=how,
        nulls_equal=True,
        suffix="_derived",
        coalesce=True,
    )


def _differences(file: str, joined: pl.DataFrame, measures: Iterable[str]) -> Iterable[Difference]:
    for name in measures:
        ours, theirs = pl.col(name), pl.col(f"{name}_derived")
        wrong = joined.filter(~(_near(ours, theirs) if name in FIGURES else ours.eq_missing(theirs)))
        for row in wrong.sort(list(DIMENSIONS), nulls_last=False).iter_rows(named=True):
            cell = {dimension: row[dimension] for dimension in DIMENSIONS}
            yield Difference(file, cell, name, row[name], row[f"{name}_derived"])


def _near(ours: pl.Expr, theirs: pl.Expr) -> pl.Expr:
    ours, theirs = ours.cast(pl.Float64), theirs.cast(pl.Float64)
    near = (ours - theirs).abs() <= _TOLERANCE * pl.max_horizontal(ours.abs(), theirs.abs(), pl.lit(1.0))
    return ours.eq_missing(theirs) | near.fill_null(value=False)
