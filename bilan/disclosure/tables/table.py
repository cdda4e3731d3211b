"""A table of counts and the groupings of it that are shown, made into the sums that an attacker sees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from bilan.disclosure.audit import Bools, Ints
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.dominance import dominated
from bilan.disclosure.tables.system import PUBLIC, System, matrix

Grouping = tuple[str, ...]  # dimensions, in the order of the table; none for the grand total
Key = tuple[str, ...]  # one value for each
Cell = tuple[Grouping, Key]
Status = Literal["value", "true_zero", "suppressed"]

SUPPRESSED: Status = "suppressed"


@dataclass(frozen=True)
class ReleasedCell:
    """A cell of a release that is still out: what it said, or that it hid it."""

    cell: Cell
    count: int
    status: Status
    sensitive: bool


@dataclass(frozen=True)
class Release:
    """A release that is still out: the inner cells that it was made from, and what it told of its cells."""

    inner: Mapping[Key, int]
    cells: tuple[ReleasedCell, ...]


@dataclass(frozen=True)
class Table:
    """Inner cells with their counts, and the groupings that are shown of them.

    `inner` has one key per inner cell, a value for each of `dimensions`. A combination that is not there
    cannot be: nobody is in it, and everybody knows.
    """

    dimensions: Grouping
    inner: Mapping[Key, int]
    groupings: tuple[Grouping, ...]
    contributor: str | None = None
    sensitive: frozenset[Cell] = frozenset()  # beside those that the rules name
    hidden: frozenset[Cell] = frozenset()  # whatever the rules say
    earlier: tuple[Release, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """The inner cells, in order."""
        return tuple(self.inner)

    def key_in(self, grouping: Grouping, key: Key) -> Key:
        """Which cell of that grouping an inner cell is part of."""
        return tuple(key[self.dimensions.index(name)] for name in grouping)


@dataclass(frozen=True)
class Rows:
    """The table as a system: its first rows are its cells, in the order of `cells`."""

    system: System
    cells: tuple[Cell, ...]
    already_public: tuple[Cell, ...] = ()  # small, and shown by a release that is still out


@dataclass
class _Unknowns:
    """Every inner count in every version that a release told of."""

    numbers: dict[tuple[Key, int], int] = field(default_factory=dict)

    def number(self, key: Key, count: int) -> int:
        return self.numbers.setdefault((key, count), len(self.numbers))


@dataclass
class _Row:
    """What is known of one set of unknowns."""

    members: tuple[int, ...]
    shown_before: bool = False
    hidden_before: bool = False
    sensitive: bool = False
    known: bool = False  # hidden since a release hid its place, though another has shown this very count


def rows_of(table: Table, rules: Rules) -> Rows:
    """The system that whoever reads this table, and every release still out, has before them."""
    unknowns = _Unknowns()
    inner = {key: unknowns.number(key, count) for key, count in table.inner.items()}
    cells = members_of(table)
    rows = {
        cell: _Row(tuple(sorted(inner[key] for key in keys)), sensitive=cell in table.sensitive)
        for cell, keys in cells.items()
    }
    gone = _remember(table, rows, unknowns)
    for cell in table.hidden & set(rows):
        rows[cell].hidden_before = True
    every = [*rows.values(), *gone, *_shown_and_hidden(rows.values())]
    system = _system(table, rules, unknowns, every, len(rows))
    public = tuple(
        cell
        for (cell, row), worth in zip(rows.items(), system.values, strict=False)
        if (row.shown_before or row.known) and rules.is_small(int(worth))
    )
    return Rows(system, tuple(rows), public)


def _remember(table: Table, rows: Mapping[Cell, _Row], unknowns: _Unknowns) -> list[_Row]:
    """Mark in `rows` what earlier releases told of them, and return the rows that only those told of."""
    same: dict[tuple[int, ...], list[_Row]] = defaultdict(list)
    for row in rows.values():
        same[row.members].append(row)
    gone: dict[tuple[int, ...], _Row] = {}
    for release in table.earlier:
        for cell, members in _cells_of(table, release, unknowns):
            for row in same.get(members) or [gone.setdefault(members, _Row(members))]:
                if cell.status == SUPPRESSED:
                    row.hidden_before = True
                    row.sensitive |= cell.sensitive
                else:
                    row.shown_before = True
            if cell.status == SUPPRESSED and cell.cell in rows:
                rows[cell.cell].hidden_before = True
    return list(gone.values())


def _shown_and_hidden(rows: Iterable[_Row]) -> list[_Row]:
    """What is known of cells that stay hidden although one release has shown them: rows of their own."""
    twice = [row for row in rows if row.shown_before and row.hidden_before]
    for row in twice:
        row.shown_before, row.known = False, True
    return [_Row(row.members, shown_before=True) for row in twice]


def members_of(table: Table) -> dict[Cell, list[Key]]:
    """The inner cells of each cell that is shown, grouping after grouping."""
    members: dict[Cell, list[Key]] = defaultdict(list)
    for grouping in table.groupings:
        for key in table.inner:
            members[grouping, table.key_in(grouping, key)].append(key)
    return dict(members)


def _cells_of(
    table: Table, release: Release, unknowns: _Unknowns
) -> Iterable[tuple[ReleasedCell, tuple[int, ...]]]:
    """Each cell of a release, with the unknowns that it summed."""
    by_cell: dict[Cell, list[int]] = defaultdict(list)
    groupings = {cell.cell[0] for cell in release.cells}
    for key, count in release.inner.items():
        number = unknowns.number(key, count)
        for grouping in groupings:
            by_cell[grouping, table.key_in(grouping, key)].append(number)
    for cell in release.cells:
        yield cell, tuple(sorted(by_cell[cell.cell]))


def _system(table: Table, rules: Rules, unknowns: _Unknowns, rows: Sequence[_Row], shown_now: int) -> System:
    counts = np.array([count for _, count in unknowns.numbers], dtype=np.int64)
    sums = matrix([row.members for row in rows], len(counts))
    values = np.asarray(sums @ counts, dtype=np.int64)
    before = _flags(rows, "shown_before")
    forced = _flags(rows, "hidden_before") & ~before
    small = (values >= rules.least_hidden) & (values < rules.threshold)
    now = np.arange(len(rows)) < shown_now
    zero_shown = (values == 0) & (rules.zeros == "published") & ~forced
    fixed = before | zero_shown | ~(now | forced)
    names, owners = _owners(table, unknowns)
    sensitive = ((small | dominated(counts, owners, sums, rules)) & now) | _flags(rows, "sensitive")
    return System(
        counts=counts,
        owners=owners,
        sums=sums,
        least=np.minimum(rules.least_hidden, values),
        fixed=fixed,
        forced=forced,
        sensitive=sensitive & ~fixed & ~_flags(rows, "known"),
        contributors=names,
    )


def _flags(rows: Sequence[_Row], name: str) -> Bools:
    return np.array([getattr(row, name) for row in rows], dtype=bool)


def _owners(table: Table, unknowns: _Unknowns) -> tuple[tuple[str, ...], Ints]:
    """The contributors, and which of them holds each unknown."""
    if table.contributor is None:
        return (), np.full(len(unknowns.numbers), PUBLIC, dtype=np.int64)
    at = table.dimensions.index(table.contributor)
    names = tuple(sorted({key[at] for key, _ in unknowns.numbers}))
    holders = [names.index(key[at]) for key, _ in unknowns.numbers]
    return names, np.array(holders, dtype=np.int64)
