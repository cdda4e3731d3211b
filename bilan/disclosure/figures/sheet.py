"""The cells of a programme: the numbers that today's figures, and those of releases still out, rest on.

A number that a release counted up to the same last day as today is the same cell. Counted up to an earlier
day, it is another cell, and the difference between the two is what happened since.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from bilan.cube import MISSING, SHOWN, SUPPRESSED
from bilan.disclosure.figures.numbers import Cell, Reader

TOLD = (*SHOWN, MISSING)  # statuses that tell a count
Row = Mapping[str, Any]
View = dict[Cell, int]  # cells of one release, each with its place
Reached = dict[tuple[str, str, date], date]  # facts, kind and start of a period: the last day that is counted


class CatalogueError(ValueError):
    """The catalogue says that two figures count the same, and they do not."""


class Sheet:
    """Every cell has a place; `views` say which place it has in each release, today's first."""

    def __init__(self, catalogue: pl.DataFrame) -> None:
        self.reader = Reader(catalogue)
        self.counts: list[int] = []  # per place: as now, or as in the last release that held it
        self.told_to: list[date] = []  # per place: the last day that is counted
        self.views: list[View] = []
        self.shown_before: set[int] = set()  # places that a release has shown
        self.then: dict[int, int] = {}  # per place: its count in the last release that held it
        self.hidden: set[tuple[object, ...]] = set()  # figures that a release hid
        self._places: dict[tuple[object, ...], int] = {}

    def today(self, rows: Iterable[Row]) -> list[dict[str, int]]:
        """The places of today's figures, by part. CatalogueError where two that are one number differ."""
        rows, view = list(rows), View()
        reached = self._reached(rows)
        resting: list[dict[str, int]] = []
        for row in rows:
            resting.append({})
            for part, cell, count in self.reader.cells_of(row):
                place = resting[-1][part] = view[cell] = self._place(cell, reached, count)
                if self.counts[place] != count:
                    raise CatalogueError(
                        f"{row['code']}: the catalogue says that it counts {cell.number}, of which another "
                        f"indicator gives another number ({cell.period.kind} of {cell.period.start}, "
                        f"{cell.territory or 'all territories'}). Mend `counts` of one of them."
                    )
        self.views.append(view)
        return resting

    def before(self, rows: Iterable[Row]) -> None:
        """Note what a release told: its figures, with `was`, the status under which they were read."""
        rows, view = list(rows), View()
        reached = self._reached(rows)
        for row in rows:
            if row["was"] == SUPPRESSED:
                self.hidden.add(figure_key(row))
            for _, cell, count in self.reader.cells_of(row):
                place = view[cell] = self._place(cell, reached, count)
                self.then[place] = count
                if row["was"] != SUPPRESSED:
                    self.shown_before.add(place)
        self.views.append(view)

    def _place(self, cell: Cell, reached: Reached, count: int) -> int:
        """The same wherever it is told as far: an open period may end later without being told of more."""
        kind, start = cell.period.kind, cell.period.start
        told_to = reached[cell.number.facts, kind, start]
        place = self._places.setdefault((cell.number, cell.territory, kind, start, told_to), len(self.counts))
        if place == len(self.counts):
            self.counts.append(count)
            self.told_to.append(told_to)
        return place

    def _reached(self, rows: Iterable[Row]) -> Reached:
        """How far each period is told of some facts: as far as the figure that is told farthest."""
        found: Reached = {}
        for row in rows:
            for _, cell, _ in self.reader.cells_of(row):
                key = cell.number.facts, cell.period.kind, cell.period.start
                found[key] = max(found.get(key, row["told_to"]), row["told_to"])
        return found


def figure_key(row: Row) -> tuple[object, ...]:
    """What a figure is, whatever it says: told farther, it is another."""
    names = ("code", "territory", "period_kind", "period_start", "told_to", "breakdown", "breakdown_value")
    return tuple(row[name] for name in names)
