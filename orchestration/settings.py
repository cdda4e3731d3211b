"""Dagster's own home, inside ours: its settings, and the variables by which it finds them."""

from pathlib import Path

from bilan.durable import replace
from bilan.home import Home

SETTINGS = Path(__file__).with_name("dagster.yaml")


def dagster_environment(home: Home) -> dict[str, str]:
    """Write Dagster's settings (no telemetry) into the home; the variables by which it finds them."""
    home.create()
    replace(home.dagster / SETTINGS.name, SETTINGS.read_bytes())
    return {"DAGSTER_HOME": str(home.dagster), "DO_NOT_TRACK": "1"}
