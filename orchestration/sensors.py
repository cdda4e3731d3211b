"""The inbox is looked at every half minute; a run starts when files at rest are new."""

import contextlib
import hashlib
import os
from collections.abc import Iterator

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
from bilan.ingest.inbox import SECONDS_AT_REST, is_at_rest
from bilan.ingest.sources import Landing, Overrides, find_landings
from bilan.intake import load_reference
from orchestration.jobs import BILAN_RUN

SECONDS_BETWEEN_LOOKS = 30


def inbox_sensor(home: Home, *, at_rest: float = SECONDS_AT_REST) -> SensorDefinition:
    """The sensor of that home's inbox. `at_rest`: seconds since the last change of a file."""

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
        resting = dict(_at_rest(landings, at_rest))
        if not resting:
            return SensorResult(skip_reason=SkipReason("files are still landing"), cursor=context.cursor)
        state = _digest(resting)
        if state == context.cursor:
            return SensorResult(skip_reason=SkipReason("nothing new in the inbox"), cursor=state)
        sources = sorted(
            f"{landing.source.sender}/{landing.source.log}/{landing.source.statement_date}"
            for landing in resting
        )
        tags = {"bilan/files": str(len(sources)), "bilan/first": sources[0], "bilan/last": sources[-1]}
        return SensorResult(run_requests=[RunRequest(run_key=state, tags=tags)], cursor=state)

    return look


def _at_rest(landings: list[Landing], seconds: float) -> Iterator[tuple[Landing, os.stat_result]]:
    """The files that no longer change, as they are: one that always does keeps no other waiting."""
    for landing in landings:
        with contextlib.suppress(OSError):  # taken meanwhile by another run
            status = landing.file.lstat()
            if is_at_rest(status, seconds):
                yield landing, status


def _digest(resting: dict[Landing, os.stat_result]) -> str:
    """One hash of the files' names, times and sizes: names themselves are not for Dagster's storage."""
    digest = hashlib.sha256()
    for name, status in sorted((os.fsencode(landing.file), status) for landing, status in resting.items()):
        digest.update(b"%b\0%d\0%d\0" % (name, status.st_mtime_ns, status.st_size))
    return digest.hexdigest()
