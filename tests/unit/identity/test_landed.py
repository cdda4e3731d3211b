from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from bilan.identity.landed import forget_landed, keep_landed, read_landed
from bilan.identity.numbers import hash_numbers, read_numbers, write_numbers
from bilan.identity.vault import Vault

SHA = "ab" * 32


def test_a_landed_file_is_sealed_and_can_be_read_back(vault: Vault) -> None:
    keep_landed(vault, SHA, b"Tremblay")
    keep_landed(vault, SHA, b"Tremblay")
    assert read_landed(vault, SHA) == b"Tremblay"
    stored = b"".join(file.read_bytes() for file in vault.folder.rglob("*") if file.is_file())
    assert b"Tremblay" not in stored


@pytest.mark.parametrize(("days", "keep", "left"), [(29, False, True), (31, False, False), (31, True, True)])
def test_it_is_forgotten_after_thirty_days_unless_it_waits(
    vault: Vault, days: int, keep: bool, left: bool
) -> None:
    keep_landed(vault, SHA, b"Tremblay")
    now = datetime.now(UTC) + timedelta(days=days)
    forget_landed(vault, now, frozenset({SHA}) if keep else frozenset())
    if left:
        assert read_landed(vault, SHA)
    else:
        with pytest.raises(FileNotFoundError):
            read_landed(vault, SHA)


def test_what_a_killed_run_left_half_written_goes(vault: Vault) -> None:
    keep_landed(vault, SHA, b"Tremblay")
    half = vault.folder / "landed" / ".half"
    half.write_bytes(b"")
    forget_landed(vault, datetime.now(UTC))
    assert not half.exists()


def test_numbers_can_be_read_back_by_batch(vault: Vault) -> None:
    with vault.transaction() as connection:
        write_numbers(vault, connection, "b-1", pl.DataFrame({"hash": ["ab"], "number": ["2010-123"]}))
        write_numbers(vault, connection, "b-2", pl.DataFrame({"hash": [], "number": []}))
    assert read_numbers(vault, "b-1") == {"ab": "2010-123"}
    assert read_numbers(vault, "b-2") == {}


def test_a_number_hashes_alike_for_everyone_but_not_across_columns(vault: Vault) -> None:
    numbers = pl.Series(["1", None, "1"])
    hashed = hash_numbers(vault, "no_cour", numbers)
    assert hashed[0] == hashed[2]
    assert hashed[1] is None
    assert hash_numbers(vault, "no_evenement", numbers)[0] != hashed[0]
