"""The marts as their properties describe them."""

from typing import Any

import yaml

from bilan.building.dbt import PROJECT

MARTS = PROJECT / "models" / "marts"


def described_marts() -> dict[str, dict[str, Any]]:
    """Each mart's properties, by its name."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in MARTS.glob("*.yml")]
    return {model["name"]: model for file in files for model in file.get("models", [])}
