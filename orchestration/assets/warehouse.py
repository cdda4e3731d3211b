"""Room 4: the ledger's events in DuckDB, and the models that make figures of them."""

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

from bilan.building.dbt import PROJECT, DbtError, Ran, run_dbt
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
        failure = None
        with record.stage("Modèles et contrôles dbt"), writing(home):
            try:
                ran: Sequence[Ran] = run_dbt("build", file, *_options(file))
                record_build(file, PROJECT)
            except DbtError as error:
                ran, failure = error.ran, error
        yield from _outcomes(ran, manifest, translator)
        if failure is not None:
            raise failure

    return dbt_build


def _options(file: Path) -> Sequence[str]:
    """Unit tests belong to development; a model that changed is built anew."""
    changed = built(file).models_hash not in ("", models_hash(PROJECT))
    return ["--exclude-resource-type", "unit_test", *(["--full-refresh"] if changed else [])]


def _outcomes(ran: Sequence[Ran], manifest: Manifest, translator: RoomsTranslator) -> Iterator[Outcome]:
    """What dbt did, as Dagster records it: seconds and numbers of rows."""
    for one in ran:
        node = manifest["nodes"].get(one.unique_id)
        if node is None or one.status in NOT_RUN:
            continue
        if node["resource_type"] == "test":
            yield _check(one, manifest, translator)
        elif one.status == "success":
            key: AssetKey = translator.get_asset_key(node)
            yield MaterializeResult(asset_key=key, metadata={"seconds": round(one.seconds, 3)})


def _check(one: Ran, manifest: Manifest, translator: RoomsTranslator) -> AssetCheckResult:
    key = get_asset_check_key_for_test(manifest, translator, one.unique_id, project=None)
    if key is None:
        raise DbtError(f"{one.unique_id} is a check of no model")
    severity = AssetCheckSeverity.WARN if one.status == "warn" else AssetCheckSeverity.ERROR
    return AssetCheckResult(
        passed=one.status == "pass",
        asset_key=key.asset_key,
        check_name=key.name,
        severity=severity,
        metadata={"rows_that_break_it": one.failures, "seconds": round(one.seconds, 3)},
    )
