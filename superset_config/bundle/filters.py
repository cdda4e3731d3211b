"""The filters of a board: programme where it is a choice, kind of period, period, territory, release."""

from typing import Any

from bundle.assets import FILTERED_COLUMNS, KIND, PERIOD, PROGRAMME, Board, Filter, identifier
from bundle.wording import Words

CHOICES = "board_choices"


def filters(board: Board, chart_ids: dict[str, int]) -> list[dict[str, Any]]:
    """Superset's native filters; `chart_ids` are the numbers that the board's layout gives its charts.

    The kind of period only narrows the periods that are offered: each period has a name of its own,
    and a chart asked for « Trimestre » and « Phase 1 » at once would show nothing. It has to reach
    one chart all the same, or Superset puts it away as out of scope: the definitions, which have no
    period and leave it aside.
    """
    known = {chosen.name for chosen in board.filters}
    made = {chosen.name: _select(board, chosen, chart_ids) for chosen in board.filters}
    for name, parents in {PERIOD: (KIND, PROGRAMME), KIND: (PROGRAMME,)}.items():
        made[name]["cascadeParentIds"] = [made[parent]["id"] for parent in parents if parent in known]
    return list(made.values())


def _select(board: Board, chosen: Filter, chart_ids: dict[str, int]) -> dict[str, Any]:
    """A required choice of one value, offered in the order of a metric."""
    words = Words(board.language)
    column = FILTERED_COLUMNS[chosen.name] + words.suffix
    return {
        "id": f"NATIVE_FILTER-{board.slug}-{chosen.name}",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": words[f"filter_{chosen.name}"],
        "description": "",
        "targets": [{"datasetUuid": identifier("dataset", CHOICES), "column": {"name": column}}],
        "adhoc_filters": of_programme(board.programme),
        "sortMetric": f"rank of {chosen.name}",
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": _left_alone(board, chosen.name, chart_ids)},
        "defaultDataMask": _opening(column, chosen.opens_on),
        "controlValues": {
            "multiSelect": False,
            "enableEmptyFilter": True,
            "defaultToFirstItem": False,
            "inverseSelection": False,
            "searchAllOptions": False,
            "sortAscending": True,
        },
    }


def _left_alone(board: Board, name: str, chart_ids: dict[str, int]) -> list[int]:
    """The charts that a filter does not narrow."""
    if name == KIND:
        return [chart_ids[chart.key] for chart in board.charts if chart.dataset != "kpi_catalogue"]
    return [chart_ids[chart.key] for chart in board.charts if name not in chart.reached]


def _opening(column: str, value: str | None) -> dict[str, Any]:
    """What a filter holds when the board opens."""
    if value is None:
        return {"extraFormData": {}, "filterState": {}, "ownState": {}}
    return {
        "extraFormData": {"filters": [{"col": column, "op": "IN", "val": [value]}]},
        "filterState": {"value": [value], "label": value, "validateStatus": False},
        "ownState": {},
    }


Condition = dict[str, Any]


def only(column: str, value: str | list[str]) -> Condition:
    """The column is that value, or one of those."""
    return {
        "clause": "WHERE",
        "subject": column,
        "operator": "IN" if isinstance(value, list) else "==",
        "comparator": value,
        "expressionType": "SIMPLE",
    }


def known(column: str) -> Condition:
    """The column holds something."""
    return {"clause": "WHERE", "subject": column, "operator": "IS NOT NULL", "expressionType": "SIMPLE"}


def of_programme(programme: str | None) -> list[Condition]:
    """The programme that a board is about; none where its readers choose it."""
    return [only("programme", programme)] if programme else []
