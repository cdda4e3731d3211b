"""Where a figure comes from in dbt's project: its model's SQL, what it reads, and which boards show it."""

from collections.abc import Callable, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from bilan.building.dbt import PROJECT, compiled, parsed_project
from bilan.warehouse.explaining import Model, Recompute

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


def model_of(file: Path, name: str, variables: Mapping[str, str]) -> Model:
    """A KPI's model, ready to be measured again over other facts."""
    manifest = parsed_project(file)
    relations = _reads(manifest, name)
    recomputed: dict[str, Recompute] = {}
    for relation in (name for name in tuple(relations) if _node(manifest, name).language == "python"):
        # what Python estimates per cell comes from a model that deals facts to cells: both are made again
        for dealt in _reads(manifest, relation):
            recomputed[dealt] = _in_sql(compiled(file, dealt, variables), dealt)
            relations += [name for name in (dealt, *_reads(manifest, dealt)) if name not in relations]
        source = PROJECT / _node(manifest, relation).original_file_path
        recomputed[relation] = _in_python(source, relation)
    return Model(compiled(file, name, variables), relations, recomputed)


def models_behind(file: Path, name: str) -> list[str]:
    """The models that a figure passed through, from the ledger's events to the KPI's own."""
    manifest = parsed_project(file)
    found: list[str] = []

    def visit(model: str) -> None:
        for parent in _reads(manifest, model):
            visit(parent)
        if model not in found:
            found.append(model)

    visit(name)
    return found


def boards_of(file: Path, name: str) -> list[str]:
    """The dashboards that show a model's figures, as dbt's exposures name them."""
    manifest = parsed_project(file)
    return sorted(
        exposure.label or exposure.name
        for exposure in manifest.exposures.values()
        if name in {parent.split(".")[-1] for parent in exposure.depends_on.nodes}
    )


def _reads(manifest: "Manifest", name: str) -> list[str]:
    """The models that a model reads."""
    parents = _node(manifest, name).depends_on.nodes
    return [parent.split(".")[-1] for parent in parents if parent.startswith("model.")]


def _node(manifest: "Manifest", name: str) -> Any:
    return manifest.nodes[f"model.bilan.{name}"]


def _in_sql(statement: str, relation: str) -> Recompute:
    """What makes an SQL model's relation again, in any open file."""

    def recompute(warehouse: duckdb.DuckDBPyConnection) -> None:
        warehouse.execute(f'CREATE OR REPLACE TABLE main."{relation}" AS {statement}')

    return recompute


def _in_python(source: Path, relation: str) -> Recompute:
    """What makes a Python model's relation again from those it reads, in any open file."""
    model = _model_function(source)

    def recompute(warehouse: duckdb.DuckDBPyConnection) -> None:
        made = model(_Project(warehouse), warehouse)
        warehouse.register("made", made)
        warehouse.execute(f'CREATE OR REPLACE TABLE main."{relation}" AS FROM made')
        warehouse.unregister("made")

    return recompute


def _model_function(source: Path) -> Callable[[Any, duckdb.DuckDBPyConnection], Any]:
    spec = spec_from_file_location(source.stem, source)
    if spec is None or spec.loader is None:
        raise ImportError(source.name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[Any, duckdb.DuckDBPyConnection], Any] = module.model
    return function


class _Project:
    """What dbt hands a Python model, over an open file."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection) -> None:
        self._warehouse = warehouse

    def ref(self, name: str) -> duckdb.DuckDBPyRelation:
        """A model's relation."""
        return self._warehouse.table(f"main.{name}")

    def config(self, **_settings: object) -> None:
        """Settings are dbt's own."""
