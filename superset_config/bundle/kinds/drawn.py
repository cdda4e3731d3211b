"""Charts that ECharts draws, where they say more than bars in words; tables that readers sort and export."""

import json
from collections.abc import Sequence
from typing import Any

from bundle.assets import PLACE_AND_TIME, PROGRAMME, RELEASE, Chart
from bundle.datasets import CURVE_METRICS, FLOW, RUNNING, WITHDRAWN_METRICS
from bundle.filters import known, of_programme, only
from bundle.wording import Words

COLOURS = "bilan"
_TIMESERIES: dict[str, Any] = {
    "row_limit": 10000,
    "show_legend": True,
    "legendType": "scroll",
    "legendOrientation": "top",
    "show_legend_selector": False,
    "rich_tooltip": True,
    "showTooltipTotal": False,  # of an estimate and its bounds, or of things that do not add up
    "showTooltipPercentage": False,
    "color_scheme": COLOURS,
    "truncateYAxis": False,
    "zoomable": False,
    "order_desc": False,
}


def running_totals(words: Words, key: str, title: str, programme: str, codes: Sequence[str]) -> Chart:
    """Running totals by quarter, a line for each code."""
    settings = {
        **_TIMESERIES,
        "x_axis": "quarter",
        "time_grain_sqla": "P1M",
        "x_axis_time_format": words["quarter_format"],
        "tooltipTimeFormat": words["quarter_format"],
        "metrics": [RUNNING],
        "groupby": [f"name{words.suffix}"],
        "y_axis_format": ",d",
        "y_axis_title": words["running_axis"],
        "y_axis_title_margin": 40,
        "markerEnabled": True,
        "markerSize": 5,
        "adhoc_filters": [only("programme", programme), only("code", list(codes)), known("running")],
        "echart_options": _spoken(title),
    }
    return Chart(key, title, "echarts_timeseries_line", "board_quarters", settings)


def curve(words: Words, key: str, title: str, programme: str) -> Chart:
    """The share that reached the tertiary axis over the months, between the bounds of its interval."""
    settings = {
        **_TIMESERIES,
        "x_axis": "months",
        "x_axis_sort_asc": True,
        "xAxisForceCategorical": False,
        "x_axis_title": words["months_axis"],
        "x_axis_title_margin": 30,
        "x_axis_number_format": ",d",
        "metrics": list(CURVE_METRICS[words.language]),
        "groupby": [],
        "y_axis_format": ".0%",
        "y_axis_title": words["share_axis"],
        "y_axis_title_margin": 50,
        "seriesType": "line",
        "markerEnabled": True,
        "adhoc_filters": [only("programme", programme), known("share")],
        "echart_options": _spoken(title),
    }
    return Chart(key, title, "echarts_timeseries_line", "board_curve", settings)


def flow(words: Words, key: str, title: str, programme: str) -> Chart:
    """From one service to the next, hidden moves merged."""
    settings = {
        "source": f"from{words.suffix}",
        "target": f"to{words.suffix}",
        "metric": FLOW,
        "row_limit": 200,
        "sort_by_metric": True,
        "color_scheme": COLOURS,
        "adhoc_filters": [only("programme", programme)],
        "echart_options": _spoken(title),
    }
    return Chart(key, title, "sankey_v2", "board_paths", settings)


def revisions(words: Words, key: str, title: str) -> Chart:
    """Corrections and withdrawals by the month of the statement that told them."""
    settings = {
        **_TIMESERIES,
        "x_axis": "month",
        "time_grain_sqla": "P1M",
        "x_axis_time_format": "%b %Y",
        "tooltipTimeFormat": "%B %Y",
        "metrics": list(WITHDRAWN_METRICS[words.language]),
        "groupby": [],
        "stack": "Stack",
        "y_axis_format": ",d",
        "adhoc_filters": [],
        "echart_options": _spoken(title),
    }
    return Chart(key, title, "echarts_timeseries_bar", "revisions", settings, frozenset({RELEASE}))


def _spoken(title: str) -> str:
    """What a screen reader is told of a drawing."""
    return (
        f"{{ aria: {{ enabled: true, label: {{ description: {json.dumps(title, ensure_ascii=False)} }} }} }}"
    )


RIGHT = {"horizontalAlign": "right"}


def detail(words: Words, prefix: str, programme: str | None, levels: Sequence[str]) -> Chart:
    """Every figure of those levels, of the period and territory asked for, statuses written out."""
    shown = ["name", "part", "period", "territory", "figure", "n", "interval", "link_rate"]
    shown += ["status", "provisional"]
    columns = [name + words.suffix for name in shown]
    numbers = {f"{name}{words.suffix}": RIGHT for name in ("figure", "n", "link_rate")}
    return Chart(
        f"{prefix}_detail",
        words["detail"],
        "table",
        "board_detail",
        {
            **_table(columns, columns[:2]),
            "column_config": numbers,
            "adhoc_filters": [*of_programme(programme), only("level", list(levels))],
        },
        PLACE_AND_TIME if programme else PLACE_AND_TIME | {PROGRAMME},
    )


def refusals(words: Words, prefix: str, title: str) -> Chart:
    """Rows that were refused, by reason and by age; never what they held."""
    shown = ["organisation", "log", "statement", "reason", "heading", "rows", "age", "open"]
    columns = [name + words.suffix for name in shown]
    params = {**_table(columns, [columns[0], columns[2]]), "adhoc_filters": []}
    return Chart(f"{prefix}_refus", title, "table", "board_refusals", params, frozenset({RELEASE}))


def _table(columns: list[str], order: list[str]) -> dict[str, Any]:
    return {
        "query_mode": "raw",
        "all_columns": columns,
        "order_by_cols": [f'["{column}", true]' for column in order],
        "row_limit": 5000,
        "page_length": 10,
        "include_search": True,
        "show_cell_bars": False,
        "table_timestamp_format": "%Y-%m-%d",
    }
