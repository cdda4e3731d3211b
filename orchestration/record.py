"""What assets and checks are given, and what a run tells its caller. Knows nothing of Dagster."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bilan.errors import PlainError, describe
from bilan.home import Home
from bilan.ingest import Report
from bilan.ledger.findings import Verdict
from bilan.release import Made
from bilan.release.candidate.checks import Check
from expectations.examiner import Examiner


class StageFailedError(PlainError):
    """A stage failed for a reason that is not ours to quote: its message says where, not what was read."""


def _silent(stage: str) -> None:
    """Say nothing."""


@dataclass
class RunRecord:
    """Seconds per stage, and what the rooms answered. One per run; in memory alone."""

    progress: Callable[[str], None] = _silent  # told the French name of each stage as it begins
    seconds: dict[str, float] = field(default_factory=dict)
    report: Report | None = None
    verified: Verdict | None = None  # what was found of the ledger
    figures: Check | None = None  # what was found of the exact figures
    made: Made | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, and let no foreign exception out of it: its text may quote a cell."""
        self.progress(name)
        start = time.perf_counter()
        try:
            yield
        except PlainError:
            raise
        except Exception as error:
            raise StageFailedError(f"{name} : {describe(error)}") from None
        finally:
            self.seconds[name] = round(time.perf_counter() - start, 3)


def resources(home: Home, record: RunRecord | None, examiner: Examiner | None) -> dict[str, Any]:
    """The resources by the names that assets and checks ask for."""
    return {"home": home, "record": record or RunRecord(), "examiner": examiner or Examiner()}
