"""What is looked at in a frozen candidate before anyone is asked to approve it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bilan.cube import SUPPRESSED
from bilan.dashboards.tables import MEASURES, NO_FIGURES
from bilan.disclosure.figures import counting
from bilan.disclosure.rules import SMALLEST_SHOWN
from bilan.release.candidate.contents import Contents
from bilan.release.package.frozen import belied

_HIDEABLE = tuple(name for name in MEASURES if name not in NO_FIGURES)


@dataclass(frozen=True)
class Check:
    """The outcome of one check. `details` are names and counts, never an exact figure."""

    name: str
    passed: bool
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As findings and the register tell it."""
        return {"name": self.name, "passed": self.passed, "details": dict(self.details)}


def check_contents(contents: Contents, protection: Mapping[str, Any]) -> list[Check]:
    """The checks that need nothing but the files: protection, small counts, what belongs to whom."""
    own = {"public": contents.public, **contents.partners}
    readers = {**own, "steward": contents.steward}
    return [
        Check("protection_is_safe", protection.get("safe") is True, {"coarsened": protection["coarsened"]}),
        _each("no_small_count", {name: _small(rows, contents.catalogue) for name, rows in readers.items()}),
        _each("hidden_is_empty", {name: _told_though_hidden(rows) for name, rows in readers.items()}),
        _each("statuses_agree", {name: belied(rows).height for name, rows in readers.items()}),
        _each("each_reader_its_own", {name: _of_others(rows, name) for name, rows in own.items()}),
    ]


def _each(name: str, faults: Mapping[str, int]) -> Check:
    found = {reader: count for reader, count in faults.items() if count}
    return Check(name, not found, {"cells": found})


def _small(rows: pl.DataFrame, catalogue: pl.DataFrame) -> int:
    """Cells that show a count of 1 to 4 of somebody, as the catalogue says what they count."""
    return counting(rows.drop("format"), catalogue).filter(pl.col("smallest") < SMALLEST_SHOWN).height


def _told_though_hidden(rows: pl.DataFrame) -> int:
    is_shown = pl.any_horizontal(pl.col(name).is_not_null() for name in _HIDEABLE)
    return rows.filter((pl.col("status") == SUPPRESSED) & is_shown).height


def _of_others(rows: pl.DataFrame, reader: str) -> int:
    """Cells of a partner in a file that is not its own; the public's is nobody's own."""
    return rows.filter(pl.col("partner").is_not_null() & (pl.col("partner") != reader)).height
