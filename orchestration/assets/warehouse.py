"""Room 4: the ledger's events in DuckDB, and the models that make figures of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    ResourceParam,
    multi_asset,
)
from dagster_dbt import dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from bilan.cli.dbt import PROJECT, DbtError, run_dbt
from bilan.home import Home
from bilan.warehouse import load, models_hash, record_build, warehouse_file, writing
from bilan.warehouse.freshness import built
from orchestration.assets.ledger import EVENTS
from orchestration.record import RunRecord
from orchestration.translator import WAREHOUSE, RoomsTranslator, source_key

Manifest = Mapping[str, Any]
Outcome = MaterializeResult[None] | AssetCheckResult
NOT_RUN = frozenset({"skipped", "no-op"})


def loading(manifest: Manifest) -> AssetsDefinition:
    """The asset that fills the tables that dbt calls sources: one per source of the manifest."""
    tables = {source["name"]: source for source in manifest["sources"].values()}
    specs = [
        AssetSpec(
            source_key(name),
            deps=[EVENTS] if source["source_name"] == "ledger" else [],
            group_name=f"{WAREHOUSE}_a_load",
            description=source.get("description") or source["source_description"],
            kinds={"duckdb"},
        )
        for name, source in tables.items()
    ]

    @multi_asset(name="load_warehouse", specs=specs)
    def load_warehouse(
        home: ResourceParam[Home], record: ResourceParam[RunRecord]
    ) -> Iterator[MaterializeResult[None]]:
        """Append what the ledger has more than the warehouse, and refresh the reference lists."""
        with record.stage("Chargement de l'entrepôt"):
            appended = load(home)
        for spec in specs:
            is_events = spec.key == source_key("events")
            yield MaterializeResult(
                asset_key=spec.key, metadata={"rows_appended": appended} if is_events else {}
            )

    return load_warehouse


def models(manifest: Manifest) -> AssetsDefinition:
    """Every dbt model as an asset, and every dbt test as a check on the model it tests."""
    translator = RoomsTranslator()

    @dbt_assets(manifest=manifest, dagster_dbt_translator=translator, name="dbt_build")
    def dbt_build(home: ResourceParam[Home], record: ResourceParam[RunRecord]) -> Iterator[Outcome]:
        """Build and test all models in this process; dbt as a program of its own takes twice as long."""
        file = warehouse_file(home)
        results = file.parent / "dbt" / "run_results.json"
        results.unlink(missing_ok=True)  # those of another run would be taken for ours
        failure = None
        with record.stage("Modèles et contrôles dbt"), writing(home):
            try:
                run_dbt("build", file, *_options(file))
                record_build(file, PROJECT)
            except DbtError as error:
                failure = error
        yield from _outcomes(results, manifest, translator)
        if failure is not None:
            raise failure

    return dbt_build


def _options(file: Path) -> Sequence[str]:
    """Unit tests belong to development; a model that changed is built anew."""
    changed = built(file).models_hash not in ("", models_hash(PROJECT))
    return ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if changed else [])]


def _outcomes(results: Path, manifest: Manifest, translator: RoomsTranslator) -> Iterator[Outcome]:
    """What dbt wrote of its last run, as Dagster records it: seconds and numbers of rows."""
    if not results.exists():  # dbt failed before its first model
        return
    for result in json.loads(results.read_text(encoding="utf-8"))["results"]:
        if result["status"] in NOT_RUN:
            continue
        node = manifest["nodes"].get(result["unique_id"])
        seconds = round(result["execution_time"], 3)
        if node is None:
            continue
        if node["resource_type"] == "test":
            yield _check(result, manifest, translator, seconds)
        elif result["status"] == "success":
            key: AssetKey = translator.get_asset_key(node)
            yield MaterializeResult(asset_key=key, metadata={"seconds": seconds})


def _check(
    result: Mapping[str, Any], manifest: Manifest, translator: RoomsTranslator, seconds: float
) -> AssetCheckResult:
    key = get_asset_check_key_for_test(manifest, translator, result["unique_id"], project=None)
    if key is None:
        raise DbtError(f"{result['unique_id']} is a check of no model")
    severity = AssetCheckSeverity.WARN if result["status"] == "warn" else AssetCheckSeverity.ERROR
    return AssetCheckResult(
        passed=result["status"] == "pass",
        asset_key=key.asset_key,
        check_name=key.name,
        severity=severity,
        metadata={"rows_that_break_it": result["failures"] or 0, "seconds": seconds},
    )
