"""The limit on calls, as laws: never more than it says in any window, never less than it promises."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from bilan_superset.extracts.limits import SECOND, Limit, after_call, seconds_to_wait
from bilan_superset.extracts.store import store
from hypothesis import given
from hypothesis import strategies as st

START = 1_900_000_000 * SECOND
LIMITS = st.builds(Limit, calls=st.integers(1, 200), seconds=st.integers(1, 3600))
PAUSES = st.lists(st.integers(0, 100 * SECOND), max_size=150)


def passed(limit: Limit, pauses: list[int]) -> list[int]:
    """The moments at which a caller who pauses like that is let through."""
    now, until, moments = START, 0, []
    for pause in pauses:
        now += pause
        until, wait = after_call(until, now, limit)
        if wait == 0:
            moments.append(now)
    return moments


@given(limit=LIMITS, pauses=PAUSES)
def test_no_window_holds_more_than_the_burst_and_its_refill(limit: Limit, pauses: list[int]) -> None:
    moments = passed(limit, pauses)
    step = limit.seconds * SECOND // limit.calls
    for first, start in enumerate(moments):
        for count, end in enumerate(moments[first:], 1):
            assert count <= limit.calls + (end - start) // step + 1


@given(limit=LIMITS)
def test_the_whole_burst_passes_and_the_next_call_waits_as_told(limit: Limit) -> None:
    until = 0
    for _ in range(limit.calls):
        until, wait = after_call(until, START, limit)
        assert wait == 0
    after, wait = after_call(until, START, limit)
    if wait == 0:  # nanoseconds that the division left over
        after, wait = after_call(after, START, limit)
    assert wait > 0
    assert after_call(after, START + wait, limit)[1] == 0
    assert after_call(after, START + wait - 1, limit)[1] == 1


@given(limit=LIMITS, tries=st.integers(1, 50))
def test_a_refused_call_costs_nothing(limit: Limit, tries: int) -> None:
    until = START + limit.seconds * SECOND
    for _ in range(tries):
        assert after_call(until, START, limit)[0] == until


@given(limit=LIMITS, back=st.integers(1, 10**9))
def test_a_clock_set_back_shuts_nobody_out_for_longer_than_the_window(limit: Limit, back: int) -> None:
    until, _ = after_call(0, START, limit)
    _, wait = after_call(until, START - back * SECOND, limit)
    assert wait <= limit.seconds * SECOND // limit.calls


SHARED = Limit(calls=50, seconds=600)


def call(folder: Path, who: str) -> int:
    with store(folder) as connection:
        return seconds_to_wait(connection, who, SHARED, START)


def work(folder: Path) -> list[int]:
    """What a worker of several threads does."""
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda _: call(folder, "token:a"), range(30)))


@pytest.mark.integration
def test_workers_and_their_threads_share_the_count_and_callers_do_not(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        waits = [wait for part in workers.map(work, [tmp_path] * 2) for wait in part]
    assert sorted(waits) == [0] * 50 + [12] * 10
    assert call(tmp_path, "token:b") == 0


def test_what_is_no_longer_needed_is_forgotten(tmp_path: Path) -> None:
    limit = Limit(calls=5, seconds=60)
    with store(tmp_path) as connection:
        seconds_to_wait(connection, "address:192.0.2.1", limit, START)
        seconds_to_wait(connection, "token:a", limit, START + 3600 * SECOND)
        kept = [row["who"] for row in connection.execute("SELECT who FROM spent")]
    assert kept == ["token:a"]
