"""The door: why a query is refused, or None. What is not known is refused."""

from typing import Any

from bilan_superset.cubes.afterwards import check_afterwards
from bilan_superset.cubes.columns import column_asked, own_filters, stored_queries
from bilan_superset.cubes.conditions import CHOICE, Choice, check_filters, choices, choices_of
from bilan_superset.cubes.questions import Asked, Board, Json, RefusedError, Stored, as_list, name_of

FILTER = "NATIVE_FILTER"
# Never the query's text, samples, or the rows behind a figure.
RESULT_TYPES = frozenset({"full", "results", "post_processed"})
RESULT_FORMATS = frozenset({"json", "csv", "xlsx"})
NO_TIME_RANGE = frozenset({None, "", "No filter"})

# The fields of a query that are judged below, one by one.
JUDGED = frozenset({
    "columns", "metrics", "filter", "extras", "orderby", "post_processing", "series_columns", "row_limit",
    "row_offset", "result_type", "time_range", "series_limit", "series_limit_metric", "granularity",
})  # fmt: skip
# Those that only say how to write what the others ask for.
HARMLESS = frozenset({"order_desc", "apply_fetch_values_predicate"})
# Those that follow from `time_range`, which is held to none.
DERIVED = frozenset({"from_dttm", "to_dttm", "inner_from_dttm", "inner_to_dttm"})


def why_refused(asked: Asked, board: Board | None) -> str | None:
    """Why `asked` is not answered from this board (None: no such board for this user), or None."""
    try:
        _check(asked, board)
    except RefusedError as refused:
        return str(refused)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as unknown:
        return f"an unknown shape ({type(unknown).__name__})"
    return None


def _check(asked: Asked, board: Board | None) -> None:
    if board is None:
        raise RefusedError("no board that this user may open")
    if asked.result_type not in RESULT_TYPES or asked.result_format not in RESULT_FORMATS:
        raise RefusedError(f"the result {asked.result_type} {asked.result_format}")
    if not asked.queries:
        raise RefusedError("no query")
    check = _check_filter if asked.form.get("type") == FILTER else _check_chart
    check(asked, board)


def _check_chart(asked: Asked, board: Board) -> None:
    chart = board.charts.get(_number(asked.form.get("slice_id")))
    if chart is None or chart.dataset != asked.dataset:
        raise RefusedError("no chart of this board, or another dataset than its own")
    stored = stored_queries(chart.params)
    if len(asked.queries) > len(stored):
        raise RefusedError("more queries than the chart has")
    added = choices(board, chart)
    for query in asked.queries:
        _check_one_of(query, stored, added)


def _check_one_of(query: Json, stored: list[Stored], added: list[Choice]) -> None:
    """RefusedError unless the query is one of the stored ones; the last reason is told."""
    for rank, one in enumerate(stored, 1):
        try:
            _check_query(query, one)
            check_filters(query["filter"], one.where, added)
        except RefusedError:
            if rank == len(stored):
                raise
        else:
            return


def _check_filter(asked: Asked, board: Board) -> None:
    """The values that a native filter offers: its own column, in its own order."""
    wanted = asked.form.get("native_filter_id")
    native = next((one for one in board.filters if one.get("id") == wanted), None)
    if native is None or native.get("filterType") != CHOICE:
        raise RefusedError("no filter of this board")
    targets = [one for one in as_list(native.get("targets")) if one.get("datasetId") == asked.dataset]
    if not targets or asked.dataset is None:
        raise RefusedError("another dataset than the filter's")
    column = targets[0]["column"]["name"]
    order = frozenset(map(name_of, as_list(native.get("sortMetric"))))
    stored = Stored(
        frozenset({column}), frozenset(), order, own_filters(as_list(native.get("adhoc_filters")))
    )
    parents = [one for one in board.filters if one.get("id") in as_list(native.get("cascadeParentIds"))]
    searched = column if (native.get("controlValues") or {}).get("searchAllOptions") else None
    if len(asked.queries) != 1:
        raise RefusedError("more queries than the filter has")
    _check_query(asked.queries[0], stored)
    added = [choice for parent in parents for choice in choices_of(parent)]
    check_filters(asked.queries[0]["filter"], stored.where, added, searched)


def _check_query(query: Json, stored: Stored) -> None:
    """RefusedError unless the query's fields are those of `stored`, filters apart."""
    columns = [column_asked(column, stored) for column in as_list(query["columns"])]
    metrics = frozenset(map(name_of, as_list(query["metrics"])))
    if frozenset(columns) != stored.columns or len(columns) != len(stored.columns):
        raise RefusedError("other columns than the stored ones")
    if not stored.metrics <= metrics <= stored.metrics | stored.order:
        raise RefusedError("other metrics than the stored ones")
    for column in as_list(query["series_columns"]):
        column_asked(column, stored)
    for pair in as_list(query["orderby"]):
        _check_order(pair, stored)
    check_afterwards(query["post_processing"], stored)
    _check_extras(query["extras"] or {}, stored)
    _check_settings(query, stored.settings)


def _check_order(pair: Any, stored: Stored) -> None:
    by, ascending = pair
    if not isinstance(ascending, bool):
        raise RefusedError("an order that is neither up nor down")
    if isinstance(by, dict) and by.get("columnType") == "BASE_AXIS":
        column_asked(by, stored)
    elif name_of(by) not in stored.names:
        raise RefusedError("an order by something else")


def _check_extras(extras: Json, stored: Stored) -> None:
    """No SQL; the chart's own grain, and the order in which a table's columns are exported."""
    for name, value in extras.items():
        same_grain = name == "time_grain_sqla" and value == stored.settings.get("time_grain_sqla")
        exported = name == "column_order" and set(map(name_of, as_list(value))) <= stored.names
        if value and not same_grain and not exported:
            raise RefusedError(f"the extra {name}")


def _check_settings(query: Json, settings: Json) -> None:
    """Time, limits; and whatever this version of Superset has that is not known here."""
    if query["result_type"] is not None and str(query["result_type"]) not in RESULT_TYPES:
        raise RefusedError("another kind of result")
    if query["time_range"] not in NO_TIME_RANGE or query["granularity"]:
        raise RefusedError("a time range")
    most = _number(settings.get("row_limit"))
    if most and not 0 < (query["row_limit"] or 0) <= most:
        raise RefusedError("more rows than the chart has")
    if not isinstance(query["row_offset"], int) or query["row_offset"] < 0:
        raise RefusedError("a page that is none")
    if query["series_limit"] or query["series_limit_metric"]:
        raise RefusedError("a limit of series")
    for name, value in query.items():
        if name not in JUDGED | HARMLESS | DERIVED and value:
            raise RefusedError(f"the field {name}")


def _number(value: Any) -> int:
    """A whole number that a page may also write as text; 0 for anything else."""
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else 0
