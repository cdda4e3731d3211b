import stat
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.identity.crypto import SealError, seal, unseal
from bilan.identity.vault import Vault, VaultError, open_vault


def test_a_transaction_keeps_all_or_nothing(vault: Vault) -> None:
    with pytest.raises(RuntimeError), vault.transaction() as connection:
        connection.exec_driver_sql("insert into meta values ('a', 'b')")
        raise RuntimeError
    assert vault.rows("select count(*) from meta where name = 'a'") == [(0,)]


def test_the_file_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    open_vault(home).close()
    assert stat.S_IMODE((home.vault / "vault.db").stat().st_mode) == 0o600


def test_a_vault_of_another_version_is_not_opened(tmp_path: Path) -> None:
    home = Home(tmp_path).create()
    vault = open_vault(home)
    vault.store.connection.exec_driver_sql("update meta set value = '0' where name = 'schema'")
    vault.close()
    with pytest.raises(VaultError, match="autre version"):
        open_vault(home)


@pytest.mark.parametrize(("key", "context"), [(bytes(32), "b"), (b"\1" * 32, "a")])
def test_sealed_bytes_open_with_their_key_and_context_alone(key: bytes, context: str) -> None:
    sealed = seal(bytes(32), b"clear", "a")
    assert unseal(bytes(32), sealed, "a") == b"clear"
    with pytest.raises(SealError):
        unseal(key, sealed, context)
