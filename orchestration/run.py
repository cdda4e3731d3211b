"""One run in this process, recorded in the persistent instance so that Dagster's UI shows it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bilan.home import Home
from bilan.ingest import Report
from bilan.release import Made
from expectations.examiner import Examiner
from orchestration.record import RunRecord
from orchestration.storage import dagster_environment

FAILURE = 1
PREPARATION, RECORDING = "Préparation", "Suivi par Dagster"
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}  # the events are in the run storage


@dataclass(frozen=True)
class Outcome:
    """What a run did."""

    success: bool
    run_id: str
    seconds: dict[str, float]  # per stage, in order
    checks: int
    failed_checks: tuple[str, ...]  # `asset: check`
    failure: str | None
    report: Report | None
    made: Made | None

    @property
    def exit_code(self) -> int:
        """1 when a step or a blocking check failed, otherwise as `bilan ingest`."""
        if not self.success or self.report is None:
            return FAILURE
        return self.report.exit_code

    def to_dict(self) -> dict[str, Any]:
        """As `bilan run --json` prints it: what ingest says, then what came of it."""
        ingested = self.report.to_dict() if self.report else {"files": [], "ledger_version": None}
        return {
            **ingested,
            "success": self.success,
            "run_id": self.run_id,
            "release": self.made.release.number if self.made else None,
            "state": self.made.release.state if self.made else None,
            "suppressed": self.made.suppressed if self.made else None,
            "checks": self.checks,
            "failed_checks": list(self.failed_checks),
            "failure": self.failure,
            "seconds": self.seconds,
        }


def run(
    home: Home,
    *,
    examiner: Examiner,
    progress: Callable[[str], None],
    **overrides: Any,
) -> Outcome:
    """Run every step once. `overrides` go to `build_definitions`."""
    record = RunRecord(progress)
    with record.stage(PREPARATION):
        os.environ.update(dagster_environment(home))
        from dagster import DagsterInstance

        from orchestration.definitions import build_definitions
        from orchestration.storage import quick_storage

        definitions = build_definitions(home, record=record, examiner=examiner, **overrides)
        job = definitions.resolve_job_def("bilan_run")
    start, before = time.perf_counter(), sum(record.seconds.values())
    with quick_storage(), DagsterInstance.get() as instance:
        result = job.execute_in_process(run_config=QUIET, instance=instance, raise_on_error=False)
    in_stages = sum(record.seconds.values()) - before
    record.seconds[RECORDING] = round(time.perf_counter() - start - in_stages, 3)
    evaluations = result.get_asset_check_evaluations()
    failed = [f"{e.asset_key.to_user_string()}: {e.check_name}" for e in evaluations if not e.passed]
    return Outcome(
        success=result.success,
        run_id=result.run_id,
        seconds=record.seconds,
        checks=len(evaluations),
        failed_checks=tuple(sorted(failed)),
        failure=_failure(result),
        report=record.report,
        made=record.made,
    )


def _failure(result: Any) -> str | None:
    """Which steps failed, in the words of the last cause."""
    lines = []
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            lines.append(f"{event.step_key} : {error.message.strip() if error else ''}")
    return " ; ".join(lines) or None
