"""A process that holds Great Expectations ready, so that a run need not wait for its import.

Batches go to it through a pipe and verdicts come back; nothing is written to disk.
"""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Self

import polars as pl

from expectations.engine import evaluate, import_library
from expectations.verdicts import Rule, Verdict


class Examiner:
    """Evaluates rules in another process, started with `warm` or at the first question."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> Self:
        """Start the process and return at once; it loads the library in the meantime."""
        self._started().submit(import_library)
        return self

    def evaluate(self, suite: str, batch: pl.DataFrame, rules: Sequence[Rule]) -> Verdict:
        """As `engine.evaluate`."""
        return self.submit(suite, batch, rules).result()

    def submit(self, suite: str, batch: pl.DataFrame, rules: Sequence[Rule]) -> Future[Verdict]:
        """As `evaluate`, without waiting for the verdict."""
        return self._started().submit(evaluate, suite, batch, rules)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawned, not forked: the parent may hold threads and open files
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
        return self._pool
