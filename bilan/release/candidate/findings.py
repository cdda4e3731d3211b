"""The automatic findings that accompany a candidate: what those who approve it should have read.

They stay with the candidate, for the steward and the approvers; nothing of them is published. They hold
what readers would see, never an exact figure that is hidden.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bilan.cube import SUPPRESSED
from bilan.errors import PlainError
from bilan.release.candidate.checks import Check
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.diff import EXPECTED, compare, plain, unexpected

# given the number of the earlier release and a figure's dimensions, the words of why it moved
Explain = Callable[[int, Sequence[Mapping[str, Any]]], Sequence[str]]
ROWS_FOLDER = "findings"  # in a candidate


@dataclass(frozen=True)
class Findings:
    """What was found: a summary of plain values, and the rows that it counts.

    `rows` are those `added`, `removed` and `changed` since the newest release still out, and those that
    `moved` more than expected, furthest first; none where there was no release.
    """

    summary: dict[str, Any]
    rows: dict[str, pl.DataFrame] = field(default_factory=dict)


def findings(
    release: int,
    contents: Contents,
    protection: Mapping[str, Any],
    *,
    checks: Sequence[Check],
    last: tuple[int, Contents] | None,
    explain: Explain | None,
    withdrawn_alike: Sequence[Mapping[str, Any]] = (),
) -> Findings:
    """All findings. `last` is the newest release still out; `explain` None says that nobody was asked.

    `withdrawn_alike` are the releases that showed the same and were taken back.
    """
    against = _against(last, contents, explain)
    summary = {
        "release": release,
        "withdrawn_alike": list(withdrawn_alike),
        "suppressed": suppressed(contents, protection),
        "checks": [check.to_dict() for check in checks],
        **against.summary,
    }
    return Findings(summary, against.rows)


def suppressed(contents: Contents, protection: Mapping[str, Any]) -> dict[str, Any]:
    """How many cells each reader finds hidden, by KPI, and what the protection had to do for it."""
    readers = {"public": contents.public, **contents.partners}
    return {
        "cells": {name: rows.height for name, rows in readers.items()},
        "hidden": {name: _hidden(rows) for name, rows in readers.items()},
        "coarsened": protection["coarsened"],
        "why": protection.get("why"),
    }


def _hidden(rows: pl.DataFrame) -> dict[str, int]:
    counted = rows.filter(pl.col("status") == SUPPRESSED).group_by("code").len().sort("code")
    return dict(counted.iter_rows())


def _against(last: tuple[int, Contents] | None, contents: Contents, explain: Explain | None) -> Findings:
    if last is None:
        return Findings({"difference": None, "moved": None})
    number, before = last
    difference = compare(before, contents)
    formats = dict(contents.catalogue.select("code", "format").iter_rows())
    moved = unexpected(difference, formats)
    explained = _explained(number, moved.head(EXPECTED.explained_at_most), explain)
    summary = {
        "difference": {"with": number, "counts": difference.counts()},
        "moved": {
            "rule": EXPECTED.to_dict(),
            "explained": explained,
            "left_out": moved.height - len(explained),
        },
    }
    return Findings(summary, {**difference.rows(), "moved": moved})


def _explained(number: int, moved: pl.DataFrame, explain: Explain | None) -> list[dict[str, Any]]:
    if explain is None or moved.is_empty():
        return []
    cells = plain(moved.drop("distance"))  # of a figure that was zero it is no number
    try:
        texts = explain(number, cells)
    except PlainError as error:
        texts = [str(error)] * len(cells)
    return [{"figure": cell, "why": text} for cell, text in zip(cells, texts, strict=True)]
