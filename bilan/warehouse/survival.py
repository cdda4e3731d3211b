"""How long until an event, when many have not met it yet: Kaplan-Meier, as lifelines computes it."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import polars as pl

from bilan.warehouse.intervals import CELL, CONFIDENCE, NO_INTERVAL, Interval

HORIZONS = {3: 91.25, 6: 182.5, 9: 273.75, 12: 365.0, 18: 547.5, 24: 730.0}  # months: days

_SCHEMA = {
    **CELL,
    "n": pl.Int64,
    **dict.fromkeys(("median_days", "median_low", "median_high"), pl.Float64),
    **{f"{name}_{months}": pl.Float64 for months in HORIZONS for name in ("share", "low", "high")},
}


@dataclass(frozen=True)
class Estimate:
    """A figure with the bounds of its 95 % interval; None where the data can't say."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Survival:
    """What Kaplan-Meier says of some persons: the median in days, and the share met by each horizon."""

    n: int
    median: Estimate
    shares: tuple[Estimate, ...]  # in the order of HORIZONS


def kaplan_meier(days: Sequence[int], met: Sequence[bool]) -> Survival:
    """From the days that each person was watched, and whether the event ended them.

    At least one person; days are 0 or more, otherwise ValueError. The bounds of a share are Greenwood's
    on the log-log scale; those of the median are where that band crosses one half (Brookmeyer and
    Crowley, 1982). A median that is not reached is None, and so is the share at a horizon that is
    farther than anyone was watched.
    """
    if not days or min(days) < 0:
        raise ValueError("a person is watched for 0 days or more")
    from lifelines import KaplanMeierFitter  # noqa: PLC0415 - takes seconds to import, for one model
    from lifelines.utils import median_survival_times  # noqa: PLC0415

    fitted = KaplanMeierFitter(alpha=1 - CONFIDENCE).fit(days, event_observed=met)
    # lifelines names the columns « KM_estimate_lower_0.95 » and « KM_estimate_upper_0.95 »
    band = fitted.confidence_interval_
    crossings = median_survival_times(band)
    median = Estimate(
        _finite(fitted.median_survival_time_), _finite(crossings.iloc[0, 0]), _finite(crossings.iloc[0, 1])
    )
    everyone_met = float(fitted.survival_function_.iloc[-1, 0]) == 0
    shares = []
    for horizon in HORIZONS.values():
        if horizon > max(days) and not everyone_met:
            shares.append(Estimate(None, *NO_INTERVAL))
            continue
        share = 1 - float(fitted.predict(horizon))
        lower, upper = band[band.index <= horizon].iloc[-1]
        shares.append(Estimate(share, *_bounds(share, 1 - float(upper), 1 - float(lower))))
    return Survival(len(days), median, tuple(shares))


def survival_of_cells(watched: pl.DataFrame) -> pl.DataFrame:
    """For rows of CELL's columns, `days_watched` and `has_turned`, one row per cell with its estimates."""
    rows = []
    for cell, held in watched.sort("days_watched", "has_turned").group_by(list(CELL), maintain_order=True):
        found = kaplan_meier(held["days_watched"].to_list(), held["has_turned"].to_list())
        estimates = (found.median, *found.shares)
        rows.append((*cell, found.n, *(value for one in estimates for value in astuple(one))))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _bounds(share: float, low: float, high: float) -> Interval:
    """Greenwood's formula has no width where nobody or everybody has met the event."""
    return NO_INTERVAL if share in (0, 1) else (low, high)


def _finite(days: float) -> float | None:
    return float(days) if math.isfinite(days) else None
