"""Where each part of a board stands, in the shape that Superset stores: desk and telephone."""

from typing import Any

from bundle.model import Board, Cell, Chart, identifier

FIRST_CHART_NUMBER = 1000
FULL_WIDTH = 12


def chart_numbers(board: Board) -> dict[str, int]:
    """A number for each chart of the board; Superset gives its own at import."""
    return {chart.key: FIRST_CHART_NUMBER + rank for rank, chart in enumerate(board.charts)}


def for_telephone(board: Board) -> tuple[tuple[Cell, ...], ...]:
    """The same cells, one under the other: Superset sizes a chart by its columns, not by the screen."""
    return tuple((Cell(cell.content, FULL_WIDTH, cell.height),) for row in board.rows for cell in row)


def position(board: Board, rows: tuple[tuple[Cell, ...], ...]) -> dict[str, Any]:
    """The tree of the page: root, grid, rows, and in each row its charts and words."""
    numbers = chart_numbers(board)
    names = [f"ROW-{rank}" for rank in range(len(rows))]
    tree: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": names, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": board.title}},
    }
    for name, row in zip(names, rows, strict=True):
        cells = [_cell(f"{name}-{rank}", cell, name, numbers) for rank, cell in enumerate(row)]
        tree[name] = {
            "type": "ROW",
            "id": name,
            "children": [cell["id"] for cell in cells],
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        tree.update({cell["id"]: cell for cell in cells})
    return tree


def _cell(place: str, cell: Cell, row: str, numbers: dict[str, int]) -> dict[str, Any]:
    size = {"width": cell.width, "height": cell.height}
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
        "id": f"{kind}-{place}",
        "children": [],
        "parents": ["ROOT_ID", "GRID_ID", row],
        "meta": meta,
    }
