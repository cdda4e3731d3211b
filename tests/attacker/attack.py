"""The attack: from published rows to the least and the most that each number may be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tests.attacker.bounding import LOTS, Bools, Interval, propagate, untouched
from tests.attacker.identities import add_identities
from tests.attacker.nonlinear import derived
from tests.attacker.programmes import PATIENCE, narrow
from tests.attacker.reading import FIGURE, PLACE, numbers_of, parts_of, rows_of
from tests.attacker.segments import with_segments
from tests.attacker.sums import add_corrections, add_sums, nature_of
from tests.attacker.system import Relations, Terms
from tests.attacker.written import add_written, with_remainders

CELL = (*FIGURE, *PLACE, "part", "release")


@dataclass(frozen=True)
class Known:
    """What everybody reads: the numbers, what holds between them, what follows, and what shares say."""

    numbers: pl.DataFrame
    terms: Terms
    found: Interval
    derived: pl.DataFrame


@dataclass(frozen=True)
class Findings:
    """What an attacker can tell.

    `numbers` has each number (`CELL`), `shown` or null, `low`, `high`, and the relation that gave each; of a
    partner also `own`, what it counts of it itself, and of numbers that were looked for `doubtful`, whether
    the time was up before they were known to be narrow or wide. `derived` has the counts that shares say.
    `contradicted` counts, by name, the relations taken from what is shown that it also contradicts.
    """

    numbers: pl.DataFrame
    derived: pl.DataFrame
    contradicted: dict[str, int]

    def bounds_of(self, cell: dict[str, object]) -> tuple[float, float]:
        """The least and the most that a number may be; `cell` gives the columns of `CELL` that name it."""
        same = [pl.col(name).eq_missing(pl.lit(value)) for name, value in cell.items()]
        low, high = self.numbers.filter(*same).select(pl.col("low").max(), pl.col("high").min()).row(0)
        return low, high


def read(releases: Sequence[pl.DataFrame], catalogue: pl.DataFrame) -> Known:
    """What the public rows of those releases, oldest first, tell everybody."""
    rows = rows_of(releases, catalogue)
    natures = nature_of(catalogue)
    numbers = with_segments(with_remainders(numbers_of(rows)), natures.filter("adds", ~pl.col("at_the_end")))
    relations = Relations()
    add_sums(numbers, natures, relations)
    add_written(numbers, relations)
    add_identities(numbers, catalogue, relations)
    add_corrections(numbers, relations)
    terms = relations.gathered(numbers["shown"].is_null().to_numpy())
    found = untouched(numbers["low"].to_numpy(), numbers["shown"].fill_null(LOTS).to_numpy(), terms)
    propagate(terms, found, np.ones(numbers.height, dtype=bool))
    return Known(numbers, terms, found, derived(rows, catalogue))


def attack(
    releases: Sequence[pl.DataFrame],
    catalogue: pl.DataFrame,
    own: Sequence[pl.DataFrame] | None = None,
    *,
    aims: pl.DataFrame | None = None,
    seconds: float = PATIENCE,
) -> Findings:
    """All that can be told of the numbers of those releases, oldest first.

    `own` has, per release, the exact rows of one partner, who attacks with them; null is the public. `aims`
    (some columns of `CELL`) says which numbers are worth programmes, for some seconds; null is none.
    """
    return attack_knowing(read(releases, catalogue), catalogue, own, aims=aims, seconds=seconds)


def attack_knowing(
    known: Known,
    catalogue: pl.DataFrame,
    own: Sequence[pl.DataFrame] | None = None,
    *,
    aims: pl.DataFrame | None = None,
    seconds: float = PATIENCE,
) -> Findings:
    """The same, by one of several attackers who read the same releases."""
    found = known.found.copy()
    numbers = known.numbers
    if own is not None:
        numbers = numbers.join(own_of(own, numbers, catalogue), on="var", how="left", maintain_order="left")
        _count_oneself(numbers, known.terms, found)
    doubtful = np.zeros(numbers.height, dtype=bool)
    if aims is not None:
        wanted = _wanted(numbers, aims)
        if own is not None:  # the rest is as the public has it
            wanted &= numbers.select(pl.col("own").is_not_null().any().over("programme", "code"))[
                "own"
            ].to_numpy()
        doubtful = narrow(known.terms, found, wanted, seconds)
    told = _told(numbers, found, known.terms.why).with_columns(doubtful=pl.Series(doubtful))
    broken = Counter(known.terms.why[row] for row in np.flatnonzero(~found.alive))
    return Findings(told, known.derived, dict(broken))


def own_of(own: Sequence[pl.DataFrame], numbers: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """What a partner counts itself of each number (`var`, `own`), of those that it has a row of its own for.

    A whole that is ever shown below what a partner counts of it is no whole: its code is left out.
    """
    rows = [release.with_columns(partner=pl.lit(None, pl.String)) for release in own]
    at = [*FIGURE, *PLACE, "part"]
    told = parts_of(rows_of(rows, catalogue)).drop_nulls("shown")
    told = told.select(*at, "release", own="shown")
    last = told.sort("release").group_by(at).agg(pl.col("own").last()).with_columns(release=pl.lit(0))
    told = pl.concat([told.with_columns(pl.col("release").cast(pl.Int32)), last.select(told.columns)])
    both = numbers.join(told, on=[*at, "release"], nulls_equal=True)
    below = (pl.col("shown") < pl.col("own")).fill_null(value=False).any().over("programme", "code", "part")
    return both.filter(~below).select("var", "own")


def _count_oneself(numbers: pl.DataFrame, terms: Terms, found: Interval) -> None:
    """A whole is at least what one counts of it oneself."""
    own = numbers["own"].fill_null(0).to_numpy()
    moved = (own > found.low) & (own <= found.high)
    found.low[moved] = own[moved]
    propagate(terms, found, moved)


def _wanted(numbers: pl.DataFrame, aims: pl.DataFrame) -> Bools:
    on = [name for name in CELL if name in aims.columns]
    aims = aims.select(on).unique().with_columns(wanted=pl.lit(value=True))
    told = numbers.join(aims, on=on, how="left", nulls_equal=True, maintain_order="left")
    wanted: Bools = (told["wanted"].fill_null(value=False) & numbers["shown"].is_null()).to_numpy()
    return wanted


def _told(numbers: pl.DataFrame, found: Interval, names: list[str]) -> pl.DataFrame:
    """Those numbers with their bounds, and what gave the last that moved."""
    why = np.array([*names, ""], dtype=object)
    return numbers.with_columns(
        low=pl.Series(found.low),
        high=pl.Series(found.high),
        why_low=pl.Series(why[found.why_low], dtype=pl.String),
        why_high=pl.Series(why[found.why_high], dtype=pl.String),
    )
