"""The same table as a cube: which dimensions go together on an axis, and where each cell stands."""

from itertools import product

import numpy as np

from bilan.disclosure.audit import Ints
from bilan.disclosure.tables.axes import Axis, extended
from bilan.disclosure.tables.moves import TOO_LARGE, Cube, Position
from bilan.disclosure.tables.table import Grouping, Key, Rows, Table


class Shape:
    """Where cells stand in the cube of a table.

    Dimensions of which one tells the other (a municipality, its county) share an axis, whose members are
    their combinations and whose groups are the columns that a grouping shows of it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = _axes_of(table)
        self.members = tuple(self._members(columns) for columns in self.columns)
        self.groups = tuple(self._groups(index) for index in range(len(self.columns)))
        self.axes = tuple(
            Axis(len(members), tuple(groups.values()))
            for members, groups in zip(self.members, self.groups, strict=True)
        )

    @property
    def is_too_large(self) -> bool:
        """Whether the cube would not fit in memory several times over."""
        return int(np.prod([axis.length for axis in self.axes], dtype=np.int64)) > TOO_LARGE

    def position(self, grouping: Grouping, key: Key) -> Position:
        """Where that cell of that grouping stands."""
        values_of = dict(zip(grouping, key, strict=True))
        return tuple(
            self._on_axis(index, tuple(name for name in columns if name in values_of), values_of)
            for index, columns in enumerate(self.columns)
        )

    def _on_axis(self, index: int, level: Grouping, values_of: dict[str, str]) -> int:
        values = tuple(values_of[name] for name in level)
        if level == self.columns[index]:
            return self.members[index][values]
        return len(self.members[index]) + list(self.groups[index]).index((level, values))

    def _members(self, columns: Grouping) -> dict[Key, int]:
        places = [self.table.dimensions.index(name) for name in columns]
        found = sorted({tuple(key[place] for place in places) for key in self.table.inner})
        return {member: index for index, member in enumerate(found)}

    def _groups(self, index: int) -> dict[tuple[Grouping, Key], tuple[int, ...]]:
        """Members of each group, by the columns that are shown and their values."""
        columns, members = self.columns[index], self.members[index]
        levels = {tuple(name for name in columns if name in grouping) for grouping in self.table.groupings}
        found: dict[tuple[Grouping, Key], list[int]] = {}
        for level in sorted(levels - {columns}):
            for member, number in members.items():
                values = tuple(member[columns.index(name)] for name in level)
                found.setdefault((level, values), []).append(number)
        return {name: tuple(group) for name, group in found.items()}


def cube_of(shape: Shape, rows: Rows) -> tuple[Cube, dict[Position, int], Ints]:
    """The cube, the row that stands at each shown position, and the unknown of each inner cell (-1: none)."""
    table, system = shape.table, rows.system
    inner = np.full([axis.size for axis in shape.axes], -1, dtype=np.int64)
    for number, key in enumerate(table.inner):
        inner[shape.position(table.dimensions, key)] = number
    counts = extended(np.where(inner < 0, 0, system.counts[inner]), shape.axes)
    shown, fixed = np.zeros(counts.shape, dtype=bool), np.zeros(counts.shape, dtype=bool)
    fixed[tuple(slice(axis.size) for axis in shape.axes)] = inner < 0
    least = np.zeros(counts.shape, dtype=np.int64)
    places = {shape.position(*cell): row for row, cell in enumerate(rows.cells)}
    for position, row in places.items():
        shown[position], fixed[position] = True, system.fixed[row]
        least[position] = system.least[row]
    axis, holders = _holders(shape, system.contributors)
    return Cube(shape.axes, counts, shown, fixed, least, axis, holders), places, inner


def _holders(shape: Shape, contributors: tuple[str, ...]) -> tuple[int | None, tuple[tuple[int, ...], ...]]:
    """The axis of the contributors, and the members of it that each of them holds."""
    name = shape.table.contributor
    if name is None:
        return None, ()
    axis = next(index for index, columns in enumerate(shape.columns) if name in columns)
    at = shape.columns[axis].index(name)
    return axis, tuple(
        tuple(number for member, number in shape.members[axis].items() if member[at] == contributor)
        for contributor in contributors
    )


def _axes_of(table: Table) -> tuple[Grouping, ...]:
    """The dimensions, together where the value of one tells the value of another."""
    columns = {name: [key[index] for key in table.inner] for index, name in enumerate(table.dimensions)}
    axis = {name: name for name in table.dimensions}
    for one, other in product(table.dimensions, repeat=2):
        tells = len(set(zip(columns[one], columns[other], strict=True))) == len(set(columns[one]))
        if one != other and tells and len(set(columns[other])) > 1:
            old, new = axis[other], axis[one]
            axis = {name: new if root == old else root for name, root in axis.items()}
    roots = list(dict.fromkeys(axis.values()))
    return tuple(tuple(name for name in table.dimensions if axis[name] == root) for root in roots)
