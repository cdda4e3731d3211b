"""Killed at any moment and run again, `ingest` gives what an undisturbed run gives.

Equal up to random ids, tokens and recorded times: tokens are compared by whom the vault says they are.
"""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.journal import Journal
from bilan.identity.subjects import read_attributes
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from tests.integration import killing
from tests.integration.killing import Kill

pytestmark = pytest.mark.integration

FIRST_POINTS, STRIDE = 8, 9  # 42 points are the first file's taking; those after it pass by the same ones
HASH = re.compile("[0-9a-f]{64}")
Fill = Callable[[Path], None]


def content(home: Home) -> dict[str, Any]:
    """Everything that a run leaves behind, without what is random."""
    vault = open_vault(home)
    try:
        events = DeltaLedger(home.ledger).events()
        sequence_of = dict(events.select("id", "sequence").iter_rows())
        hashes: dict[str, int] = {}
        numbers = {batch: n for n, batch in enumerate(events["batch"].unique(maintain_order=True))}

        def person(token: str | None) -> str | None:
            return (
                json.dumps(read_attributes(vault, token, Access("un essai")), sort_keys=True)
                if token
                else None
            )

        def unkeyed(value: Any) -> Any:
            """A keyed hash by the order in which it is met: each home has keys of its own."""
            hashed = isinstance(value, str) and HASH.fullmatch(value)
            return hashes.setdefault(value, len(hashes)) if hashed else value

        def plain(event: dict[str, Any]) -> dict[str, Any]:
            data = {name: unkeyed(value) for name, value in json.loads(event["data"]).items()}
            subject = [person(event["subject"])]
            if "other" in data:
                subject = sorted([*subject, person(data.pop("other"))], key=str)
            kept = {k: v for k, v in event.items() if k not in {"id", "recordedtime", "row_hash", "data"}}
            supersedes = sequence_of.get(event["supersedes"])
            batch = numbers[event["batch"]]
            kept["natural_key"] = unkeyed(kept["natural_key"])
            return kept | {"subject": subject, "data": data, "supersedes": supersedes, "batch": batch}

        return {
            "events": [plain(event) for event in events.iter_rows(named=True)],
            "persons": vault.rows("select count(*) from subjects"),
            "links": vault.rows("select method, reported_on from links order by 1, 2"),
            "held": [(held.key, held.reason) for held in Journal(vault).held()],
            "outbox": {file.name: file.read_bytes() for file in sorted(home.outbox.rglob("*.csv"))},
            "inbox": [file.name for file in home.inbox.rglob("*") if file.is_file()],
        }
    finally:
        vault.close()


@pytest.fixture
def undisturbed(tmp_path: Path, fill: Fill) -> dict[str, Any]:
    home = Home(tmp_path / "undisturbed").create()
    fill(home.inbox)
    ingest(home)
    found = content(home)
    assert len(found["events"]) == 14  # one tells that a statement without news came
    assert found["inbox"] == []
    return found


@pytest.fixture
def harness() -> Iterator[Kill]:
    with killing.harness("tests.integration.ingest.kill_harness") as kill:
        yield kill


def check_after(home: Home, expected: dict[str, Any], where: str) -> None:
    verdict = verify_home(home)
    assert verdict.findings == [], where
    ingest(home)
    assert content(home) == expected, where
    again = verify_home(home)
    assert (again.findings, again.notes, again.version) == ([], [], 5), where


def test_killed_at_each_step(tmp_path: Path, fill: Fill, undisturbed: dict[str, Any], harness: Kill) -> None:
    for target in killing.points(FIRST_POINTS, STRIDE):
        home = Home(tmp_path / f"killed-{target}").create()
        fill(home.inbox)
        outcome = harness(target, home)
        assert outcome in {"killed", "done"}, f"point {target}"
        check_after(home, undisturbed, f"point {target}")
        if outcome == "done":
            break
    assert target > 50, "the steps were not counted"
    assert outcome == "done", "not every step was tried"


def test_killed_again_and_again(
    tmp_path: Path, fill: Fill, undisturbed: dict[str, Any], harness: Kill
) -> None:
    """Each run gets a little further before it is killed too."""
    home = Home(tmp_path / "home").create()
    fill(home.inbox)
    for target in range(3, killing.MOST_POINTS, 7):
        if harness(target, home) == "done":
            break
    check_after(home, undisturbed, "again and again")


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_a_random_moment(
    tmp_path: Path, fill: Fill, undisturbed: dict[str, Any], seed: int
) -> None:
    home = Home(tmp_path / "home").create()
    fill(home.inbox)
    command = [sys.executable, "-c", "from bilan.cli.main import main; main()", "ingest"]
    environment = {**os.environ, "BILAN_HOME": str(home.root)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not (home.vault / "vault.db").exists():
            time.sleep(0.01)
        time.sleep(random.Random(seed).uniform(0, 0.8))
        process.kill()
    check_after(home, undisturbed, f"seed {seed}")
