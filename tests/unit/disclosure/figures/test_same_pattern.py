"""What is hidden follows from the figures alone, not from the machine, nor from the order of rows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bilan.disclosure import solver
from bilan.disclosure.figures import protect_figures
from bilan.disclosure.solver import SolverError
from tests.unit.disclosure.figures.partnerships import COUNTED, drawn, exact_of
from tests.unit.disclosure.figures.pattern import MONTHS, PARTNERSHIP

BUSY = 1  # processes that run on the processor of the slow one


@contextmanager
def one_busy_processor() -> Iterator[int]:
    """A processor on which others already run."""
    processor = min(os.sched_getaffinity(0))
    spin = f"import os; os.sched_setaffinity(0, [{processor}])\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", spin]) for _ in range(BUSY)]
    try:
        yield processor
    finally:
        for other in others:
            other.kill()
            other.wait()


def pattern(order: int, processor: int | None = None) -> bytes:
    """What another process hides, with another order of rows and of hashes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.disclosure.figures.pattern", str(order)],
        env={**os.environ, "PYTHONHASHSEED": str(order)},
        preexec_fn=None if processor is None else lambda: os.sched_setaffinity(0, [processor]),
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.mark.integration
def test_a_slow_process_hides_the_same_as_another_of_the_same_figures() -> None:
    with one_busy_processor() as processor:
        slow = pattern(1, processor)
    assert b"suppressed" in slow
    assert slow == pattern(2)


def test_a_programme_that_takes_too_long_is_an_error_and_no_other_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver, "SECONDS", 0.0)
    with pytest.raises(SolverError, match="n'a pas fini"):
        protect_figures(exact_of(drawn(PARTNERSHIP).until(MONTHS[0])), COUNTED)
