"""All that a file holds, counted: what was read, and what was left out for which reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from bilan.intake.grids import Grid
from bilan.intake.model import Accounted, Ignored
from bilan.intake.tables import Table

WHATS = ("sheets", "rows", "cells")
_ABOVE, _EXTRA, _NO_HEADING, _REPEATED = "above_headings", "extra_column", "no_heading", "repeated_column"


@dataclass
class Account:
    """The counts of one file, while its sheets are gone through."""

    def __init__(self) -> None:
        self._total: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._ignored: Counter[tuple[str, str]] = Counter()

    def leave_out(self, grid: Grid, why: str) -> None:
        """Count a sheet that is not read; a blank one counts for nothing."""
        filled = _filled(grid.cells)
        if filled.sum():
            self._add("sheets", 1, why)
            self._add("rows", int((filled > 0).sum()), why)
            self._add("cells", int(filled.sum()), why)

    def take(self, grid: Grid, tables: list[Table]) -> None:
        """Count a sheet whose tables are read."""
        filled = _filled(grid.cells)
        self._total.update(sheets=1, rows=int((filled > 0).sum()), cells=int(filled.sum()))
        self._read["sheets"] += 1
        read = {row for table in tables for row in (*_headings(table), *table.rows["row"])}
        for why, rows in _dropped(grid, tables).items():
            lost = [row for row in rows if row not in read]
            self._ignored["rows", why] += sum(bool(filled[row - 1]) for row in lost)
        self._read["rows"] += sum(bool(filled[row - 1]) for row in read)
        for table in tables:
            self._count_cells(grid, table)
        above = min(table.header.row for table in tables)
        self._ignored["cells", _ABOVE] += int(filled[:above].sum())

    def told(self) -> Accounted:
        """The account, blank where the file is."""
        ignored = (Ignored(what, why, count) for (what, why), count in sorted(self._ignored.items()) if count)
        return Accounted(
            {what: self._total[what] for what in WHATS},
            {what: self._read[what] for what in WHATS},
            tuple(ignored),
        )

    def _add(self, what: str, count: int, why: str) -> None:
        self._total[what] += count
        self._ignored[what, why] += count

    def _count_cells(self, grid: Grid, table: Table) -> None:
        header = table.header
        kept = grid.cells[[row - 1 for row in (*_headings(table), *table.rows["row"])]]
        for column in header.span:
            count = len(kept) - kept[column].null_count()
            why = _why_unread(column, table)
            if why is None:
                self._read["cells"] += count
            else:
                self._ignored["cells", why] += count
        for why, rows in table.dropped.items():
            lost = grid.cells[[row - 1 for row in rows]].select(header.span)
            self._ignored["cells", why] += int(_filled(lost).sum())


def _why_unread(column: str, table: Table) -> str | None:
    header = table.header
    if column in header.columns.values():
        return None
    return _EXTRA if column in header.extra else _REPEATED if column in header.repeated else _NO_HEADING


def _headings(table: Table) -> range:
    return range(table.header.row + 1, table.header.last + 2)


def _dropped(grid: Grid, tables: list[Table]) -> dict[str, Iterable[int]]:
    """The sheet's rows that no table reads, by the reason why."""
    dropped: dict[str, set[int]] = {_ABOVE: set(range(1, min(table.header.row for table in tables) + 1))}
    for table in tables:
        for why, rows in table.dropped.items():
            dropped.setdefault(why, set()).update(rows)
    seen: set[int] = set()
    told: dict[str, Iterable[int]] = {}
    for why, numbers in dropped.items():
        told[why] = numbers - seen
        seen |= numbers
    return told


def _filled(cells: pl.DataFrame) -> pl.Series:
    """How many cells of each row hold something."""
    if not cells.columns:
        return pl.Series("filled", [], dtype=pl.UInt32)
    return cells.select(filled=pl.sum_horizontal(pl.all().is_not_null().cast(pl.UInt32))).to_series()
