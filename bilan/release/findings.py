"""The automatic findings that accompany a candidate: what those who approve it should have read.

They stay with the candidate, for the steward and the approvers; nothing of them is published. They hold
what readers would see, never an exact figure that is hidden.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from bilan.errors import PlainError
from bilan.release.checks import SUPPRESSED, Check
from bilan.release.contents import Contents
from bilan.release.diff import compare, plain
from bilan.release.moves import EXPECTED, told, unexpected

# given the number of the earlier release and a figure's dimensions, the words of why it moved
Explain = Callable[[int, Sequence[Mapping[str, Any]]], Sequence[str]]


def findings(
    contents: Contents,
    protection: Mapping[str, Any],
    checks: Sequence[Check],
    last: tuple[int, Contents] | None,
    explain: Explain | None,
) -> dict[str, Any]:
    """All findings. `last` is the newest release still out; `explain` None says that nobody was asked."""
    return {
        "suppressed": suppressed(contents, protection),
        "checks": [check.to_dict() for check in checks],
        **_against(last, contents, explain),
    }


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


def _against(
    last: tuple[int, Contents] | None, contents: Contents, explain: Explain | None
) -> dict[str, Any]:
    if last is None:
        return {"difference": None, "moved": None}
    number, before = last
    difference = compare(before, contents)
    formats = dict(contents.catalogue.select("code", "format").iter_rows())
    moved = unexpected(difference, formats)
    first = moved.head(EXPECTED.explained_at_most)
    return {
        "difference": {"with": number, **difference.to_dict()},
        "moved": {
            "rule": EXPECTED.to_dict(),
            "figures": told(moved),
            "explained": _explained(number, first, explain),
            "left_out": moved.height - first.height,
        },
    }


def _explained(number: int, moved: pl.DataFrame, explain: Explain | None) -> list[dict[str, Any]]:
    if explain is None or moved.is_empty():
        return []
    cells = plain(moved)
    try:
        texts = explain(number, cells)
    except PlainError as error:
        texts = [str(error)] * len(cells)
    return [{"figure": cell, "why": text} for cell, text in zip(cells, texts, strict=True)]
