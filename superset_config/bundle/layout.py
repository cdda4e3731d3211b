"""Where each part of a board stands, in the shape that Superset stores: one column, on any screen."""

from typing import Any

from bundle.assets import Board, Cell, Chart, identifier

FIRST_CHART_NUMBER = 1000
FULL_WIDTH = (
    12  # Superset sizes a chart by its columns, not by the screen: all of them are any screen's width
)


def chart_numbers(board: Board) -> dict[str, int]:
    """A number for each chart of the board; Superset gives its own at import."""
    return {chart.key: FIRST_CHART_NUMBER + rank for rank, chart in enumerate(board.charts)}


def position(board: Board) -> dict[str, Any]:
    """The tree of the page: root, grid, rows, and in each row its chart or its words."""
    numbers = chart_numbers(board)
    names = [f"ROW-{rank}" for rank in range(len(board.cells))]
    tree: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": names, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": board.title}},
    }
    for name, cell in zip(names, board.cells, strict=True):
        shown = _cell(cell, name, numbers)
        tree[name] = {
            "type": "ROW",
            "id": name,
            "children": [shown["id"]],
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        tree[shown["id"]] = shown
    return tree


def _cell(cell: Cell, row: str, numbers: dict[str, int]) -> dict[str, Any]:
    size = {"width": FULL_WIDTH, "height": cell.height}
    if isinstance(cell.content, Chart):
        kind, meta = "CHART", {
            **size,
            "uuid": identifier("chart", cell.content.key),
            "chartId": numbers[cell.content.key],
            "sliceName": cell.content.title,
        }  # fmt: skip
    else:
        kind, meta = "MARKDOWN", {**size, "code": cell.content}
    return {
        "type": kind,
        "id": f"{kind}-{row}-0",
        "children": [],
        "parents": ["ROOT_ID", "GRID_ID", row],
        "meta": meta,
    }
