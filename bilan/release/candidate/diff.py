"""What readers would see change between two releases, row by row, in what each of them shows."""

from dataclasses import dataclass
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
