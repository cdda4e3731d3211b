"""A ledger in memory, for tests of what is built on the port."""

import hashlib

import polars as pl

from bilan.ledger.chain import BatchRecord, DataFile
from bilan.ledger.events import SCHEMA, empty_events
from bilan.ledger.port import Commit, LedgerError, only


class MemoryLedger:
    """`Ledger`, kept in lists; version 0 is its creation."""

    def __init__(self) -> None:
        self._created = False
        self._staged: dict[str, pl.DataFrame] = {}
        self._batches: list[tuple[BatchRecord, pl.DataFrame]] = []

    def version(self) -> int:
        """See `Ledger`."""
        return len(self._batches) if self._created else -1

    def create(self) -> Commit:
        """See `Ledger`."""
        self._created = True
        return _commit(0, "")

    def events(self, *, source: str | None = None, log: str | None = None) -> pl.DataFrame:
        """See `Ledger`."""
        events = pl.concat([empty_events(), *(events for _, events in self._batches)])
        wanted = only(source, log)
        return events.filter(wanted)

    def stage(self, events: pl.DataFrame, record: BatchRecord) -> tuple[DataFile, ...]:
        """See `Ledger`."""
        self._staged[record.id] = events.select(*SCHEMA).cast(pl.Schema(SCHEMA))
        digest = hashlib.sha256("".join(events["row_hash"]).encode()).hexdigest()
        return (DataFile(record.id, digest, int(events.estimated_size()), events.height),)

    def commit(self, record: BatchRecord, files: tuple[DataFile, ...]) -> Commit:
        """See `Ledger`."""
        if any(file.path not in self._staged for file in files):
            raise LedgerError(f"Lot {record.number} : ses données manquent.")
        self.create()
        self._batches.append((record, self._staged.pop(record.id)))
        return _commit(self.version(), record.to_json())

    def last(self) -> tuple[BatchRecord, Commit] | None:
        """See `Ledger`."""
        if not self._batches:
            return None
        record = self._batches[-1][0]
        return record, _commit(self.version(), record.to_json())

    def forget_staged(self, number: int) -> None:
        """See `Ledger`."""
        self._staged.clear()

    def append(self, events: pl.DataFrame, record: BatchRecord) -> int:
        """See `Ledger`."""
        return self.commit(record, self.stage(events, record)).version


def _commit(version: int, text: str) -> Commit:
    return Commit(version, hashlib.sha256(text.encode()).hexdigest())
