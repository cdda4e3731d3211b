"""The attack: from published rows to the least and the most that each number may be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tests.attacker.bounding import LOTS, Interval, propagate, untouched
from tests.attacker.identities import add_identities
from tests.attacker.reading import FIGURE, PLACE, numbers_of, rows_of
from tests.attacker.sums import add_corrections, add_sums
from tests.attacker.system import Relations
from tests.attacker.written import add_written, with_remainders

CELL = (*FIGURE, *PLACE, "part", "release")


@dataclass(frozen=True)
class Findings:
    """What an attacker can tell: `numbers` has each number (`CELL`), `shown` or null, and `low`, `high`, `why`.

    `contradicted` counts, by name, the relations taken from what is shown that it also contradicts.
    """

    numbers: pl.DataFrame
    contradicted: dict[str, int]

    def bounds_of(self, cell: dict[str, object]) -> tuple[float, float]:
        """The least and the most that a number may be; `cell` gives the columns of `CELL` that name it."""
        same = [pl.col(name).eq_missing(pl.lit(value)) for name, value in cell.items()]
        found = self.numbers.filter(*same)
        return found["low"].max(), found["high"].min()  # type: ignore[return-value]


def attack(
    releases: Sequence[pl.DataFrame], catalogue: pl.DataFrame, own: pl.DataFrame | None = None
) -> Findings:
    """All that can be told of the numbers of those releases, oldest first.

    `own` has the exact rows of one partner (`partner` not null), who attacks with them; null is the public.
    """
    numbers = with_remainders(numbers_of(rows_of(releases, catalogue)))
    relations = Relations()
    add_sums(numbers, catalogue, relations)
    add_written(numbers, relations)
    add_identities(numbers, catalogue, relations)
    add_corrections(numbers, relations)
    unknown = numbers["shown"].is_null().to_numpy()
    terms = relations.gathered(unknown)
    found = untouched(numbers["low"].to_numpy(), numbers["shown"].fill_null(LOTS).to_numpy(), terms)
    propagate(terms, found, np.ones(len(unknown), dtype=bool))
    broken = pl.Series([terms.why[row] for row in np.flatnonzero(~found.alive)], dtype=pl.String)
    return Findings(_told(numbers, found, terms.why), dict(broken.value_counts().iter_rows()))


def _told(numbers: pl.DataFrame, found: Interval, names: list[str]) -> pl.DataFrame:
    """Those numbers with their bounds, and what gave the last that moved."""
    why = np.array([*names, ""], dtype=object)
    return numbers.with_columns(
        low=pl.Series(found.low),
        high=pl.Series(found.high),
        why_low=pl.Series(why[found.why_low], dtype=pl.String),
        why_high=pl.Series(why[found.why_high], dtype=pl.String),
    )
