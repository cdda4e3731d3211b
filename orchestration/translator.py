"""How dbt's nodes read in the graph: the rooms of the warehouse, in the models' own words."""

from collections.abc import Mapping
from typing import Any

from dagster import AssetKey
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings

WAREHOUSE = "4_warehouse"


class RoomsTranslator(DagsterDbtTranslator):
    """Groups models by folder, and names sources as the tables that loading fills."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """A model is known by its name; a source as a table of the warehouse."""
        name = dbt_resource_props["name"]
        if dbt_resource_props["resource_type"] == "source":
            return source_key(name)
        return AssetKey(name)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """`4_warehouse_staging`, `_state`, `_marts`, `_kpi`: the folders in the order of the flow."""
        folder = dbt_resource_props["fqn"][1]
        return f"{WAREHOUSE}_{STEPS.get(folder, folder)}"

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """What the model's own file says of it, without its SQL."""
        return str(dbt_resource_props.get("description") or dbt_resource_props["name"])

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        """Where the model is written, so that a reader finds it."""
        return {"file": dbt_resource_props["original_file_path"]}


# letters put the folders in the order of the flow, where the graph sorts its groups by name
STEPS = {"staging": "b_staging", "state": "c_state", "marts": "d_marts", "kpi": "e_kpi"}


def source_key(table: str) -> AssetKey:
    """The asset of a table that is loaded rather than modelled."""
    return AssetKey(["warehouse", table])
