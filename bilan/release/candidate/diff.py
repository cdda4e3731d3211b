"""What readers would see change between two releases, row by row, and what moved more than expected."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from bilan.dashboards.tables import DIMENSIONS
from bilan.release.candidate.contents import Contents

READER = "reader"  # `public`, or a partner's code
COMPARED = ("status", "value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
PUBLIC = "public"


@dataclass(frozen=True)
class Difference:
    """Rows of one side alone, and rows of both that differ.

    `added` and `removed` have the reader and the dimensions with what the row shows; `changed` has each
    compared column twice, `status` and `status_before`.
    """

    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame

    def rows(self) -> dict[str, pl.DataFrame]:
        """The rows of each kind, by its name."""
        return {"added": self.added, "removed": self.removed, "changed": self.changed}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        return {kind: rows.height for kind, rows in self.rows().items()}

    def to_dict(self) -> dict[str, Any]:
        """Rows as plain values, dates as ISO text."""
        return {"counts": self.counts(), **{kind: plain(rows) for kind, rows in self.rows().items()}}


def compare(before: Contents, after: Contents) -> Difference:
    """The difference between what two releases show to all their readers."""
    old, new = _rows(before), _rows(after)
    keys = [READER, *DIMENSIONS]
    both = new.join(old, on=keys, how="inner", nulls_equal=True, suffix="_before")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in COMPARED)
    return Difference(
        added=new.join(old, on=keys, how="anti", nulls_equal=True).sort(keys),
        removed=old.join(new, on=keys, how="anti", nulls_equal=True).sort(keys),
        changed=both.filter(differs).sort(keys),
    )


def plain(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON."""
    return rows.with_columns(pl.col(pl.Date).dt.to_string("iso")).to_dicts()


def _rows(contents: Contents) -> pl.DataFrame:
    readers = {PUBLIC: contents.public, **contents.partners}
    return pl.concat(
        rows.select(pl.lit(name).alias(READER), *DIMENSIONS, *COMPARED) for name, rows in readers.items()
    )


@dataclass(frozen=True)
class Expected:
    """How far a published figure may move without being pointed out."""

    # a count of independent facts seldom moves by three times its square root through chance alone;
    # a large one does so through little, whence the share
    deviations: float = 3.0
    share: float = 0.20
    # rates are fractions: ten points of a percentage
    points: float = 0.10
    # explaining a figure takes seconds: the ones that moved most are explained, the others counted
    explained_at_most: int = 10

    def to_dict(self) -> dict[str, float]:
        """The rule, told beside what it found."""
        return asdict(self)


EXPECTED = Expected()


def unexpected(
    difference: Difference, formats: Mapping[str, str], expected: Expected = EXPECTED
) -> pl.DataFrame:
    """The public rows of `difference.changed` that moved further than the rule, furthest first.

    Only what was shown before and still is: a figure that was hidden says nothing by appearing. `formats`
    is the catalogue's, by code. Adds `distance`: how many times the rule's bound the move is.
    """
    both = pl.col("value").is_not_null() & pl.col("value_before").is_not_null()
    kind = pl.col("code").replace_strict(dict(formats), default="", return_dtype=pl.String)
    before, move = pl.col("value_before").abs(), (pl.col("value") - pl.col("value_before")).abs()
    of_count = pl.max_horizontal(expected.deviations * before.sqrt(), expected.share * before)
    bound = (
        pl.when(kind == "count")
        .then(of_count)
        .when(kind == "rate")
        .then(pl.lit(expected.points))
        .otherwise(expected.share * before)
    )
    return (
        difference.changed.filter((pl.col(READER) == PUBLIC) & both)
        .with_columns((move / bound).alias("distance"))
        .filter((move > bound) & (move > 0))
        .sort("distance", descending=True)
    )
