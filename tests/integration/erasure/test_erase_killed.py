"""Killed at any moment, an erasure either did nothing yet or is finished by what comes next."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilan.erasure.backup import backup
from bilan.erasure.service import erase
from bilan.home import Home
from bilan.identity.erasures import count_rows
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from tests.integration import killing
from tests.integration.erasure.erase_harness import ASKED
from tests.integration.killing import Kill

pytestmark = pytest.mark.integration
FIRST_POINTS, STRIDE = 6, 7


@pytest.fixture
def harness() -> Iterator[Kill]:
    with killing.harness("tests.integration.erasure.erase_harness") as kill:
        yield kill


def check_half_done(home: Home, where: str) -> None:
    """After the next opening: either all of her is there and nothing is told, or nothing and it is."""
    ingest(home)
    assert verify_home(home).findings == [], where
    vault = open_vault(home)
    try:
        told = DeltaLedger(home.ledger).events(source="BILAN", log="identity")
        erased = told.filter(told["type"] == "identity.subject.erased.v1")["subject"].to_list()
        noted = vault.rows("select state from erasures")
        assert bool(erased) == bool(noted), where
        assert count_rows(vault, erased) == 0, where
        assert ("open",) not in noted, where
        files = len(list((home.vault / "landed").glob("*.bin")))
        assert files == (1 if erased else 4), where
    finally:
        vault.close()


def test_killed_at_each_step(home: Home, tmp_path: Path, harness: Kill) -> None:
    for target in killing.points(FIRST_POINTS, STRIDE):
        place = tmp_path / f"killed-{target}"
        shutil.copytree(home.root, place / "home", symlinks=True)
        again = Home(place / "home")
        copy = backup(again, place / "copies")
        outcome = harness(target, again)
        assert outcome in {"killed", "done"}, f"point {target}"
        check_half_done(again, f"point {target}")
        receipt = erase(again, ASKED).receipt
        assert receipt is not None
        assert receipt.complete, f"point {target}: {receipt.text}"
        assert verify_home(again).findings == []
        other = Home(place / "home")
        assert len(list((copy.path / "vault/landed").glob("*.bin"))) == 1, f"point {target}"
        assert len(list((other.vault / "receipts").glob("*.json"))) == 1
        shutil.rmtree(place)
        if outcome == "done":
            break
    assert target > 20, "the steps were not counted"
    assert outcome == "done", "not every step was tried"
