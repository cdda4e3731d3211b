"""What a board's page asks is answered: each kind of chart, its filters, its exports."""

from typing import Any

import pytest
from bilan_superset.cubes.judge import why_refused
from bilan_superset.cubes.questions import Asked

from tests.unit.superset.cubes.cubes_asked import (
    BOARD,
    MOBILIS,
    axis,
    bars,
    of_chart,
    of_filter,
    offered,
    query,
    table,
    where,
)

LINE = bars(
    metrics=["Cumul"], orderby=[["Cumul", False]], filter=[MOBILIS, where("cumul", None, "IS NOT NULL")],
    post_processing=[],
)  # fmt: skip
RANK = {"operation": "rank", "options": {"metric": "Nombre", "group_by": "axe"}}
HEAT = query(
    columns=[axis("axe"), "cible"], metrics=["Nombre"], orderby=[["axe", True]], post_processing=[RANK]
)

ANSWERED: dict[str, Asked] = {
    "a table": of_chart(1, table()),
    "a table, sorted by a column that it sorts by": of_chart(1, table(orderby=[["code", True]])),
    "a table, filtered by period": of_chart(
        1, table(filter=[*table()["filter"], where("periode", ["P1"], "IN")])
    ),
    "a page of a table": of_chart(1, table(row_offset=50, row_limit=50)),
    "a table in CSV": of_chart(1, table(), result_format="csv"),
    "a table in a workbook": of_chart(1, table(), result_format="xlsx", result_type="post_processed"),
    "bars": of_chart(2, bars()),
    "bars in two territories": of_chart(2, bars(filter=[MOBILIS, where("territoire", ["A", "B"], "IN")])),
    "bars and a line": of_chart(3, bars(), LINE),
    "a sankey": of_chart(4, query(columns=["de", "vers"], metrics=["Nombre"])),
    "a heat map": of_chart(5, HEAT),
    "a funnel": of_chart(6, query(columns=["etape"], metrics=["Nombre"], row_limit=10)),
    "the periods": of_filter("periode", offered()),
    "the periods of a kind": of_filter("periode", offered(filter=[MOBILIS, where("genre", ["Phase"], "IN")])),
    "territories that hold a text": of_filter(
        "territoire", offered(columns=["territoire"], filter=[MOBILIS, where("territoire", "%lon%", "ILIKE")])
    ),
}


@pytest.mark.parametrize("asked", ANSWERED.values(), ids=ANSWERED)
def test_what_a_page_asks_is_answered(asked: Any) -> None:
    assert why_refused(asked, BOARD) is None
