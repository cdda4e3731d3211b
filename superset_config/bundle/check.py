"""Hold the bundle against itself, the published tables and the KPI catalogue, without any server.

From dashboard to chart, dataset, published table and dbt model: each step names what the next one
must have. `faults` says, in words, everything that does not hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml
from bilan_superset.queries import what_is_not_plain

from bilan.dashboards.tables import define


@dataclass(frozen=True)
class Kpi:
    """What a KPI's entry in its dbt model promises: its programmes and its breakdowns."""

    programmes: frozenset[str]
    breakdowns: frozenset[str]


def catalogue_of(models: Path) -> dict[str, Kpi]:
    """The KPIs that the dbt models under `models` declare in their `meta`, by code."""
    kpis: dict[str, Kpi] = {}
    for path in sorted(models.rglob("*.yml")):
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", []):
            for kpi in model.get("config", {}).get("meta", {}).get("kpis", []):
                kpis[kpi["code"]] = Kpi(frozenset(kpi["programmes"]), frozenset(kpi["breakdowns"]))
    return kpis


def faults(files: Mapping[str, str], kpis: Mapping[str, Kpi]) -> list[str]:
    """Everything that is wrong with a bundle (`files`: path in the bundle -> YAML)."""
    assets = {path: _read(content) for path, content in files.items()}
    datasets = _by_uuid(assets, "datasets/")
    charts = _by_uuid(assets, "charts/")
    dashboards = _by_uuid(assets, "dashboards/")
    return [
        *_dashboard_faults(dashboards, charts, datasets),
        *(fault for chart in charts.values() for fault in _chart_faults(chart, datasets, kpis)),
        *(fault for dataset in datasets.values() for fault in _dataset_faults(dataset)),
    ]


@cache
def _read(content: str) -> Any:
    """One file's YAML; never changed here, and the same text is asked for again and again."""
    return yaml.load(content, Loader=yaml.CSafeLoader)  # the safe loader, in C


def _by_uuid(assets: Mapping[str, Any], folder: str) -> dict[str, Any]:
    return {asset["uuid"]: asset for path, asset in assets.items() if path.startswith(folder)}


def _dashboard_faults(
    dashboards: dict[str, Any], charts: dict[str, Any], datasets: dict[str, Any]
) -> Iterator[str]:
    placed: set[str] = set()
    for dashboard in dashboards.values():
        cells = [cell for cell in dashboard["position"].values() if isinstance(cell, dict)]
        uuids = {cell["meta"]["uuid"] for cell in cells if cell["type"] == "CHART"}
        placed |= uuids
        for unknown in sorted(uuids - charts.keys()):
            yield f"{dashboard['slug']}: no chart {unknown}"
        for chosen in dashboard["metadata"]["native_filter_configuration"]:
            yield from _filter_faults(dashboard["slug"], chosen, datasets)
    for orphan in sorted(charts.keys() - placed):
        yield f"{charts[orphan]['slice_name']}: on no dashboard"


def _filter_faults(slug: str, chosen: dict[str, Any], datasets: dict[str, Any]) -> Iterator[str]:
    for target in chosen["targets"]:
        dataset = datasets.get(target["datasetUuid"])
        if dataset is None or target["column"]["name"] not in _columns(dataset):
            yield f"{slug}: the filter {chosen['name']} has no column {target['column']['name']}"


def _chart_faults(chart: dict[str, Any], datasets: dict[str, Any], kpis: Mapping[str, Kpi]) -> Iterator[str]:
    dataset = datasets.get(chart["dataset_uuid"])
    if dataset is None:
        yield f"{chart['slice_name']}: no dataset"
        return
    known = _columns(dataset) | {metric["metric_name"] for metric in dataset["metrics"]}
    for name in sorted(_used(chart["params"]) - known):
        yield f"{chart['slice_name']}: {dataset['table_name']} has no {name}"
    yield from _kpi_faults(chart, kpis)


def _used(params: dict[str, Any]) -> set[str]:
    """Columns and metrics that a chart's parameters name."""
    used = {name for several in ("all_columns", "groupby", "metrics") for name in params.get(several, [])}
    used |= {params[one] for one in ("x_axis", "source", "target", "metric") if one in params}
    used |= {yaml.safe_load(order)[0] for order in params.get("order_by_cols", [])}
    return used | {where["subject"] for where in _wheres(params)}


def _kpi_faults(chart: dict[str, Any], kpis: Mapping[str, Kpi]) -> Iterator[str]:
    """A chart asks for KPIs that the catalogue has, in a programme and by a breakdown that it knows."""
    fixed = {where["subject"]: where.get("comparator") for where in _wheres(chart["params"])}
    for asked in _asked(fixed):
        code, _, breakdown = asked.partition("/")
        kpi = kpis.get(code)
        if kpi is None:
            yield f"{chart['slice_name']}: the catalogue has no {code}"
            continue
        if "programme" in fixed and fixed["programme"] not in kpi.programmes:
            yield f"{chart['slice_name']}: {code} is not of {fixed['programme']}"
        if breakdown not in {"", "territory", *kpi.breakdowns}:
            yield f"{chart['slice_name']}: {code} has no breakdown by {breakdown}"


def _asked(fixed: Mapping[str, Any]) -> list[str]:
    """The codes, with their breakdowns after a slash, that a chart's fixed filters name."""
    values = [fixed.get(column) or [] for column in ("code", "part_key", "line_key")]
    return [one for value in values for one in ([value] if isinstance(value, str) else value)]


def _wheres(params: dict[str, Any]) -> list[dict[str, Any]]:
    conditions: list[dict[str, Any]] = params.get("adhoc_filters", [])
    return conditions


def _columns(dataset: dict[str, Any]) -> set[str]:
    return {column["column_name"] for column in dataset["columns"]}


def _dataset_faults(dataset: dict[str, Any]) -> Iterator[str]:
    """Its columns are those that the published table or view has; the guard lets it through."""
    name = dataset["table_name"]
    query = f'select * from main."{name}"'  # noqa: S608  # described only, never run
    if (why := what_is_not_plain(query)) is not None:
        yield f"{name}: not a plain query ({why})"
        return
    try:
        given = _described(query)
    except duckdb.Error as error:
        yield f"{name}: {error}"
        return
    for column in dataset["columns"]:
        kind = given.get(column["column_name"])
        if kind != column["type"]:
            yield f"{name}.{column['column_name']}: {column['type']} in the bundle, {kind} when published"


@cache
def _described(query: str) -> dict[str, str]:
    """The columns of a query on the published tables, with their types."""
    with duckdb.connect() as connection:
        define(connection)
        relation = connection.sql(query)
        return dict(zip(relation.columns, map(str, relation.types), strict=True))
