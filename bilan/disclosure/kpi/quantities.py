"""What the figures count, and what adds up to what: the same whole numbers under as few names as there are.

A quantity is a whole number for each territory and period: the value of a count, the numerator or the
denominator of a rate, the rest of it, the persons. Two that are equal everywhere are one: whoever reads
the one reads the other. A quantity is the sum of others in several ways: over the values of a breakdown,
over partners, over what a rate counts and leaves out. Those ways are its splits.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from bilan.disclosure.kpi.relations import SUMS, Term, margins_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ALL = ""  # the territory of a figure that is summed over them
PARTS = ("numerator", "denominator", "n_persons")
REST = "rest"  # what a rate leaves out: denominator less numerator
RATE = "rate"
UNKNOWN = -1  # the content of a cell that no figure fills


class Slice(NamedTuple):
    """Figures that differ by territory and period alone."""

    code: str
    breakdown: str | None
    breakdown_value: str | None
    partner: str | None


SLICE = Slice._fields


@dataclass(frozen=True)
class Grid:
    """Territories (the last is their total) and periods of a programme; months are the atoms of time."""

    territories: tuple[str, ...]
    periods: tuple[tuple[str, object], ...]  # kind and first day
    months: Ints  # positions of the months among periods
    sums: Bools  # periods by months: which months each period holds

    @property
    def size(self) -> int:
        """The cells of one quantity."""
        return len(self.territories) * len(self.periods)

    def flat(self, quantity: int, territory: Ints, period: Ints) -> Ints:
        """Cells of a quantity, as indexes in the flattened arrays of all of them."""
        return (quantity * len(self.territories) + territory) * len(self.periods) + period


class Split(NamedTuple):
    """Quantities that are each the sum of the same parts, but for what overlaps."""

    wholes: tuple[int, ...]
    parts: tuple[int, ...]


@dataclass
class Quantities:
    """Every quantity of a programme, as arrays of N quantities by territories by periods."""

    grid: Grid
    counts: Ints
    filled: Bools  # where some figure fills it
    splits: tuple[Split, ...]
    holder: tuple[str | None, ...]  # the partner whose own figure a quantity is
    rows: Ints  # rows of the frame by parts (numerator, denominator, n_persons, rest): flat cells, or UNKNOWN
    is_stock: Bools  # per quantity: its months do not add up


def grid_of(cells: pl.DataFrame) -> Grid:
    """The territories and periods of the figures of one programme."""
    territories = tuple(sorted(t for t in cells["territory"].unique().to_list() if t is not None))
    periods = (
        cells.select("period_kind", "period_start", "period_end").unique().sort("period_kind", "period_start")
    )
    kinds, starts, ends = (periods[name].to_list() for name in periods.columns)
    months = np.array([at for at, kind in enumerate(kinds) if kind == "month"], dtype=np.int64)
    holds = np.array(
        [
            [starts[p] <= starts[m] and (kinds[p] == "total" or ends[m] <= ends[p]) for m in months]
            for p in range(len(kinds))
        ],
        dtype=bool,
    ).reshape(len(kinds), len(months))
    return Grid((*territories, ALL), tuple(zip(kinds, starts, strict=True)), months, holds)


def quantities_of(cells: pl.DataFrame, grid: Grid) -> Quantities:
    """The quantities that the figures of one programme show, or are made of.

    `cells` holds the dimensions, `format` and the parts of each figure.
    """
    book = _Book(grid)
    slices: dict[Slice, dict[str, int]] = {}
    rows = np.full((cells.height, len(PARTS) + 1), UNKNOWN, dtype=np.int64)
    by_slice = cells.with_row_index("row").partition_by(*SLICE, as_dict=True, maintain_order=True)
    for key, frame in by_slice.items():
        name = Slice(*key)
        where = _places(frame, grid)
        slices[name] = {}
        for part, content in _contents(frame):
            slices[name][part] = book.number((*key[1:], part == REST), where, content)
            flat = grid.flat(slices[name][part], *where)
            at = (*PARTS, REST).index(part)
            rows[frame["row"].to_numpy(), at] = np.where(content == UNKNOWN, UNKNOWN, flat)
    return _finished(book, slices, rows)


def _places(frame: pl.DataFrame, grid: Grid) -> tuple[Ints, Ints]:
    """Where each figure stands: its territory and its period."""
    territory = {name: at for at, name in enumerate(grid.territories)}
    period = {name: at for at, name in enumerate(grid.periods)}
    told = zip(frame["territory"].fill_null(ALL), frame["period_kind"], frame["period_start"], strict=True)
    placed = [(territory[t], period[kind, start]) for t, kind, start in told]
    return np.array([t for t, _ in placed], dtype=np.int64), np.array([p for _, p in placed], dtype=np.int64)


def _contents(frame: pl.DataFrame) -> Iterator[tuple[str, Ints]]:
    """The whole numbers that the figures of one slice are made of, UNKNOWN where there is none."""
    form = frame["format"][0]
    told = {
        name: frame[name].to_numpy().astype(np.float64)
        for name in PARTS
        if frame[name].null_count() < frame.height
    }
    for name, numbers in told.items():
        known = ~np.isnan(numbers)
        if np.all(numbers[known] >= 0):
            yield name, np.where(known, np.rint(np.nan_to_num(numbers)), UNKNOWN).astype(np.int64)
    if form == RATE and {"numerator", "denominator"} <= set(told):
        rest = told["denominator"] - told["numerator"]
        known = ~np.isnan(rest)
        if np.all(rest[known] >= 0):
            yield REST, np.where(known, np.rint(np.nan_to_num(rest)), UNKNOWN).astype(np.int64)


class _Book:
    """The quantities met so far, each once. Two of one breakdown, or of two partners, are never one."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.contents: list[Ints] = []
        self._numbers: dict[tuple[object, bytes], int] = {}

    def number(self, kind: tuple[object, ...], where: tuple[Ints, Ints], content: Ints) -> int:
        """The number of the quantity of that kind with that content, a new one if there is none."""
        table = np.full((len(self.grid.territories), len(self.grid.periods)), UNKNOWN, dtype=np.int64)
        table[where] = content
        found = self._numbers.setdefault((kind, table.tobytes()), len(self.contents))
        if found == len(self.contents):
            self.contents.append(table)
        return found


def _finished(book: _Book, slices: dict[Slice, dict[str, int]], rows: Ints) -> Quantities:
    """The quantities of a book, with what adds up to what and whose they are."""
    grid = book.grid
    tables = np.array(book.contents, dtype=np.int64)
    tables = tables.reshape(-1, len(grid.territories), len(grid.periods))
    counts = np.where(tables == UNKNOWN, 0, tables)
    holder: list[str | None] = [None] * len(tables)
    for name, parts in slices.items():
        for quantity in parts.values():
            holder[quantity] = name.partner
    empty = set(np.flatnonzero(~counts.any(axis=(1, 2))).tolist())
    splits = tuple(_splits(slices, empty))
    return Quantities(grid, counts, tables != UNKNOWN, splits, tuple(holder), rows, _stocks(grid, counts))


def _splits(slices: dict[Slice, dict[str, int]], empty: set[int]) -> Iterator[Split]:
    """What adds up to what: by breakdown, by partner, by what a rate counts and what it leaves out, and
    between indicators.
    """
    groups: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for name, parts in slices.items():
        if {"numerator", "denominator", REST} <= set(parts):
            groups[parts["denominator"], name, REST] = {parts["numerator"], parts[REST]}
        for part, quantity in parts.items():
            for whole in _wholes_of(name):
                if part in slices.get(whole, {}):
                    groups[slices[whole][part], whole, part, name.code, name.breakdown].add(quantity)
    for (whole_of_all,), parts_of_all in _between(slices):
        groups[whole_of_all, parts_of_all] = set(parts_of_all)
    wholes: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for key, children in groups.items():
        together = tuple(sorted(children - empty))
        if together and key[0] not in together:
            wholes[together].add(cast(int, key[0]))
    for together, of in wholes.items():
        yield Split(tuple(sorted(of)), together)


def _wholes_of(name: Slice) -> Iterator[Slice]:
    """The figures that have that one as a part."""
    if name.breakdown is not None or name.partner is not None:
        yield Slice(name.code, None, None, None)
    for margin in margins_of(name.code, name.breakdown, name.breakdown_value):
        yield Slice(*margin, name.partner)


def _between(slices: dict[Slice, dict[str, int]]) -> Iterator[Split]:
    """What adds up between indicators, for everybody and each partner, of the terms that are given."""

    def number(term: Term, partner: str | None) -> int | None:
        return slices.get(Slice(term.code, term.breakdown, term.breakdown_value, partner), {}).get(term.part)

    for partner in dict.fromkeys(name.partner for name in slices):
        for whole, terms in SUMS:
            told = number(whole, partner)
            parts = tuple(part for term in terms if (part := number(term, partner)) is not None)
            if told is not None:
                yield Split((told,), parts)


def _stocks(grid: Grid, counts: Ints) -> Bools:
    """The quantities whose months do not add up: who is there one month is the next, or no month is told."""
    total = [at for at, (kind, _) in enumerate(grid.periods) if kind == "total"]
    months, whole = counts[:, -1, grid.months].sum(axis=1), counts[:, -1, total].sum(axis=1)
    return np.asarray(((months > 2 * whole) | (months == 0)) & bool(total))
