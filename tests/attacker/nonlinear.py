"""Counts that no row shows and that a shown share says all the same, by × and ÷.

A survival share F of n persons is 1 - prod(1 - 1 / r) over those who came to the event, r being how many were
still followed each time; its interval says sum(1 / (r (r - 1))). Few events can be told from both.
A link rate times its persons is the persons who are linked.
"""

from functools import lru_cache
from itertools import combinations
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import polars as pl

from tests.attacker.reading import FIGURE, PLACE

MOST_EVENTS = 4  # that are looked for
MOST_PERSONS = 60  # among whom four events are looked for; beyond, three
CLOSE, CLOSE_ENDS = 1e-6, 1e-3  # of a share; of what its interval says
Z = NormalDist().inv_cdf(0.975)
COLUMNS = (*FIGURE, *PLACE, "release", "what", "low", "high")


def derived(rows: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The counts that shown shares say: `what` (events, linked, unlinked), and bounds `low` and `high`."""
    return pl.concat([_events(rows, catalogue), *_linked(rows)])


def _linked(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """How many persons a link rate says are linked, and are not."""
    told = rows.filter(~pl.col("hidden"), pl.col("link_rate").is_not_null(), pl.col("n_persons") > 0)
    linked = (pl.col("link_rate") * pl.col("n_persons")).round()
    counts = {"linked": linked, "unlinked": pl.col("n_persons") - linked}
    return [
        told.with_columns(what=pl.lit(what), low=count.cast(pl.Float64), high=count.cast(pl.Float64)).select(
            COLUMNS
        )
        for what, count in counts.items()
    ]


def _events(rows: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """How many came to the event, where a survival share is shown without saying it."""
    curves = catalogue.filter(pl.col("definition_fr").str.contains("Kaplan-Meier"), format="rate")
    told = rows.filter(~pl.col("hidden"), pl.col("value").is_not_null(), pl.col("numerator").is_null())
    told = told.join(curves.select("code"), on="code", how="semi")
    bounds = [events(*one) for one in told.select("value", "denominator", "low", "high").iter_rows()]
    low, high = ([float(b[i]) for b in bounds] for i in (0, 1))
    return told.with_columns(
        what=pl.lit("events"),
        low=pl.Series(low, dtype=pl.Float64),
        high=pl.Series(high, dtype=pl.Float64),
    ).select(COLUMNS)


def events(share: float, persons: float, low: float | None, high: float | None) -> tuple[int, int]:
    """The least and the most events that a survival share of so many persons, and its interval, may say."""
    if share <= 0:
        return 0, 0
    most = min(int(np.floor(share * persons + CLOSE * persons)), int(persons))
    if abs(share * persons - round(share * persons)) < CLOSE * persons and _fits(
        share / (persons * (1 - share)) if share < 1 else 0.0, share, low, high
    ):
        return round(share * persons), round(share * persons)  # as if everybody was followed to the end
    ways = [
        count
        for count in range(1, min(MOST_EVENTS, most) + 1)
        if _found(count, share, int(persons), low, high)
    ]
    if ways and low is not None:
        return min(ways), max(ways)  # an interval that also fits is no chance
    return 1, most


def _found(count: int, share: float, persons: int, low: float | None, high: float | None) -> bool:
    """Whether that many events, each among some who were still followed, make that share and interval."""
    if count > 3 and persons > MOST_PERSONS:
        return False
    ranks, made = _followed(count, persons)
    near = ranks[np.abs(made - share) < CLOSE]
    with np.errstate(divide="ignore"):
        spread = (1 / (near * (near - 1.0))).sum(axis=1)
    return any(_fits(one, share, low, high) for one in spread)


@lru_cache(maxsize=256)
def _followed(count: int, persons: int) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float64]]:
    """How many may have been followed at each of so many events, and the share that they make."""
    ranks = np.array(list(combinations(range(1, persons + 1), count)), dtype=np.int16)
    return ranks, 1 - np.prod(1 - 1 / ranks, axis=1)


def _fits(spread: float, share: float, low: float | None, high: float | None) -> bool:
    """Whether Greenwood's sum gives that interval (log-log); what has no interval fits."""
    if low is None or high is None or not 0 < share < 1:
        return True
    log = np.log(1 - share)
    width = Z * np.sqrt(spread) / abs(log)
    ends = (1 - (1 - share) ** np.exp(-width), 1 - (1 - share) ** np.exp(width))
    return bool(abs(ends[0] - low) < CLOSE_ENDS and abs(ends[1] - high) < CLOSE_ENDS)
