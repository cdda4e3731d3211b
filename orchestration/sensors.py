"""The inbox is looked at every half minute; a run starts when its files are new and at rest."""

import hashlib
import time
from pathlib import Path

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from bilan.home import Home
from bilan.ingest.sources import Overrides, find_landings
from bilan.intake import load_reference
from orchestration.jobs import BILAN_RUN

SECONDS_BETWEEN_LOOKS = 30
SECONDS_AT_REST = 5.0  # a file that is still being copied changes


def inbox_sensor(home: Home, *, at_rest: float = SECONDS_AT_REST) -> SensorDefinition:
    """The sensor of that home's inbox. `at_rest`: seconds since the last change of any file."""

    @sensor(
        name="inbox_sensor",
        job=BILAN_RUN,
        minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
        default_status=DefaultSensorStatus.RUNNING,
        description="Starts a run when partners' files have landed in the inbox.",
    )
    def look(context: SensorEvaluationContext) -> SensorResult:
        """Ask for a run once per state of the inbox: a file that is held or unknown stays there."""
        landings, _ = find_landings(home, [], Overrides(), load_reference(home.root / "reference"))
        if not landings:
            return SensorResult(skip_reason=SkipReason("the inbox is empty"), cursor="")
        files = [landing.file for landing in landings]
        if time.time() - max(file.stat().st_mtime for file in files) < at_rest:
            return SensorResult(skip_reason=SkipReason("files are still landing"), cursor=context.cursor)
        state = _digest(files)
        if state == context.cursor:
            return SensorResult(skip_reason=SkipReason("nothing new in the inbox"), cursor=state)
        sources = sorted(
            f"{landing.source.sender}/{landing.source.log}/{landing.source.statement_date}"
            for landing in landings
        )
        tags = {"bilan/files": str(len(sources)), "bilan/first": sources[0], "bilan/last": sources[-1]}
        return SensorResult(run_requests=[RunRequest(run_key=state, tags=tags)], cursor=state)

    return look


def _digest(files: list[Path]) -> str:
    """One hash of the files' names, times and sizes: names themselves are not for Dagster's storage."""
    digest = hashlib.sha256()
    for file in sorted(files):
        status = file.stat()
        digest.update(f"{file}\0{status.st_mtime_ns}\0{status.st_size}\0".encode())
    return digest.hexdigest()
