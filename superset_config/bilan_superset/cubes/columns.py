"""What a chart's settings say that it asks for, whatever its kind."""

import json
from typing import Any

from bilan_superset.cubes.questions import Json, RefusedError, Stored, as_list, condition, name_of

# The settings that name columns and metrics, in the kinds of chart that group.
GROUPED_BY = ("x_axis", "groupby", "columns", "series", "entity", "source", "target")
MEASURED_BY = ("metrics", "metric", "metric_2", "percent_metrics", "secondary_metric", "size", "x", "y")
SORTED_BY = ("timeseries_limit_metric", "series_limit_metric", "x_axis_sort", "legacy_order_by")
# The one kind that asks two questions; the second one's settings end so.
TWO_QUERIES, SECOND = "mixed_timeseries", "_b"


def stored_queries(params: Json) -> list[Stored]:
    """The queries that a chart of these settings asks."""
    if params.get("query_mode") == "raw":
        columns = frozenset(map(name_of, as_list(params.get("all_columns"))))
        return [Stored(columns, frozenset(), _sorting(params), _where(params), params)]
    if params.get("viz_type") == TWO_QUERIES:
        return [_grouped(params), _grouped(_second(params))]
    return [_grouped(params)]


def _second(params: Json) -> Json:
    """The settings of the second query: its own, and the first one's where it has none."""
    own = {key.removesuffix(SECOND): value for key, value in params.items() if key.endswith(SECOND)}
    return {**params, **own}


def _grouped(params: Json) -> Stored:
    def named(settings: tuple[str, ...]) -> frozenset[str]:
        return frozenset(name_of(value) for key in settings for value in as_list(params.get(key)))

    order = named(SORTED_BY) | _sorting(params)
    return Stored(named(GROUPED_BY), named(MEASURED_BY), order, _where(params), params)


def _sorting(params: Json) -> frozenset[str]:
    """The columns of `order_by_cols`, each written as a JSON pair."""
    written = as_list(params.get("order_by_cols"))
    pairs = [json.loads(pair) if isinstance(pair, str) else pair for pair in written]
    return frozenset(name_of(pair[0]) for pair in pairs)


def _where(params: Json) -> frozenset[str]:
    return own_filters(as_list(params.get("adhoc_filters")))


def own_filters(stored: list[Any]) -> frozenset[str]:
    """Stored simple filters. A stored filter in SQL is refused: no query may carry SQL."""
    found = set()
    for one in stored:
        if one.get("expressionType") != "SIMPLE" or one.get("clause", "WHERE") != "WHERE":
            raise RefusedError("the stored chart filters by SQL")
        found.add(condition(one["subject"], one["operator"], one.get("comparator")))
    return frozenset(found)


def column_asked(value: Any, stored: Stored) -> str:
    """The stored name of a column that is asked for; RefusedError for anything computed.

    The page sends its axis as a reference in the shape of an ad hoc column: it passes when it says
    nothing but the column's own name and the chart's own grain.
    """
    if isinstance(value, dict) and value.get("columnType") == "BASE_AXIS":
        name = value.get("sqlExpression")
        grain = stored.settings.get("time_grain_sqla")
        plain = {
            "columnType": "BASE_AXIS", "sqlExpression": name, "label": name, "expressionType": "SQL",
            "isColumnReference": True, "timeGrain": value.get("timeGrain"),
        }  # fmt: skip
        if {"isColumnReference": True, "timeGrain": None, **value} != plain:
            raise RefusedError("an axis that is computed")
        if value.get("timeGrain") not in {None, grain}:
            raise RefusedError("another grain than the chart's")
        value = name
    name = name_of(value)
    if name not in stored.columns:
        raise RefusedError(f"the column {name}")
    return name
