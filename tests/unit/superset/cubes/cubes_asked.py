"""Boards as stored, and queries as the page asks them: what the tables of cases change one thing of."""

from typing import Any

from bilan_superset.cubes.questions import Asked, Board, Chart

FIGURES, MONTHS, PERIODS = 2, 4, 5  # numbers of datasets


def only(column: str, value: Any, operator: str = "==") -> dict[str, Any]:
    return {
        "clause": "WHERE", "expressionType": "SIMPLE", "subject": column, "operator": operator,
        "comparator": value,
    }  # fmt: skip


TABLE = {
    "viz_type": "table",
    "query_mode": "raw",
    "all_columns": ["indicateur", "chiffre"],
    "order_by_cols": ['["code", true]'],
    "row_limit": 500,
    "adhoc_filters": [only("programme", "MOBILIS"), only("code", ["M02", "M03"], "IN")],
}
BARS = {
    "viz_type": "echarts_timeseries_bar",
    "x_axis": "mois",
    "time_grain_sqla": "P1M",
    "metrics": ["Dans le mois", "Masqué"],
    "groupby": [],
    "x_axis_sort": "Dans le mois",
    "row_limit": 10000,
    "adhoc_filters": [only("programme", "MOBILIS")],
}
BARS_AND_LINE = {
    **BARS,
    "viz_type": "mixed_timeseries",
    "metrics_b": ["Cumul"],
    "groupby_b": [],
    "adhoc_filters_b": [only("programme", "MOBILIS"), {**only("cumul", None), "operator": "IS NOT NULL"}],
}
SANKEY = {"viz_type": "sankey_v2", "source": "de", "target": "vers", "metric": "Nombre", "row_limit": 100}
HEATMAP = {
    "viz_type": "heatmap_v2", "x_axis": "axe", "groupby": "cible", "metric": "Nombre", "row_limit": 100,
}  # fmt: skip
FUNNEL = {"viz_type": "funnel", "groupby": ["etape"], "metric": "Nombre", "row_limit": 10}
CHARTS = {1: TABLE, 2: BARS, 3: BARS_AND_LINE, 4: SANKEY, 5: HEATMAP, 6: FUNNEL}
PERIOD = {
    "id": "periode",
    "filterType": "filter_select",
    "targets": [{"datasetId": PERIODS, "column": {"name": "periode"}}],
    "adhoc_filters": [only("programme", "MOBILIS")],
    "sortMetric": "Ordre",
    "cascadeParentIds": ["type"],
    "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
    "controlValues": {"multiSelect": False},
}
KIND = {
    **PERIOD,
    "id": "type",
    "targets": [{"datasetId": PERIODS, "column": {"name": "genre"}}],
    "cascadeParentIds": [],
    "scope": {"rootPath": ["ROOT_ID"], "excluded": [1, 2, 3]},
}
PLACES = {
    **PERIOD,
    "id": "territoire",
    "targets": [{"datasetId": PERIODS, "column": {"name": "territoire"}}],
    "cascadeParentIds": [],
    "controlValues": {"multiSelect": True, "searchAllOptions": True},
}
BOARD = Board(
    {number: Chart(number, FIGURES if number == 1 else MONTHS, params) for number, params in CHARTS.items()},
    (PERIOD, KIND, PLACES),
)


def query(**changes: Any) -> dict[str, Any]:
    """A query with every field that Superset gives one."""
    fields = {
        "annotation_layers": [], "applied_time_extras": {}, "apply_fetch_values_predicate": False,
        "columns": [], "extras": {"having": "", "where": ""}, "filter": [], "from_dttm": None,
        "granularity": None, "group_others_when_limit_reached": False, "inner_from_dttm": None,
        "inner_to_dttm": None, "is_rowcount": False, "is_timeseries": False, "metrics": None,
        "order_desc": True, "orderby": [], "other_source": False, "post_processing": [],
        "result_type": "full", "row_limit": 100, "row_offset": 0, "series_columns": [], "series_limit": 0,
        "series_limit_metric": None, "time_offsets": [], "time_range": None, "time_shift": None,
        "to_dttm": None,
    }  # fmt: skip
    return {**fields, **changes}


def where(column: Any, value: Any, operator: str = "==") -> dict[str, Any]:
    return {"col": column, "op": operator, "val": value}


def axis(name: str, grain: str | None = None) -> dict[str, Any]:
    column = {
        "columnType": "BASE_AXIS", "sqlExpression": name, "label": name, "expressionType": "SQL",
        "isColumnReference": True,
    }  # fmt: skip
    return {**column, "timeGrain": grain} if grain else column


MOBILIS = where("programme", "MOBILIS")
OF_TABLE = [MOBILIS, where("code", ["M02", "M03"], "IN")]
PIVOT = {
    "operation": "pivot",
    "options": {
        "index": ["mois"],
        "columns": [],
        "aggregates": {"Dans le mois": {"operator": "mean"}, "Masqué": {"operator": "mean"}},
        "drop_missing_columns": False,
    },
}


def table(**changes: Any) -> dict[str, Any]:
    """The table's query, changed."""
    return query(**{"columns": ["indicateur", "chiffre"], "filter": list(OF_TABLE), **changes})


def bars(**changes: Any) -> dict[str, Any]:
    """The bars' query, changed."""
    fields = {
        "columns": [axis("mois", "P1M")],
        "metrics": ["Dans le mois", "Masqué"],
        "filter": [MOBILIS],
        "extras": {"time_grain_sqla": "P1M", "having": "", "where": ""},
        "orderby": [["Dans le mois", True]],
        "post_processing": [PIVOT, {"operation": "flatten"}],
        "row_limit": 10000,
    }
    return query(**{**fields, **changes})


def offered(**changes: Any) -> dict[str, Any]:
    """The query of the period's values, changed."""
    fields = {"columns": ["periode"], "metrics": ["Ordre"], "orderby": [["Ordre", True]], "filter": [MOBILIS]}
    return query(**{**fields, **changes})


def of_chart(number: int, *queries: dict[str, Any], dataset: int = MONTHS, **changes: Any) -> Asked:
    """What is asked for a chart; the table's dataset is its own."""
    dataset = FIGURES if number == 1 and dataset == MONTHS else dataset
    return Asked(dataset, {"dashboardId": 1, "slice_id": number}, queries, **changes)


def of_filter(name: str, *queries: dict[str, Any], dataset: int | None = PERIODS) -> Asked:
    """What is asked for the values of a native filter."""
    form = {"dashboardId": 1, "type": "NATIVE_FILTER", "native_filter_id": name}
    return Asked(dataset, form, queries)
