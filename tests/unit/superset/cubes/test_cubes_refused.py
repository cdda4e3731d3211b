"""Every way to ask for something else is refused: each case changes one thing of a query that is answered."""

from typing import Any

import pytest
from bilan_superset.cubes.judge import why_refused
from bilan_superset.cubes.questions import Asked, Board, Chart

from tests.unit.superset.cubes.cubes_asked import (
    BOARD,
    FIGURES,
    MOBILIS,
    MONTHS,
    OF_TABLE,
    PERIOD,
    PIVOT,
    TABLE,
    axis,
    bars,
    of_chart,
    of_filter,
    offered,
    only,
    table,
    where,
)

SQL_COLUMN = {"label": "x", "sqlExpression": "1", "expressionType": "SQL"}
SQL_METRIC = {"label": "x", "sqlExpression": "MAX(valeur)", "expressionType": "SQL"}
SIMPLE_METRIC = {
    "label": "x",
    "column": {"column_name": "valeur"},
    "aggregate": "MAX",
    "expressionType": "SIMPLE",
}
LAYER = {"name": "x", "annotationType": "EVENT", "sourceType": "NATIVE", "value": 1}


def pivot(**options: Any) -> dict[str, Any]:
    return {"operation": "pivot", "options": {**PIVOT["options"], **options}}  # type: ignore[dict-item]  # a dict


def of_table(**changes: Any) -> Asked:
    return of_chart(1, table(**changes))


def of_bars(**changes: Any) -> Asked:
    return of_chart(2, bars(**changes))


CHARTS: dict[str, Asked] = {
    "where": of_table(extras={"where": "1=1"}),
    "having": of_table(extras={"having": "1=1"}),
    "another grain": of_bars(extras={"time_grain_sqla": "P1D"}),
    "another extra": of_table(extras={"instant_time_comparison_range": "y"}),
    "a column more": of_table(columns=["indicateur", "chiffre", "valeur"]),
    "a column less": of_table(columns=["indicateur"]),
    "a column twice": of_table(columns=["indicateur", "indicateur"]),
    "a column in SQL": of_table(columns=["indicateur", SQL_COLUMN]),
    "a column of another type": of_table(columns=["indicateur", 1]),
    "a metric": of_table(metrics=["count"]),
    "a metric in SQL": of_table(metrics=[SQL_METRIC]),
    "a metric of one's own": of_table(metrics=[SIMPLE_METRIC]),
    "a metric less": of_bars(metrics=["Masqué"]),
    "an axis in SQL": of_bars(columns=[{**axis("mois", "P1M"), "sqlExpression": "1"}]),
    "an axis under another name": of_bars(columns=[{**axis("mois", "P1M"), "label": "x"}]),
    "an axis with another grain": of_bars(columns=[axis("mois", "P1D")]),
    "an axis with something more": of_bars(columns=[{**axis("mois"), "datasourceWarning": True}]),
    "without its own filters": of_table(filter=[]),
    "without one of its own filters": of_table(filter=[MOBILIS]),
    "its own filter, wider": of_table(filter=[MOBILIS, where("code", ["M02", "M03", "M04"], "IN")]),
    "a filter on another column": of_table(filter=[*OF_TABLE, where("valeur", 3)]),
    "a filter by more than equality": of_table(filter=[*OF_TABLE, where("periode", "P", ">")]),
    "a filter by a pattern": of_table(filter=[*OF_TABLE, where("periode", "%P%", "LIKE")]),
    "two values where one is chosen": of_table(filter=[*OF_TABLE, where("periode", ["a", "b"], "IN")]),
    "a native filter that leaves this chart out": of_table(
        filter=[*OF_TABLE, where("genre", ["Phase"], "IN")]
    ),
    "a filter on a column in SQL": of_table(filter=[*OF_TABLE, where(SQL_COLUMN, 1)]),
    "a filter with a grain": of_table(filter=[*OF_TABLE, {**where("periode", "P"), "grain": "P1M"}]),
    "a filter of an unknown shape": of_table(filter=[*OF_TABLE, {**where("periode", "P"), "sql": "1"}]),
    "a filter by an object": of_table(filter=[*OF_TABLE, where("periode", {"a": 1})]),
    "an order by another column": of_table(orderby=[["valeur", True]]),
    "an order in SQL": of_table(orderby=[[SQL_METRIC, True]]),
    "an order that is no pair": of_table(orderby=["code"]),
    "an order that is neither up nor down": of_table(orderby=[["code", "x"]]),
    "a time range": of_table(time_range="Last week"),
    "a time column": of_table(granularity="mois"),
    "a time shift": of_table(time_shift="1 year"),
    "a time comparison": of_table(time_offsets=["1 year ago"]),
    "an annotation layer": of_bars(annotation_layers=[LAYER]),
    "more rows": of_table(row_limit=501),
    "rows without a limit": of_table(row_limit=0),
    "a page before the first": of_table(row_offset=-1),
    "a count of rows": of_table(is_rowcount=True),
    "a time series": of_table(is_timeseries=True),
    "other series": of_bars(series_columns=["code"]),
    "a limit of series": of_bars(series_limit=3),
    "series ordered in SQL": of_bars(series_limit_metric=SQL_METRIC),
    "others in one group": of_bars(group_others_when_limit_reached=True),
    "samples of one query": of_table(result_type="samples"),
    "another source for one query": of_table(other_source=True),
    "a field that nobody knows": of_table(new_in_a_later_version="x"),
    "another operation": of_bars(post_processing=[{"operation": "prophet", "options": {}}]),
    "a running sum that is not the chart's": of_bars(
        post_processing=[
            {"operation": "cum", "options": {"operator": "sum", "columns": {"Masqué": "Masqué"}}}
        ]
    ),
    "shares that are not the chart's": of_bars(
        post_processing=[{"operation": "contribution", "options": {"orientation": "row"}}]
    ),
    "a pivot on another column": of_bars(post_processing=[pivot(columns=["code"])]),
    "a pivot that sums": of_bars(post_processing=[pivot(aggregates={"Masqué": {"operator": "sum"}})]),
    "a pivot with something more": of_bars(post_processing=[pivot(marginal_distributions=True)]),
    "another name": of_bars(
        post_processing=[{"operation": "rename", "options": {"columns": {"Masqué": "Arrestations"}}}]
    ),
    "a sort by something else": of_bars(post_processing=[{"operation": "sort", "options": {"by": "x"}}]),
    "a rank of something else": of_bars(post_processing=[{"operation": "rank", "options": {"metric": "x"}}]),
    "flattened with options": of_bars(post_processing=[{"operation": "flatten", "options": {"x": 1}}]),
}


@pytest.mark.parametrize("asked", CHARTS.values(), ids=CHARTS)
def test_a_chart_s_query_changed_in_one_thing_is_refused(asked: Asked) -> None:
    assert why_refused(asked, BOARD)


@pytest.mark.parametrize("missing", sorted(table()))
def test_a_query_that_lacks_a_field_is_refused_or_needs_it_not(missing: str) -> None:
    """An upgrade of Superset that renames a judged field must shut the door, not open it."""
    fields = {name: value for name, value in table().items() if name != missing}
    judged = {
        "columns", "metrics", "filter", "extras", "orderby", "post_processing", "series_columns", "row_limit",
        "row_offset", "result_type", "time_range", "series_limit", "series_limit_metric", "granularity",
    }  # fmt: skip
    assert bool(why_refused(of_chart(1, fields), BOARD)) == (missing in judged)


FILTERS: dict[str, Asked] = {
    "another column": of_filter("periode", offered(columns=["code"])),
    "two columns": of_filter("periode", offered(columns=["periode", "code"])),
    "another metric": of_filter("periode", offered(metrics=["count"])),
    "without its own filter": of_filter("periode", offered(filter=[])),
    "filtered by another than its parent": of_filter(
        "periode", offered(filter=[MOBILIS, where("territoire", ["A"], "IN")])
    ),
    "searched where it is not": of_filter(
        "periode", offered(filter=[MOBILIS, where("periode", "%a%", "ILIKE")])
    ),
    "another dataset": of_filter("periode", offered(), dataset=FIGURES),
    "a source that is no dataset": of_filter("periode", offered(), dataset=None),
    "an unknown filter": of_filter("x", offered()),
    "two queries": of_filter("periode", offered(), offered()),
}


@pytest.mark.parametrize("asked", FILTERS.values(), ids=FILTERS)
def test_a_filter_s_query_changed_in_one_thing_is_refused(asked: Asked) -> None:
    assert why_refused(asked, BOARD)


CONTEXTS: dict[str, Asked] = {
    "another dataset": of_chart(1, table(), dataset=MONTHS + 1),
    "the chart of another board": of_chart(99, table()),
    "no chart": Asked(FIGURES, {"dashboardId": 1}, (table(),)),
    "no query": of_chart(1),
    "two queries for one": of_chart(1, table(), table()),
    "the query's text": of_chart(1, table(), result_type="query"),
    "samples": of_chart(1, table(), result_type="samples"),
    "the rows behind": of_chart(1, table(), result_type="drill_detail"),
    "columns": of_chart(1, table(), result_type="columns"),
    "another format": of_chart(1, table(), result_format="parquet"),
}


@pytest.mark.parametrize("asked", CONTEXTS.values(), ids=CONTEXTS)
def test_another_chart_or_another_kind_of_result_is_refused(asked: Asked) -> None:
    assert why_refused(asked, BOARD)


def test_nothing_is_answered_without_a_board() -> None:
    assert why_refused(of_chart(1, table()), None)


def test_a_stored_chart_that_filters_by_sql_is_never_answered() -> None:
    params = {
        **TABLE,
        "adhoc_filters": [{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": "1=1"}],
    }
    assert why_refused(of_chart(1, table()), Board({1: Chart(1, FIGURES, params)}, ()))


def test_a_filter_of_another_kind_adds_nothing_and_offers_nothing() -> None:
    board = Board(BOARD.charts, ({**PERIOD, "filterType": "filter_range"},))
    assert why_refused(of_chart(1, table(filter=[*OF_TABLE, where("periode", "P")])), board)
    assert why_refused(of_filter("periode", offered()), board)


def test_what_the_chart_itself_does_is_answered() -> None:
    cumulated = {"operation": "cum", "options": {"operator": "sum", "columns": {"Masqué": "Masqué"}}}
    params = {
        **BOARD.charts[2].params,
        "rolling_type": "cumsum",
        "adhoc_filters": [only("programme", "MOBILIS")],
    }
    board = Board({2: Chart(2, MONTHS, params)}, ())
    assert why_refused(of_chart(2, bars(post_processing=[cumulated])), board) is None
