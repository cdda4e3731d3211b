"""The kinds of chart that the boards use, each with what it takes to read well in French."""

from typing import Any

from bundle.datasets import (
    CATALOGUE,
    COUNT,
    FIGURES,
    HIDDEN,
    IN_THE_MONTH,
    MONTHS,
    PARTS,
    RUNNING_TOTAL,
    STATE,
)
from bundle.model import Chart, text

COLOURS = "bilan"


def only(column: str, value: str | list[str]) -> dict[str, Any]:
    """A fixed filter of a chart: the column is that value, or one of those."""
    return {
        "clause": "WHERE",
        "subject": column,
        "operator": "IN" if isinstance(value, list) else "==",
        "comparator": value,
        "expressionType": "SIMPLE",
    }


def _known(column: str) -> dict[str, Any]:
    return {"clause": "WHERE", "subject": column, "operator": "IS NOT NULL", "expressionType": "SIMPLE"}


def _words(key: str, title: str, dataset: str, template: str, columns: list[str], **params: Any) -> Chart:
    """A chart written by a Handlebars template over raw rows."""
    settings = {
        "query_mode": "raw",
        "all_columns": columns,
        "row_limit": 100,
        "handlebarsTemplate": text(template),
        "styleTemplate": "",
        **params,
    }
    return Chart(key, title, "handlebars", dataset, settings)


def state(prefix: str, title: str, programme: str) -> Chart:
    """The line of state: known at which date, which publication, synthetic or not, what is awaited."""
    template = text("etat.hbs").replace("TITRE", title)
    chart = _words(
        f"{prefix}_etat",
        title,
        STATE.key,
        "etat.hbs",
        list(STATE.columns),
        adhoc_filters=[only("programme", programme)],
    )
    return Chart(
        chart.key,
        title,
        chart.viz,
        chart.dataset,
        {**chart.params, "handlebarsTemplate": template},
        filtered=False,
    )


def cards(key: str, title: str, programme: str, codes: list[str]) -> Chart:
    """Key figures, one card per code, in the order of their codes."""
    columns = ["code", "indicateur", "chiffre", "unite", "n", "precision", "sans_chiffre"]
    return _words(
        key,
        title,
        FIGURES.key,
        "cartes.hbs",
        columns,
        order_by_cols=['["code", true]'],
        adhoc_filters=[only("programme", programme), only("niveau", "ensemble"), only("code", codes)],
    )


def definitions(prefix: str, codes: list[str]) -> Chart:
    """Definitions and sources, word for word from the catalogue."""
    chart = _words(
        f"{prefix}_definitions",
        "Définitions et sources",
        CATALOGUE.key,
        "definitions.hbs",
        list(CATALOGUE.columns),
        order_by_cols=['["code", true]'],
        adhoc_filters=[only("code", codes)],
    )
    return Chart(chart.key, chart.title, chart.viz, chart.dataset, chart.params, filtered=False)


def monthly(key: str, title: str, programme: str, code: str, *, adds_up: bool = True) -> Chart:
    """Bars by month, and over them the running total.

    Not `adds_up`: persons, whose months do not add up, or events so few that the total is hidden.
    """
    where = [only("programme", programme), only("code", code)]
    common = {
        "x_axis": "mois",
        "time_grain_sqla": "P1M",
        "x_axis_time_format": "%b %Y",
        "tooltipTimeFormat": "%B %Y",
        "row_limit": 10000,
        "show_legend": True,
        "legendType": "scroll",
        "legendOrientation": "top",
        "show_legend_selector": False,
        "rich_tooltip": True,
        "color_scheme": COLOURS,
        "truncateYAxis": False,
        "zoomable": False,
        "y_axis_format": ",d",
        "metrics": [IN_THE_MONTH, HIDDEN],
        "groupby": [],
        "adhoc_filters": where,
        "order_desc": False,
    }
    if not adds_up:
        return Chart(key, title, "echarts_timeseries_bar", MONTHS.key, {**common, "stack": "Stack"})
    line = {
        "seriesType": "bar",
        "stack": True,
        "yAxisIndex": 0,
        "metrics_b": [RUNNING_TOTAL],
        "groupby_b": [],
        "adhoc_filters_b": [*where, _known("cumul")],
        "row_limit_b": 10000,
        "seriesTypeB": "line",
        "yAxisIndexB": 1,
        "markerEnabledB": False,
        "opacity": 0.9,
        "y_axis_format_secondary": ",d",
        "yAxisTitleSecondary": "",
        "logAxisSecondary": False,
    }
    return Chart(key, title, "mixed_timeseries", MONTHS.key, {**common, **line})


def parts(key: str, title: str, programme: str, code: str, breakdown: str) -> Chart:
    """Horizontal bars, the longest on top, each with its figure; hidden parts are named."""
    settings = {
        "x_axis": "part",
        "metrics": [COUNT],
        "groupby": [],
        "orientation": "horizontal",
        "show_value": True,
        "show_legend": False,
        "y_axis_format": ",d",
        "row_limit": 50,
        "x_axis_sort": COUNT,
        "x_axis_sort_asc": True,
        "color_scheme": COLOURS,
        "truncateYAxis": False,
        "zoomable": False,
        "rich_tooltip": True,
        "adhoc_filters": [only("programme", programme), only("code", code), only("ventilation", breakdown)],
    }
    return Chart(key, title, "echarts_timeseries_bar", PARTS.key, settings)


def own_organisation(key: str, programme: str, codes: list[str]) -> Chart:
    """All organisations together and, in a director's file, the director's own beside them."""
    settings = _table(
        ["indicateur", "organisation", "chiffre_ecrit", "n", "taux_liaison", "statut"], '["indicateur", true]'
    )
    where = [
        only("programme", programme),
        only("code", codes),
        only("niveau", ["ensemble", "organisation"]),
    ]
    title = "L'ensemble des organisations, et la vôtre"
    return Chart(key, title, "table", FIGURES.key, {**settings, "adhoc_filters": where})


def detail(prefix: str, programme: str) -> Chart:
    """The detail: every figure of the period and territory asked for, statuses written out."""
    columns = [
        "indicateur",
        "ventilation",
        "periode",
        "territoire",
        "chiffre_ecrit",
        "n",
        "taux_liaison",
        "statut",
    ]
    settings = _table(columns, '["indicateur", true]', '["ventilation", true]')
    where = [only("programme", programme), only("niveau", ["ensemble", "ventilation"])]
    return Chart(
        f"{prefix}_detail",
        "Le détail : tous les chiffres de la période et du territoire choisis",
        "table",
        FIGURES.key,
        {**settings, "adhoc_filters": where},
    )


def _table(columns: list[str], *order: str) -> dict[str, Any]:
    return {
        "query_mode": "raw",
        "all_columns": columns,
        "order_by_cols": list(order),
        "row_limit": 5000,
        "page_length": 10,
        "include_search": True,
        "show_cell_bars": False,
        "table_timestamp_format": "%Y-%m-%d",
        "column_config": {
            "chiffre_ecrit": {"horizontalAlign": "right"},
            "n": {"horizontalAlign": "right"},
            "taux_liaison": {"horizontalAlign": "right"},
        },
    }
