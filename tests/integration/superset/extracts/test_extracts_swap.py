"""A swap of the current build under load: each call reads one build, and a withdrawal is for all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.integration.superset.extracts import extracts_sample as sample
from tests.integration.superset.extracts.extracts_client import pull
from tests.integration.superset.published_sample import switch_to
from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration
BUILD_WITHOUT = 90


def test_no_call_sees_half_of_a_swap(superset: RunningSuperset, token: str, build: Path) -> None:
    without = superset.home.published / str(BUILD_WITHOUT)
    (without / "extracts").mkdir(parents=True)
    sample.write_index(without, [{**sample.release_withdrawn(), "release": 2}])

    def call(rank: int) -> int:
        if rank % 10 == 0:
            switch_to(superset.home.root, (int(build.name), BUILD_WITHOUT)[rank // 10 % 2])
        path = ("archive", "kpis/M02", "files/LISEZMOI.md")[rank % 3]
        return pull(superset, f"releases/2/{path}", token).status_code

    try:
        with ThreadPoolExecutor(6) as calls:
            statuses = set(calls.map(call, range(110)))
        assert statuses == {200, 410}
        switch_to(superset.home.root, BUILD_WITHOUT)
        answers = {
            pull(superset, f"releases/2/{path}", token).status_code for path in ("archive", "kpis/M02")
        }
        assert answers == {410}
    finally:
        switch_to(superset.home.root, int(build.name))
