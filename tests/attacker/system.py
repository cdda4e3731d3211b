"""What holds between numbers: each relation says that a signed sum of numbers lies between two bounds."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """Relations as arrays: terms (row, variable, sign), bounds of each row and the name of what gave it."""

    row: Ints
    var: Ints
    sign: Floats
    low: Floats
    high: Floats
    why: list[str]

    @property
    def size(self) -> int:
        """How many relations there are."""
        return len(self.low)


@dataclass
class Relations:
    """Relations being gathered."""

    terms: list[pl.DataFrame] = field(default_factory=list)
    bounds: list[pl.DataFrame] = field(default_factory=list)
    count: int = 0

    def add(self, terms: pl.DataFrame, bounds: pl.DataFrame) -> None:
        """More relations: `terms` has `key`, `var`, `sign`; `bounds` has `key`, `low`, `high`, `why`."""
        bounds = bounds.with_row_index("row", offset=self.count)
        terms = terms.join(bounds.select("key", "row"), on="key").select(
            pl.col("row").cast(pl.Int64), pl.col("var").cast(pl.Int64), pl.col("sign").cast(pl.Float64)
        )
        numbers = (pl.col(name).cast(pl.Float64) for name in ("low", "high"))
        self.terms.append(terms)
        self.bounds.append(bounds.select(*numbers, "why"))
        self.count += bounds.height

    def pairs(self, pairs: pl.DataFrame, low: float, high: float, why: pl.Expr) -> None:
        """Relations `low` <= b - a <= `high` between the variables `a` and `b` of each pair."""
        keyed = pairs.with_row_index("key")
        terms = pl.concat(
            [
                keyed.select("key", var="a", sign=pl.lit(-1.0)),
                keyed.select("key", var="b", sign=pl.lit(1.0)),
            ]
        )
        self.add(terms, keyed.select("key", low=pl.lit(low), high=pl.lit(high), why=why))

    def gathered(self, unknown: npt.NDArray[np.bool_]) -> Terms:
        """Those that bear on some unknown variable, as arrays; the terms in the order of their rows."""
        terms = pl.concat(self.terms)
        open_rows = terms.filter(pl.Series(unknown[terms["var"].to_numpy()]))["row"].unique().sort()
        kept = pl.DataFrame({"row": open_rows}).with_row_index("at")
        terms = terms.join(kept, on="row").sort("at", "var")
        bounds = pl.concat(self.bounds)[open_rows.to_numpy()]
        return Terms(
            terms["at"].cast(pl.Int64).to_numpy(),
            terms["var"].to_numpy(),
            terms["sign"].to_numpy(),
            bounds["low"].to_numpy(),
            bounds["high"].to_numpy(),
            bounds["why"].to_list(),
        )
