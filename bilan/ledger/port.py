"""What the rest of Bilan asks of a ledger; `tests/unit/ledger/test_ledger_contract.py` says it in full."""

from dataclasses import dataclass
from typing import Protocol

import polars as pl

from bilan.errors import PlainError
from bilan.ledger.chain import BatchRecord, DataFile


class LedgerError(PlainError):
    """The ledger is not what the vault's journal says it is."""


@dataclass(frozen=True)
class Commit:
    """One commit of the ledger: its version, and the SHA-256 of the file that makes it."""

    version: int
    sha256: str


class Ledger(Protocol):
    """An append-only sequence of batches of events.

    Writing goes in two steps so that the journal can stand between them: what is staged can't be
    seen; what is committed can't be undone.
    """

    def version(self) -> int:
        """The number of the newest commit; -1 before the ledger is created."""

    def create(self) -> Commit:
        """Make the empty ledger, or find the commit that made it."""

    def events(self, *, source: str | None = None, log: str | None = None) -> pl.DataFrame:
        """The events committed (`events.SCHEMA`) by sequence, those of one source and log if asked."""

    def stage(self, events: pl.DataFrame, record: BatchRecord) -> tuple[DataFile, ...]:
        """Write a batch's events where a commit will find them."""

    def commit(self, record: BatchRecord, files: tuple[DataFile, ...]) -> Commit:
        """Make a staged batch part of the ledger, all of it at once."""

    def last(self) -> tuple[BatchRecord, Commit] | None:
        """The newest batch and its commit. Raises LedgerError when the commit can't be read."""

    def forget_staged(self, number: int) -> None:
        """Drop what was staged for the batch of that number and never committed, nor ever will be."""

    def append(self, events: pl.DataFrame, record: BatchRecord) -> int:
        """Stage and commit; returns the new version."""


def only(source: str | None, log: str | None) -> pl.Expr:
    """The condition that `Ledger.events` puts on events."""
    wanted = [pl.col(c) == v for c, v in (("source", source), ("log", log)) if v is not None]
    return pl.all_horizontal(pl.lit(True), *wanted)
