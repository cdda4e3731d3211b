"""Figures that moved more than expected between two releases: someone should know why before approving."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import polars as pl

from bilan.release.candidate.diff import PUBLIC, READER, Difference


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
    told = pl.col("value").is_not_null() & pl.col("value_before").is_not_null()
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
        difference.changed.filter((pl.col(READER) == PUBLIC) & told)
        .with_columns((move / bound).alias("distance"))
        .filter((move > bound) & (move > 0))
        .sort("distance", descending=True)
    )
