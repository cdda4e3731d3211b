"""What assets and checks are given: the home, the run's record, the examiner; and Dagster's own home."""

import os
from pathlib import Path
from typing import Any

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from expectations.examiner import Examiner
from orchestration.record import RunRecord

SETTINGS = Path(__file__).with_name("dagster.yaml")


def prepare_dagster_home(home: Home) -> Path:
    """Write Dagster's settings (no telemetry) into the home's own folder and point Dagster at it."""
    home.dagster.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    target = home.dagster / SETTINGS.name
    target.write_text(SETTINGS.read_text(encoding="utf-8"), encoding="utf-8")
    target.chmod(PRIVATE_FILE)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["DO_NOT_TRACK"] = "1"
    return home.dagster


def resources(home: Home, record: RunRecord | None, examiner: Examiner | None) -> dict[str, Any]:
    """The resources by the names that assets and checks ask for."""
    from bilan.cli.moved import explainer

    told = record or RunRecord(explain=explainer(home))
    return {"home": home, "record": told, "examiner": examiner or Examiner()}
