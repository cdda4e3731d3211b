"""Killed at any moment, a step of the gate either is not taken or is finished by the next command.

Meanwhile readers find one release whole, boards and extracts together, and never what is not approved.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bilan.home import Home
from bilan.release import resume
from bilan.release.register.entries import read_register
from bilan.release.register.releases import releases_of
from bilan.release.register.transitions import State
from bilan.release.verification.register import verify_register
from tests.integration import killing
from tests.integration.killing import Kill
from tests.integration.release.gate_harness import next_step
from tests.releasing import publish

pytestmark = pytest.mark.integration
FEWEST_POINTS, FIRST_POINTS, STRIDE = 12, 3, 8
MakeHome = Callable[..., Home]


@pytest.fixture(scope="module")
def harness() -> Iterator[Kill]:
    with killing.harness("tests.integration.release.gate_harness") as kill:
        yield kill


@pytest.fixture
def first_out(make_home: MakeHome, another_figure: dict[str, Any]) -> Home:
    """Release 1 is out; the warehouse says something else since."""
    publish(make_home(figures=(another_figure,)))
    return make_home(figures=({**another_figure, "value": 75.0},))


def shown(home: Home) -> "Shown":
    """What boards say, and which releases extracts give the files of."""
    build = home.published / "current"
    with duckdb.connect(build / "public.duckdb", read_only=True) as public:
        values = public.execute("SELECT value FROM main.figures").fetchall()
    index = json.loads((build / "extracts/index.json").read_bytes())["releases"]
    for entry in index:
        folder = build / "extracts" / str(entry["release"])
        assert folder.is_dir() == bool(entry["files"])
        for file in entry["files"]:
            assert (folder / "package" / file["path"]).stat().st_size == file["bytes"]
    return (values[0][0] if values else None), {e["release"]: bool(e["files"]) for e in index}


Shown = tuple[float | None, dict[int, bool]]
BEFORE: Shown = (60.0, {1: True})
OUT: Shown = (75.0, {2: True, 1: True})
WITHDRAWN: Shown = (60.0, {2: False, 1: True})


@pytest.mark.parametrize(
    ("begins", "ends", "before", "after"),
    [
        (None, State.CHECKED, BEFORE, BEFORE),
        (State.CHECKED, State.PUBLISHED, BEFORE, OUT),
        (State.PUBLISHED, State.WITHDRAWN, OUT, WITHDRAWN),
    ],
)
def test_killed_at_each_point(  # noqa: PLR0917
    first_out: Home,
    harness: Kill,
    begins: State | None,
    ends: State,
    before: Shown,
    after: Shown,
) -> None:
    while state(first_out) != begins:
        next_step(first_out)
    for target in killing.points(FIRST_POINTS, STRIDE):
        where = f"point {target}"
        home = copied(first_out, first_out.root.parent / f"killed-{target}")
        outcome = harness(target, home)
        assert outcome in {"killed", "done"}, where
        assert shown(home) in (before, after), where
        resume(home)
        assert verify_register(home) == [], where
        assert shown(home) == (after if state(home) is ends else before), where
        while state(home) is not ends:
            next_step(home)
        assert shown(home) == after, where
        assert verify_register(home) == [], where
        assert {path.name for path in home.root.rglob(".*")} == {".lock"}, where
        shutil.rmtree(home.root.parent)
        if outcome == "done":
            break
    assert target > FEWEST_POINTS, "the points were not counted"
    assert outcome == "done", "not every point was tried"


def state(home: Home) -> State | None:
    found = releases_of(read_register(home)).get(2)
    return found.state if found else None


def copied(home: Home, place: Path) -> Home:
    """The home and its two keys, elsewhere."""
    shutil.copytree(home.root, place / home.root.name, symlinks=True)
    shutil.copytree(home.root.parent / f"cles-{home.root.name}", place / f"cles-{home.root.name}")
    return Home(place / home.root.name)
