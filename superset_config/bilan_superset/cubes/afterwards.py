"""What is done to a chart's rows after the query: only what the page does for such a chart."""

from collections.abc import Callable
from typing import Any

from bilan_superset.cubes.questions import RefusedError, Stored, as_list

Options = dict[str, Any]


def check_afterwards(asked: Any, stored: Stored) -> None:
    """RefusedError unless each operation is one that a page adds, on this query's own names."""
    for one in as_list(asked):
        operation, options = one.get("operation"), one.get("options") or {}
        check = OPERATIONS.get(operation)
        if check is None or set(one) - {"operation", "options"} or not check(options, stored):
            raise RefusedError(f"the operation {operation}")


def _pivot(options: Options, stored: Stored) -> bool:
    aggregates = options.get("aggregates") or {}
    return (
        _keys(options, "index", "columns", "aggregates", "drop_missing_columns")
        and _named(as_list(options.get("index")) + as_list(options.get("columns")), stored)
        and _named(list(aggregates), stored)
        and all(how == {"operator": "mean"} for how in aggregates.values())
    )


def _rename(options: Options, stored: Stored) -> bool:
    names = options.get("columns") or {}
    return (
        _keys(options, "columns", "level", "inplace")
        and _named([name for pair in names.items() for name in pair], stored)
        and options.get("level") in {None, 0}
    )


def _sort(options: Options, stored: Stored) -> bool:
    return _keys(options, "by", "is_sort_index", "ascending") and _named(as_list(options.get("by")), stored)


def _rank(options: Options, stored: Stored) -> bool:
    return _keys(options, "metric", "group_by") and _named(list(options.values()), stored)


def _cumulate(options: Options, stored: Stored) -> bool:
    names = options.get("columns") or {}
    return (
        stored.settings.get("rolling_type") == "cumsum"
        and _keys(options, "operator", "columns")
        and options.get("operator") == "sum"
        and _named([name for pair in names.items() for name in pair], stored)
    )


def _contribute(options: Options, stored: Stored) -> bool:
    mode = stored.settings.get("contributionMode")
    return bool(mode) and options in ({"orientation": mode}, {"orientation": mode, "time_shifts": []})


def _flatten(options: Options, _stored: Stored) -> bool:
    return not options


def _keys(options: Options, *known: str) -> bool:
    return set(options) <= set(known)


def _named(values: list[Any], stored: Stored) -> bool:
    """True when each value is None, or a name of the query."""
    return all(value is None or (isinstance(value, str) and value in stored.names) for value in values)


OPERATIONS: dict[Any, Callable[[Options, Stored], bool]] = {
    "pivot": _pivot,
    "rename": _rename,
    "sort": _sort,
    "rank": _rank,
    "cum": _cumulate,
    "contribution": _contribute,
    "flatten": _flatten,
}
