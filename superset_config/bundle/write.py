"""From the boards to the YAML that Superset imports: one column, on any screen."""

from functools import cache
from typing import Any

import yaml
from bilan_superset.brand import COLOURS

from bundle.assets import DATABASE_NAME, VERSION, Board, Cell, Chart, Dataset, identifier
from bundle.boards import boards
from bundle.datasets import CURVE_METRICS, WITHDRAWN_METRICS, datasets
from bundle.filters import filters

# The same name has the same colour on every chart.
GREY = "#8795A3"
SERIES_COLOURS = {
    name: colour
    for told, colours in (
        (CURVE_METRICS, (COLOURS[0], GREY, GREY)),
        (WITHDRAWN_METRICS, (COLOURS[0], "#C3CDD7")),
    )
    for metrics in told.values()
    for name, colour in zip(metrics, colours, strict=True)
}


def files() -> dict[str, str]:
    """Every file of the bundle: its path in the bundle, and its YAML."""
    return dict(_files())


@cache
def _files() -> dict[str, str]:
    assets: dict[str, dict[str, Any]] = {
        "metadata.yaml": {"version": VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/bilan.yaml": _database(),
    }
    for dataset in datasets():
        assets[f"datasets/bilan/{dataset.key}.yaml"] = _dataset(dataset)
    for board in boards():
        for chart in board.charts:
            assets[f"charts/{chart.key}.yaml"] = _chart(chart)
        assets[f"dashboards/{board.slug}.yaml"] = _dashboard(board)
    return {path: _yaml(content) for path, content in assets.items()}


def _yaml(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def _database() -> dict[str, Any]:
    """The published file. No path is written here: each connection is pointed at its user's own file."""
    return {
        "database_name": DATABASE_NAME,
        "sqlalchemy_uri": "duckdb:///:memory:",
        "expose_in_sqllab": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_run_async": False,
        "allow_file_upload": False,
        "extra": {},
        "uuid": identifier("database", "bilan"),
        "version": VERSION,
    }


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return {
        "table_name": dataset.key,
        "schema": "main",
        "sql": None,
        "main_dttm_col": None,
        "columns": [
            {"column_name": name, "type": kind, "verbose_name": words, "is_dttm": kind == "DATE"}
            for name, (kind, words) in dataset.columns.items()
        ],
        "metrics": [
            {"metric_name": name, "expression": sql, "d3format": None}
            for name, sql in dataset.metrics.items()
        ],
        "uuid": identifier("dataset", dataset.key),
        "database_uuid": identifier("database", "bilan"),
        "version": VERSION,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "slice_name": chart.title,
        "viz_type": chart.viz,
        "params": {"viz_type": chart.viz, **chart.params},
        "uuid": identifier("chart", chart.key),
        "dataset_uuid": identifier("dataset", chart.dataset),
        "version": VERSION,
    }


def _dashboard(board: Board) -> dict[str, Any]:
    return {
        "dashboard_title": board.title,
        "slug": board.slug,
        "published": True,
        "uuid": identifier("dashboard", board.slug),
        "css": "",
        "position": position(board),
        "metadata": {
            "native_filter_configuration": filters(board, chart_numbers(board)),
            "filter_bar_orientation": "HORIZONTAL",
            "cross_filters_enabled": False,
            "color_scheme": "bilan",
            # Complete, or the page of a reader would try to write it, and be refused.
            "color_scheme_domain": COLOURS,
            "label_colors": SERIES_COLOURS,
            "map_label_colors": SERIES_COLOURS,
            "shared_label_colors": sorted(SERIES_COLOURS),
            "refresh_frequency": 0,
        },
        "version": VERSION,
    }


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
