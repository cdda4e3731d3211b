"""What releases still out have told: it is known for ever, and what they hid stays hidden."""

from dataclasses import dataclass

import polars as pl

from bilan.cube import KEY, MISSING, NOT_YET_REPORTED, TRUE_ZERO
from bilan.disclosure.figures.levels import counting, dated

COUNTS = ("numerator", "denominator", "n_persons")


@dataclass(frozen=True)
class Earlier:
    """A release that is still out: its exact figures, and the same as readers saw them.

    `exact` has the dimensions and measures, for everybody and for each partner; `public` the dimensions
    and the `status` that was published.
    """

    exact: pl.DataFrame
    public: pl.DataFrame

    def own(self, programme: str) -> pl.DataFrame:
        """What each partner's own figures of a programme were."""
        own = self.exact.filter(pl.col("programme") == programme, pl.col("partner").is_not_null())
        return own.sort(KEY)

    def seen(self, programme: str, catalogue: pl.DataFrame) -> pl.DataFrame:
        """The published figures of a programme, as they exactly were, with `was`, the status readers saw.

        A value of a breakdown that nobody was seen with then has its row too, of nobody. What had not been
        reported told nothing: it is left out.
        """
        was = self.public.filter(pl.col("programme") == programme, pl.col("status") != NOT_YET_REPORTED)
        exact = counting(self.exact.filter(pl.col("partner").is_null()), catalogue)
        figures = (
            dated(was)
            .select(*KEY, "starts", "ends", "told_to", was="status")
            .join(exact.select(*KEY, *COUNTS), on=list(KEY), how="left", nulls_equal=True)
        )
        nobody = pl.col("was").is_in([TRUE_ZERO, MISSING])
        return figures.with_columns(
            pl.when(pl.col(name).is_null() & nobody).then(0).otherwise(pl.col(name)).alias(name)
            for name in ("numerator", "n_persons")
        ).sort(KEY)
