"""What is found to hold between indicators, on the cells where all of them are shown.

Two numbers that are always equal, one that two others always make, one that is never above another: with
enough cells that say so, whoever reads them side by side takes it to hold where one of them is hidden.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tests.attacker.reading import FIGURE, PLACE
from tests.attacker.system import Ints, Relations

ENOUGH = 8  # cells above nothing where an equality is seen to hold
ENOUGH_FOR_ORDER = 20
VALUES = 4  # different values, at least, among those cells
SERIES = [*FIGURE, "part"]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """How a relation is written, and the most that its signed sum may be."""

    sign: str
    most: float


SAME, LEAST = Told("=", 0.0), Told(">=", np.inf)


@dataclass(frozen=True)
class Sheet:
    """Series by places: the value that is shown or NaN, and the variable or -1."""

    names: pl.DataFrame
    shown: npt.NDArray[np.float64]
    var: Ints
    level: Ints  # per column, the kind of its period and whether it is a territory's

    @property
    def known(self) -> Bools:
        """Where a value is shown."""
        return ~np.isnan(self.shown)


def add_identities(numbers: pl.DataFrame, catalogue: pl.DataFrame, to: Relations) -> None:
    """What is found between the numbers of each programme."""
    logs = catalogue.select("code", "logs")
    for some in numbers.filter(~pl.col("code").str.contains(" ")).partition_by("programme"):
        sheet = _sheet(some, logs)
        for a, b in equals(sheet):
            _add(sheet, [(a, 1.0), (b, -1.0)], SAME, to)
        headlines = _only(sheet, sheet.names["breakdown"].is_null().to_numpy())
        for a, b, c in makings(headlines):
            _add(headlines, [(a, 1.0), (b, -1.0), (c, -1.0)], SAME, to)
        for a, b, of in orders(headlines):
            _add(headlines, [(b, 1.0), (a, -1.0)], LEAST, to, of)


def _sheet(numbers: pl.DataFrame, logs: pl.DataFrame) -> Sheet:
    """The numbers of one programme, laid out."""
    names = numbers.select(SERIES).unique(maintain_order=True).with_row_index("line")
    places = numbers.select(*PLACE, "release").unique(maintain_order=True).with_row_index("column")
    told = numbers.join(names, on=SERIES, nulls_equal=True)
    told = told.join(places, on=[*PLACE, "release"], nulls_equal=True)
    at = told["line"].to_numpy(), told["column"].to_numpy()
    shown = np.full((names.height, places.height), np.nan)
    var = np.full(shown.shape, -1, dtype=np.int64)
    shown[at] = told["shown"].cast(pl.Float64).to_numpy()
    var[at] = told["var"].to_numpy()
    level = places.select(pl.struct("kind", pl.col("territory").is_null()).rank("dense") - 1)
    return Sheet(
        names.join(logs, on="code", how="left", maintain_order="left"),
        shown,
        var,
        level.to_series().cast(pl.Int64).to_numpy(),
    )


def _only(sheet: Sheet, lines: Bools) -> Sheet:
    return Sheet(sheet.names.filter(pl.Series(lines)), sheet.shown[lines], sheet.var[lines], sheet.level)


def _enough(values: npt.NDArray[np.float64], cells: Bools, least: int) -> Bools:
    """Per line of `cells`, whether enough of them are above nothing and differ."""
    above = cells & (values > 0)
    many: Bools = above.sum(axis=1) >= least
    for line in np.flatnonzero(many):
        many[line] = len(np.unique(values[line, above[line]])) >= VALUES
    return many


def equals(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Series that are the same wherever both are shown."""
    code, whole = sheet.names["code"].to_numpy(), sheet.names["breakdown"].is_null().to_numpy()
    part_of = (code[:, None] == code) & (whole[:, None] != whole)
    for a in range(len(sheet.shown)):
        both = sheet.known[a] & sheet.known[a + 1 :]
        same = ~(both & (sheet.shown[a] != sheet.shown[a + 1 :])).any(axis=1) & ~part_of[a, a + 1 :]
        same &= _enough(np.broadcast_to(sheet.shown[a], both.shape), both & same[:, None], ENOUGH)
        yield from ((a, a + 1 + int(b)) for b in np.flatnonzero(same))


def orders(sheet: Sheet) -> Iterator[tuple[int, int, Bools]]:
    """Series of one family and one log that are never above another; and on which levels it is often seen."""
    stems = sheet.names["code"].str.split(".").list.first().to_numpy()
    logs = sheet.names["logs"].fill_null("").to_numpy()
    for a in range(len(sheet.shown)):
        both = sheet.known[a] & sheet.known
        above = (both & (sheet.shown[a] > sheet.shown)).any(axis=1)
        below = (both & (sheet.shown[a] < sheet.shown)).any(axis=1)
        for b in np.flatnonzero((stems == stems[a]) & (logs == logs[a]) & ~above & below):
            seen = np.bincount(sheet.level[both[b] & (sheet.shown[a] > 0)], minlength=sheet.level.max() + 1)
            if (seen >= ENOUGH_FOR_ORDER).any():
                yield a, int(b), (seen >= ENOUGH_FOR_ORDER)[sheet.level]


def makings(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Series that two others make together, on cells where both count somebody."""
    shown, known = sheet.shown, sheet.known
    for a in range(len(shown)):
        within = ~(known[a] & known & (shown > shown[a])).any(axis=1)
        parts = [b for b in np.flatnonzero(within) if b != a]
        for at, b in enumerate(parts):
            rest = shown[a] - shown[b]
            others = np.array(parts[at + 1 :], dtype=np.int64)
            cells = known[a] & known[b] & (shown[b] > 0) & known[others] & (shown[others] > 0)
            wrong = (known[a] & known[b] & known[others] & (shown[others] != rest)).any(axis=1)
            kept = ~wrong & _enough(np.broadcast_to(rest, cells.shape), cells & ~wrong[:, None], ENOUGH)
            yield from ((a, int(b), int(c)) for c in others[kept])


def _add(
    sheet: Sheet, lines: Sequence[tuple[int, float]], told: Told, to: Relations, of: Bools | None = None
) -> None:
    """The relation 0 <= signed sum of series <= `told.most`, in the places `of` where all have a row."""
    places = np.logical_and.reduce([sheet.var[line] >= 0 for line, _ in lines])
    places = places if of is None else places & of
    keys = np.arange(places.sum())
    terms = [
        pl.DataFrame({"key": keys, "var": sheet.var[line][places], "sign": np.full(len(keys), side)})
        for line, side in lines
    ]
    first, *others = (_name(sheet, line) for line, _ in lines)
    why = pl.lit(f"found: {first} {told.sign} {' + '.join(others)}")
    keyed = pl.DataFrame({"key": keys})
    to.add(pl.concat(terms), keyed.select("key", low=pl.lit(0.0), high=pl.lit(told.most), why=why))


def _name(sheet: Sheet, line: int) -> str:
    """A series in one word."""
    return ".".join(part for part in sheet.names.select(SERIES).row(line) if part)
