import stat
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.identity.keys import Keys, MasterKeyError, Ring, load_master
from bilan.identity.vault import open_vault


def test_every_use_has_a_key_of_its_own() -> None:
    values = [key for _, key in Keys.of(bytes(32), Ring.random()).named()]
    assert len(set(values)) == len(values)
    assert all(len(value) == 32 for value in values)


def test_a_new_home_gets_a_private_key_and_keeps_it(tmp_path: Path) -> None:
    made = load_master(tmp_path / "keys", may_create=True, environment={})
    assert load_master(tmp_path / "keys", may_create=False, environment={}) == made
    assert stat.S_IMODE((tmp_path / "keys" / "master.key").stat().st_mode) == 0o600


def test_the_environment_wins(tmp_path: Path) -> None:
    given = {"BILAN_MASTER_KEY": "ab" * 32}
    assert load_master(tmp_path, may_create=False, environment=given) == bytes.fromhex("ab" * 32)


@pytest.mark.parametrize("text", ["", "zz" * 32, "ab" * 16, "é"])
def test_a_malformed_key_is_said_without_being_shown(tmp_path: Path, text: str) -> None:
    (tmp_path / "master.key").write_text(text)
    with pytest.raises(MasterKeyError, match="64 chiffres"):
        load_master(tmp_path, may_create=True, environment={})


def test_a_lost_key_is_never_replaced(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    open_vault(home).close()
    (home.keys / "master.key").unlink()
    with pytest.raises(MasterKeyError, match="manque"):
        open_vault(home)


def test_a_wrong_key_is_said_plainly(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    open_vault(home).close()
    (home.keys / "master.key").write_text("cd" * 32)
    with pytest.raises(MasterKeyError, match="n'est pas celle de ce coffre"):
        open_vault(home)
