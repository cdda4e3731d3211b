"""A batch is all or nothing over two stores: the vault, with its journal, and the ledger.

The data file is staged; one transaction of the vault then writes the persons and notes the batch as
*prepared*; the ledger commits; the journal notes it *committed*. A run killed between any two of
these is carried on by `resume`, which the next run calls first.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

import polars as pl
from sqlalchemy import Connection

from bilan.identity.journal import BatchEntry, Journal
from bilan.identity.vault import Vault
from bilan.ledger.chain import GENESIS, BatchRecord, StatementFile, files_from_json, files_to_json
from bilan.ledger.events import chain_rows, number_events, random_ids
from bilan.ledger.port import Commit, Ledger, LedgerError

Write = Callable[[Connection, str], None]


class Batches:
    """Appends batches to a ledger, with the vault as witness."""

    def __init__(self, vault: Vault, ledger: Ledger) -> None:
        self.journal = Journal(vault)
        self._vault = vault
        self._ledger = ledger

    def resume(self) -> None:
        """Finish what a killed run left, and see that both stores still speak of the same ledger.

        Raises LedgerError when they do not: something was lost or altered, and `bilan verify` says what.
        """
        entry = self.journal.last_batch()
        self._note_creation(entry)
        held = self._ledger.last()
        known = held is not None and entry is not None and held[0].id == entry.id
        if entry is None or held is None or not known:
            self._roll_forward(entry, held[0] if held else None)
        elif entry.version is None:
            self.journal.commit(entry, held[1].version, held[1].sha256)
        elif (entry.version, entry.commit_sha256) != (held[1].version, held[1].sha256):
            raise _disagreement(f"le commit du lot {entry.number} a changé")
        self._ledger.forget_staged(entry.number + 1 if entry else 1)

    def append(self, drafts: pl.DataFrame, files: tuple[StatementFile, ...], write: Write) -> pl.DataFrame:
        """Append drafts as one batch; returns the events. `files`: the statements that they come from.

        `write` is called in the journal's transaction, with its connection and the batch's id: what it
        changes in the vault is kept if and only if the events are.
        """
        events, record = self._next(drafts, files)
        data = self._ledger.stage(events, record)
        entry = BatchEntry(record.number, record.id, record.to_json(), files_to_json(data))
        with self._vault.transaction() as connection:
            write(connection, record.id)
            self.journal.prepare(connection, entry)
        commit = self._ledger.commit(record, data)
        self.journal.commit(entry, commit.version, commit.sha256)
        return events

    def _next(
        self, drafts: pl.DataFrame, files: tuple[StatementFile, ...]
    ) -> tuple[pl.DataFrame, BatchRecord]:
        entry = self.journal.last_batch()
        before = BatchRecord.from_json(entry.record) if entry else None
        first_sequence = before.last_sequence + 1 if before else 1
        batch, now = random_ids(1)[0], datetime.now(UTC)
        events = number_events(drafts, batch=batch, first_sequence=first_sequence, recordedtime=now)
        record = BatchRecord(
            number=before.number + 1 if before else 1,
            id=batch,
            previous=before.hash if before else GENESIS,
            recordedtime=now.isoformat(),
            first_sequence=first_sequence,
            events=events.height,
            rows_hash=chain_rows(events["row_hash"]),
            files=files,
        )
        return events, record

    def _note_creation(self, entry: BatchEntry | None) -> None:
        """Make the ledger on first use; its first commit is journalled like the others."""
        if self.journal.upkeep():
            if self._ledger.version() < 0:
                raise _disagreement("le grand livre n'est plus là")
            return
        if entry is not None or self._ledger.version() > 0:
            raise _disagreement("le journal ne connaît pas ce grand livre")
        commit = self._ledger.create()
        self.journal.note_upkeep(0, creation_entry(commit))

    def _roll_forward(self, entry: BatchEntry | None, newest: BatchRecord | None) -> None:
        """Commit the prepared batch that the ledger lacks, if that is all it lacks."""
        if entry is None:
            if newest is not None:
                raise _disagreement(f"le lot {newest.number} n'est pas au journal")
            return
        record = BatchRecord.from_json(entry.record)
        if entry.version is not None or record.previous != (newest.hash if newest else GENESIS):
            raise _disagreement(f"le lot {entry.number} n'est plus le dernier du grand livre")
        commit = self._ledger.commit(record, files_from_json(entry.files))
        self.journal.commit(entry, commit.version, commit.sha256)


def creation_entry(commit: Commit) -> str:
    """What the journal notes of the ledger's creation."""
    return json.dumps({"operation": "CREATE TABLE", **asdict(commit)})


def _disagreement(what: str) -> LedgerError:
    return LedgerError(
        f"Le grand livre et le journal du coffre ne s'accordent pas : {what}. Voir « bilan verify »."
    )
