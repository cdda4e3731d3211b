"""The whole run, killed without warning or out of room: nothing is lost or counted twice, and it is said.

A home suffers all of it, and a few kills, before it may finish.
"""

import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bilan.cli.verification import verify_all
from bilan.home import Home
from tests.integration.flow.conftest import RUN, FirstRun, events_of, given, told_of
from tests.thorough import either

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3600)]
KILLS, KILLS_OF_A_HOME = either(1, 200), either(1, 2)
LONGEST = 60.0  # seconds after which a run is killed at the latest


def killed(home: Home, chance: random.Random) -> None:
    """Start a run and kill it, its children too, at some moment or another."""
    process = subprocess.Popen(
        RUN, env=told_of(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(chance.uniform(0.5, LONGEST))
    with suppress(ProcessLookupError):  # it had done
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def finished(home: Home) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(RUN, env=told_of(home), capture_output=True, text=True, check=False)


def exact(home: Home) -> pl.DataFrame:
    """The figures of its only release."""
    [file] = home.releases.glob("*/candidate/exact.parquet")
    return pl.read_parquet(file).sort(pl.exclude(pl.Float64))


def out_of_room(home: Home) -> None:
    """No file may grow beyond what the warehouse needs: the run fails as on a full disk."""
    command = ["sh", "-c", 'ulimit -f 2000; exec "$@"', "sh", *RUN]
    done = subprocess.run(command, env=told_of(home), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "le disque est plein" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(home.releases.iterdir())


@pytest.mark.parametrize("seed", range(-(-KILLS // KILLS_OF_A_HOME)))
def test_stopped_at_any_moment_it_ends_as_if_nothing_had_been(
    first: FirstRun, small_logs: dict[str, bytes], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    home = given(tmp_path / "home", small_logs)
    out_of_room(home)
    for _ in range(KILLS_OF_A_HOME):
        killed(home, chance)
    done = finished(home)
    assert done.returncode in {0, 3}, done.stderr
    assert_frame_equal(exact(home), exact(first.home))
    assert_frame_equal(events_of(home), first.events)
    verdict, releases = verify_all(home)
    assert (verdict.findings, releases) == ([], 1)
    assert not [file for file in home.inbox.rglob("*") if file.is_file()]
