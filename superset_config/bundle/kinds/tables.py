"""Tables that readers sort, search and export."""

from collections.abc import Sequence
from typing import Any

from bundle.assets import PLACE_AND_TIME, PROGRAMME, RELEASE, Chart
from bundle.kinds.conditions import of_programme, only
from bundle.wording import Words

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
