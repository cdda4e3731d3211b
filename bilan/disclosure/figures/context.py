"""What one programme's protection is asked to reckon with, beside the figures to be published."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from bilan.disclosure.figures.memory import Earlier


class Context(NamedTuple):
    """A programme, with what is known of it."""

    programme: str
    exact: pl.DataFrame  # every figure of it, published or not
    catalogue: pl.DataFrame
    earlier: Sequence[Earlier]  # oldest first
    at_bounds: frozenset[str]  # codes whose rates may be at 0 or at 100 %
    senders: Mapping[str, str]  # who alone sends the logs of a code

    @property
    def own(self) -> pl.DataFrame:
        """The figures of each partner."""
        return self.exact.filter(pl.col("partner").is_not_null())
