"""What each board shows, part by part, in words that a reviewer compares from one version to the next."""

from collections.abc import Iterator
from typing import Any

from bilan_superset.access import board_readers

from bundle.assets import Board, Chart


def summary(board: Board) -> str:
    """Its slug, title, readers and opening choices; then each heading and each chart, in reading order."""
    opens_on = ", ".join(f"{chosen.name} {chosen.opens_on}" for chosen in board.filters)
    lines = [
        f"{board.slug}: {board.title}",
        f"  read by {', '.join(board_readers(board.slug))}",
        f"  opens on {opens_on}",
    ]
    for cell in board.cells:
        part = _chart(cell.content) if isinstance(cell.content, Chart) else cell.content.splitlines()
        lines += [f"  {line}" for line in part]
    return "\n".join(lines) + "\n"


def _chart(chart: Chart) -> Iterator[str]:
    """Its title; its kind and dataset; each of its fixed filters on a line."""
    yield f"- {chart.title}"
    yield f"    {chart.viz} of {chart.dataset}"
    for where in chart.params["adhoc_filters"]:
        yield f"    {_condition(where)}"


def _condition(where: dict[str, Any]) -> str:
    value = where.get("comparator", "")
    text = ", ".join(value) if isinstance(value, list) else value
    return f"{where['subject']} {where['operator']} {text}".rstrip()
