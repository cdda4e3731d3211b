"""All that a file holds, counted: what was read, and what was left out for which reason."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from bilan.intake.grids import Grid, filled, rows_at
from bilan.intake.inputs import Accounted, Ignored
from bilan.intake.tables import Table

WHATS = ("sheets", "rows", "cells")
_ABOVE, _EXTRA, _NO_HEADING, _REPEATED = "above_headings", "extra_column", "no_heading", "repeated_column"


class Account:
    """The counts of one file, while its sheets are gone through."""

    def __init__(self) -> None:
        self._total: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._ignored: Counter[tuple[str, str]] = Counter()

    def leave_out(self, grid: Grid, why: str) -> None:
        """Count a sheet that is not read."""
        for what, count in self._see(grid).items():
            self._ignored[what, why] += count

    def take(self, grid: Grid, tables: list[Table]) -> None:
        """Count a sheet whose tables are read."""
        self._see(grid)
        self._read["sheets"] += 1
        cells = filled(grid.cells)
        unseen = cells > 0
        read = rows_at([row for table in tables for row in _headings(table)], len(cells))
        for table in tables:
            read |= rows_at(table.rows["row"], len(cells))
        self._read["rows"] += int((unseen & read).sum())
        unseen &= ~read
        for why, rows in _dropped(tables):
            here = unseen & rows_at(rows, len(cells))
            self._ignored["rows", why] += int(here.sum())
            unseen &= ~here
        for table in tables:
            self._count_cells(grid, table)
        above = min(table.header.row for table in tables)
        self._ignored["cells", _ABOVE] += int(cells[:above].sum())

    def accounted(self) -> Accounted:
        """The account, blank where the file is."""
        ignored = (Ignored(what, why, count) for (what, why), count in sorted(self._ignored.items()) if count)
        return Accounted(
            {what: self._total[what] for what in WHATS},
            {what: self._read[what] for what in WHATS},
            tuple(ignored),
        )

    def _see(self, grid: Grid) -> dict[str, int]:
        """Add a sheet to the total; what it holds."""
        cells = filled(grid.cells)
        held = {"sheets": 1, "rows": int((cells > 0).sum()), "cells": int(cells.sum())}
        self._total.update(held)
        return held

    def _count_cells(self, grid: Grid, table: Table) -> None:
        held = grid.cells.select(pl.col(table.header.span).is_not_null())
        read = rows_at(table.rows["row"], held.height) | rows_at(_headings(table), held.height)
        for column in table.header.span:
            count, why = int((held[column] & read).sum()), _why_unread(column, table)
            if why is None:
                self._read["cells"] += count
            else:
                self._ignored["cells", why] += count
        for why, rows in table.dropped.items():
            lost = held.filter(rows_at(rows, held.height))
            self._ignored["cells", why] += sum(int(column.sum()) for column in lost)


def _why_unread(column: str, table: Table) -> str | None:
    header = table.header
    if column in header.columns.values():
        return None
    return _EXTRA if column in header.extra else _REPEATED if column in header.repeated else _NO_HEADING


def _headings(table: Table) -> list[int]:
    return list(range(table.header.row + 1, table.header.last + 2))


def _dropped(tables: list[Table]) -> Iterator[tuple[str, list[int]]]:
    """The sheet's rows that no table reads, by the reason why."""
    yield _ABOVE, list(range(1, min(table.header.row for table in tables) + 1))
    for table in tables:
        yield from table.dropped.items()
