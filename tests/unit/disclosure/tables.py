"""Tables of tests: small ones from a grid, and what a reader has of a protected one."""

from collections.abc import Sequence

from bilan.disclosure.tables.protect import Protection
from bilan.disclosure.tables.table import Cell, Key, Release, ReleasedCell, Table
from tests.unit.disclosure.judge import Seen

MARGINS = (("row", "col"), ("row",), ("col",), ())


def grid(
    counts: Sequence[Sequence[int]], rows: str, columns: str, *, shown: Sequence[tuple[str, ...]] = MARGINS
) -> Table:
    """A table of two dimensions; each row and each column is named by one letter."""
    inner: dict[Key, int] = {
        (row, column): count
        for row, line in zip(rows, counts, strict=True)
        for column, count in zip(columns, line, strict=True)
    }
    return Table(("row", "col"), inner, tuple(shown))


def inner_cells(names: str) -> frozenset[Cell]:
    """« wa xb »: inner cells of a grid."""
    return frozenset((("row", "col"), tuple(name)) for name in names.split())


def seen(table: Table, done: Protection) -> Seen:
    """What a reader of the protected table has before him."""
    return Seen(table.dimensions, table.inner, table.groupings, frozenset(done.suppressed()))


def released(table: Table, done: Protection) -> Release:
    """That table, once it is out."""
    cells = tuple(
        ReleasedCell(cell, int(value), "suppressed" if hidden else "value", bool(sensitive))
        for cell, value, hidden, sensitive in zip(
            done.rows.cells, done.rows.system.values, done.hidden, done.rows.system.sensitive, strict=False
        )
    )
    return Release(table.inner, cells)


def bounds_of(done: Protection) -> dict[Cell, tuple[int, int]]:
    """What the public can tell of each hidden cell, as printed."""
    return {
        cell: (int(done.low[row]), int(done.high[row]))
        for row, cell in enumerate(done.rows.cells)
        if done.hidden[row]
    }
