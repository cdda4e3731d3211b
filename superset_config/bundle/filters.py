"""The filters of a board: type of period, period, territory. Nothing else."""

from typing import Any

from bundle.charts import only
from bundle.datasets import PERIODS
from bundle.model import Board, identifier

EVERYWHERE = "Tous les territoires"


def filters(board: Board, chart_ids: dict[str, int]) -> list[dict[str, Any]]:
    """Superset's native filters; `chart_ids` are the numbers that the board's layout gives its charts.

    The type of period only narrows the periods that are offered: each period has a name of its own,
    and a chart asked for « Trimestre » and « Phase 1 » at once would show nothing. It has to reach
    one chart all the same, or Superset puts it away as out of scope: the definitions, which have no
    period and leave it aside.
    """
    untouched = [chart_ids[chart.key] for chart in board.charts if not chart.filtered]
    definitions = [chart_ids[chart.key] for chart in board.charts if chart.key.endswith("_definitions")]
    by_territory = [chart_ids[chart.key] for chart in board.charts if chart.key.endswith("_territoire")]
    all_but_definitions = [number for number in chart_ids.values() if number not in definitions]
    kind = _select(
        board, "type", "Type de période", "genre_periode", "Ordre des types", excluded=all_but_definitions
    )
    period = _select(board, "periode", "Période", "periode", "Ordre des périodes", excluded=untouched)
    untouched = untouched + by_territory
    place = _select(
        board, "territoire", "Territoire", "territoire", "Ordre des territoires", excluded=untouched
    )
    period["cascadeParentIds"] = [kind["id"]]
    _open_on(kind, "genre_periode", board.opens_on[0])
    _open_on(period, "periode", board.opens_on[1])
    _open_on(place, "territoire", EVERYWHERE)
    return [kind, period, place]


def _select(
    board: Board, key: str, name: str, column: str, order: str, *, excluded: list[int]
) -> dict[str, Any]:
    """A required choice of one value of `column`, offered in the order of a metric."""
    return {
        "id": f"NATIVE_FILTER-{board.slug}-{key}",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": name,
        "description": "",
        "targets": [{"datasetUuid": identifier("dataset", PERIODS.key), "column": {"name": column}}],
        "adhoc_filters": [only("programme", board.programme)],
        "sortMetric": order,
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": excluded},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "controlValues": {
            "multiSelect": False,
            "enableEmptyFilter": True,
            "defaultToFirstItem": False,
            "inverseSelection": False,
            "searchAllOptions": False,
            "sortAscending": True,
        },
    }


def _open_on(chosen: dict[str, Any], column: str, value: str) -> None:
    chosen["defaultDataMask"] = {
        "extraFormData": {"filters": [{"col": column, "op": "IN", "val": [value]}]},
        "filterState": {"value": [value], "label": value, "validateStatus": False},
        "ownState": {},
    }
