from datetime import date

import pytest

from bilan.identity.journal import ACCEPTED, REFUSED, TAKEN, BatchEntry, Journal, StatementKey
from bilan.identity.vault import Vault

KEY = StatementKey("ab" * 32, "SPAL", "arrestations", date(2010, 3, 31))
ENTRY = BatchEntry(1, "b-1", "{}", "[]")


@pytest.fixture
def journal(vault: Vault) -> Journal:
    return Journal(vault)


def prepare(vault: Vault, journal: Journal) -> None:
    with vault.transaction() as connection:
        journal.prepare(connection, ENTRY)


@pytest.mark.integration
def test_a_batch_is_prepared_then_committed(vault: Vault, journal: Journal) -> None:
    assert journal.last_batch() is None
    prepare(vault, journal)
    assert journal.last_batch() == ENTRY
    journal.commit(ENTRY, 7, "cd" * 32)
    assert journal.batches() == [BatchEntry(1, "b-1", "{}", "[]", 7, "cd" * 32)]


@pytest.mark.parametrize(
    "change", ["record = '{ }'", "version = 8", "commit_sha256 = 'x'", "seal = 'x'", "id = 'b-2'"]
)
def test_an_entry_edited_without_the_key_is_not_genuine(vault: Vault, journal: Journal, change: str) -> None:
    prepare(vault, journal)
    journal.commit(ENTRY, 7, "cd" * 32)
    vault.store.connection.exec_driver_sql(f"update batches set {change}")
    assert [entry.genuine for entry in journal.batches()] == [False]


def test_upkeep_is_sealed_too(vault: Vault, journal: Journal) -> None:
    journal.note_upkeep(0, "{}")
    assert [entry.genuine for entry in journal.upkeep()] == [True]
    vault.store.connection.exec_driver_sql("update upkeep set entry = '[]'")
    assert [entry.genuine for entry in journal.upkeep()] == [False]


def test_only_a_statement_that_was_taken_counts(vault: Vault, journal: Journal) -> None:
    with vault.transaction() as connection:
        journal.take(connection, KEY, REFUSED)
    assert not journal.is_taken(KEY)
    assert journal.last_date("SPAL", "arrestations") is None
    with vault.transaction() as connection:
        journal.take(connection, KEY, TAKEN, "b-1")
    assert journal.is_taken(KEY)
    assert journal.last_date("SPAL", "arrestations") == KEY.statement_date
    assert journal.last_date("CJM", "arrestations") is None


def test_a_file_waits_once_until_it_is_settled(vault: Vault, journal: Journal) -> None:
    held = journal.hold(KEY, ".csv", "empty", 0)
    assert journal.hold(KEY, ".csv", "empty", 0) == held
    assert journal.held() == [held]
    with vault.transaction() as connection:
        journal.settle(connection, held.id, ACCEPTED)
    assert journal.held() == []
    assert [file.id for file in journal.held(ACCEPTED)] == [held.id]
    assert journal.hold(KEY, ".csv", "empty", 0).id != held.id
