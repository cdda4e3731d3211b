"""The real KPI catalogue, as the dbt models declare it."""

from pathlib import Path
from typing import Any

import polars as pl
import yaml

from bilan.dashboards.tables import CATALOGUE
from bilan.release.schema import SHOWN_CATALOGUE, schema_of

MODELS = Path(__file__).parents[1] / "dbt_project" / "models" / "kpi"


def models() -> list[dict[str, Any]]:
    """What is declared of each model of the layer; read anew, for tests that change it."""
    files = [
        yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) for file in sorted(MODELS.glob("*.yml"))
    ]
    return [model for file in files for model in file["models"]]


def entries_of(model: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries that a model carries."""
    kpis: list[dict[str, Any]] = model.get("config", {}).get("meta", {}).get("kpis", [])
    return kpis


def entries() -> list[dict[str, Any]]:
    """Every entry, model by model."""
    return [entry for model in models() for entry in entries_of(model)]


def shown_catalogue() -> pl.DataFrame:
    """The entries by code with the columns of `schema.SHOWN_CATALOGUE`, as dbt writes them."""
    return pl.DataFrame([_shown(entry) for entry in entries()], schema=schema_of(SHOWN_CATALOGUE)).sort(
        "code"
    )


def _shown(entry: dict[str, Any]) -> dict[str, str]:
    lists = {name: ", ".join(told) for name, told in entry.items() if isinstance(told, list)}
    beside = entry.get("companion", {})
    return {
        **{name: {**entry, **lists}[name] for name in CATALOGUE},
        **{name: "yes" if entry.get(name) else "" for name in ("adds_up", "signed")},
        "companion": beside.get("code", ""),
        **{f"companion_{language}": beside.get(language, "") for language in ("fr", "en")},
    }
