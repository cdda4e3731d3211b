"""A new master key: everything reads back, the old key opens nothing, whatever moment it is cut at."""

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.identity import rotation
from bilan.identity.keys import MasterKeyError
from bilan.identity.numbers import read_numbers
from bilan.identity.rotation import rotate_key
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from tests.integration import killing
from tests.integration.killing import Kill
from tests.integration.vault.conftest import Command, Persons, bytes_of

pytestmark = pytest.mark.integration
MOST_POINTS = 100


def wrapped_keys(home: Home) -> list[bytes]:
    """Every data key and key of the ring, as the vault keeps them."""
    vault = open_vault(home)
    try:
        rows = vault.rows("select data_key from subjects union all select sealed from ring")
        return [bytes(key) for (key,) in rows]
    finally:
        vault.close()


def key_of(home: Home) -> str:
    return (home.keys / "master.key").read_text()


def check_whole(home: Home) -> None:
    """The vault opens, its journal agrees with the ledger, numbers are read, a resend changes nothing."""
    assert verify_home(home).findings == []
    vault = open_vault(home)
    try:
        batches = [batch for (batch,) in vault.rows("select batch from numbers")]
        assert all(read_numbers(vault, batch) for batch in batches)
    finally:
        vault.close()
    assert {file.name for file in home.keys.iterdir()} == {
        "master.key",
        "vault.mark",
        "release.key",
        "release.pub",
    }


@pytest.mark.parametrize("chunk", [1, 2, 20_000])
def test_everything_reads_back_and_the_old_key_opens_nothing(
    home: Home, persons: Persons, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_CHUNK", chunk)
    before, old, wrapped = persons(home), key_of(home), wrapped_keys(home)
    assert all(key in bytes_of(home.vault) for key in wrapped), "the search finds what is there"
    assert rotate_key(home) == len(before) == 9
    assert not any(key in bytes_of(home.vault) for key in wrapped)
    assert persons(home) == before
    check_whole(home)
    (home.keys / "master.key").write_text(old)
    with pytest.raises(MasterKeyError, match="n'est pas celle de ce coffre"):
        open_vault(home)


def test_a_restatement_is_still_recognised(home: Home, fill: Callable[[Path], None], tmp_path: Path) -> None:
    rotate_key(home)
    fill(tmp_path / "again")
    report = ingest(home, [tmp_path / "again"])
    assert sum(file.asserted + file.corrected + file.retracted for file in report.files) == 0


@pytest.fixture
def harness() -> Iterator[Kill]:
    with killing.harness("tests.integration.vault.rotation_harness") as kill:
        yield kill


def test_killed_at_each_step(taken: Home, tmp_path: Path, persons: Persons, harness: Kill) -> None:
    changed = set()
    for target in range(1, MOST_POINTS):
        home = Home(tmp_path / f"killed-{target}")
        shutil.copytree(taken.root, home.root)
        before, old, wrapped = persons(home), key_of(home), wrapped_keys(home)
        outcome = harness(target, home)
        assert outcome in {"killed", "done"}, f"point {target}"
        assert persons(home) == before, f"point {target}"
        check_whole(home)
        is_new = key_of(home) != old
        assert any(key in bytes_of(home.vault) for key in wrapped) is not is_new, f"point {target}"
        changed.add(is_new)
        if outcome == "done":
            break
        rotate_key(home)
        assert persons(home) == before, f"point {target}"
    assert outcome == "done", "not every step was tried"
    assert target > 15, "the steps were not counted"
    assert changed == {True, False}


def test_a_waiting_key_of_another_vault_is_left_alone(home: Home, tmp_path: Path) -> None:
    """A home pointed at the wrong vault must not lose the one key of the right one."""
    other = Home(tmp_path / "other").create()
    open_vault(other).close()
    (home.keys / "master.key").rename(home.keys / "master.key.next")
    (home.keys / "master.key").write_text("cd" * 32)
    shutil.copyfile(home.vault / "vault.db", tmp_path / "right.db")
    shutil.copyfile(other.vault / "vault.db", home.vault / "vault.db")
    with pytest.raises(MasterKeyError):
        open_vault(home)
    assert (home.keys / "master.key.next").is_file()
    shutil.copyfile(tmp_path / "right.db", home.vault / "vault.db")
    check_whole(home)


def test_with_the_key_in_the_environment(home: Home, command: Command, tmp_path: Path) -> None:
    old = key_of(home).strip()
    (home.keys / "master.key").unlink()
    assert command(home, "vault", "rotate-key", BILAN_MASTER_KEY=old).returncode == 1
    out = tmp_path / "new.key"
    done = command(home, "vault", "rotate-key", "--out", str(out), "--json", BILAN_MASTER_KEY=old)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"data_keys": 9, "to_set": "BILAN_MASTER_KEY", "out": str(out)}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    new = out.read_text().strip()
    assert new not in done.stdout + done.stderr
    assert command(home, "verify", BILAN_MASTER_KEY=old).returncode == 1
    assert command(home, "verify", BILAN_MASTER_KEY=new).returncode == 0
    again = command(home, "vault", "rotate-key", "--out", str(out), BILAN_MASTER_KEY=new)
    assert again.returncode == 1
    assert out.read_text().strip() == new
    assert not (home.keys / "master.key").exists()


def test_with_the_key_in_its_file_there_is_no_out(home: Home, command: Command, tmp_path: Path) -> None:
    old = key_of(home)
    done = command(home, "vault", "rotate-key", "--out", str(tmp_path / "k"))
    assert (done.returncode, key_of(home)) == (1, old)
    assert command(home, "vault", "rotate-key").returncode == 0
    assert key_of(home) != old


def test_no_vault_is_made_to_change_its_key(tmp_path: Path, command: Command) -> None:
    empty = Home(tmp_path / "empty").create()
    done = command(empty, "vault", "rotate-key")
    assert done.returncode == 1
    assert "Il n'y a pas de coffre" in done.stderr
    assert list(empty.vault.iterdir()) == list(empty.keys.iterdir()) == []
