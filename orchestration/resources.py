"""What assets and checks are given: the home, the run's record, the examiner."""

from typing import Any

from bilan.home import Home
from expectations.examiner import Examiner
from orchestration.record import RunRecord


def resources(home: Home, record: RunRecord | None, examiner: Examiner | None) -> dict[str, Any]:
    """The resources by the names that assets and checks ask for."""
    return {"home": home, "record": record or RunRecord(), "examiner": examiner or Examiner()}
