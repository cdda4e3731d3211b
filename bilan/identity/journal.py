"""What was taken in: batches prepared and committed, statements, held files.

It lives in the vault so that names and the facts about them are written together or not at all.
Entries about batches are sealed with a key: whoever edits the ledger can't make the journal agree.
Statements and files are known by the SHA-256 of their bytes, never by their content.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from bilan.identity.crypto import keyed_hash
from bilan.identity.store import write
from bilan.identity.vault import Vault

TAKEN, REFUSED = "taken", "refused"
HELD, ACCEPTED = "held", "accepted"


@dataclass(frozen=True)
class StatementKey:
    """One file as one sender's statement of one log at one date."""

    sha256: str
    sender: str
    log: str
    statement_date: date

    @property
    def cells(self) -> dict[str, str]:
        """As the tables store it, by the names of parameters."""
        return {
            "sha256": self.sha256,
            "sender": self.sender,
            "log": self.log,
            "day": self.statement_date.isoformat(),
        }


@dataclass(frozen=True)
class BatchEntry:
    """One batch as the journal knows it; `version` is null until the ledger has committed it."""

    number: int
    id: str
    record: str  # JSON, the ledger's own
    files: str  # JSON, the data files with their SHA-256
    version: int | None = None
    commit_sha256: str | None = None
    genuine: bool = True  # false when the entry's seal does not match


@dataclass(frozen=True)
class UpkeepEntry:
    """One commit of the ledger that is no batch."""

    version: int
    entry: str  # JSON, the ledger's own
    genuine: bool = True


@dataclass(frozen=True)
class HeldFile:
    """A file that waits for the steward's word."""

    id: str
    key: StatementKey
    suffix: str
    reason: str
    rows: int
    state: str
    held_at: str


class Journal:
    """The journal's tables of an open vault. Methods that take a connection belong in its transaction."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    # batches

    def prepare(self, connection: Connection, entry: BatchEntry) -> None:
        """Note a batch whose data file is written and whose commit will follow."""
        cells = (entry.number, entry.id, entry.record, entry.files, None, None)
        write(
            connection,
            "insert into batches values (:number, :id, :record, :files, null, null, :seal)",
            {
                "number": entry.number,
                "id": entry.id,
                "record": entry.record,
                "files": entry.files,
                "seal": self._seal(*cells),
            },
        )

    def commit(self, entry: BatchEntry, version: int, commit_sha256: str) -> None:
        """Note that the ledger holds the batch, and the SHA-256 of its commit file."""
        seal = self._seal(entry.number, entry.id, entry.record, entry.files, version, commit_sha256)
        with self._vault.transaction() as connection:
            write(
                connection,
                "update batches set version = :version, commit_sha256 = :commit, seal = :seal"
                " where number = :number",
                {"version": version, "commit": commit_sha256, "seal": seal, "number": entry.number},
            )

    def batches(self) -> list[BatchEntry]:
        """Every batch, in order."""
        return [self._batch(row) for row in self._vault.rows("select * from batches order by number")]

    def last_batch(self) -> BatchEntry | None:
        """The newest batch, committed or prepared."""
        rows = self._vault.rows("select * from batches order by number desc limit 1")
        return self._batch(rows[0]) if rows else None

    def note_upkeep(self, version: int, entry: str) -> None:
        """Note a commit that is no batch."""
        with self._vault.transaction() as connection:
            write(
                connection,
                "insert into upkeep values (:version, :entry, :seal) on conflict do nothing",
                {"version": version, "entry": entry, "seal": self._seal(version, entry)},
            )

    def upkeep(self) -> list[UpkeepEntry]:
        """Every commit noted that is no batch, in order."""
        rows = self._vault.rows("select * from upkeep order by version")
        return [UpkeepEntry(row[0], row[1], genuine=row[2] == self._seal(row[0], row[1])) for row in rows]

    def _batch(self, row: tuple[Any, ...]) -> BatchEntry:
        number, batch_id, record, files, version, commit_sha256, seal = row
        genuine = seal == self._seal(number, batch_id, record, files, version, commit_sha256)
        return BatchEntry(number, batch_id, record, files, version, commit_sha256, genuine)

    def _seal(self, *cells: object) -> str:
        return keyed_hash(self._vault.keys.journal, "\x1f".join(map(str, cells)))

    # statements

    def take(self, connection: Connection, key: StatementKey, outcome: str, batch: str | None = None) -> None:
        """Note a statement as taken in, or as refused whole."""
        write(
            connection,
            "insert into statements values (:sha256, :sender, :log, :day, :outcome, :batch, :now)"
            " on conflict (sha256, sender, log, statement_date) do update"
            " set outcome = excluded.outcome, batch = excluded.batch, taken_at = excluded.taken_at",
            {**key.cells, "outcome": outcome, "batch": batch, "now": _now()},
        )

    def is_taken(self, key: StatementKey) -> bool:
        """Whether that very file was already taken in as that statement."""
        found = self._vault.rows(
            "select 1 from statements where sha256 = :sha256 and sender = :sender and log = :log"
            " and statement_date = :day and outcome = :outcome",
            **key.cells,
            outcome=TAKEN,
        )
        return bool(found)

    def last_date(self, sender: str, log: str) -> date | None:
        """The date of the newest statement taken in for that log and sender."""
        [(newest,)] = self._vault.rows(
            "select max(statement_date) from statements"
            " where sender = :sender and log = :log and outcome = :outcome",
            sender=sender,
            log=log,
            outcome=TAKEN,
        )
        return date.fromisoformat(str(newest)) if newest else None

    def statements(self) -> list[tuple[str, str, date, str]]:
        """Sender, log, date and outcome of every statement: what is known of them by anyone."""
        rows = self._vault.rows("select distinct sender, log, statement_date, outcome from statements")
        return [(sender, log, date.fromisoformat(day), outcome) for sender, log, day, outcome in rows]

    # held files

    def hold(self, key: StatementKey, suffix: str, reason: str, rows: int) -> HeldFile:
        """Note a file as waiting; the same file waiting already is not noted twice."""
        waiting = [held for held in self.held() if held.key == key]
        if waiting:
            return waiting[0]
        held = HeldFile(secrets.token_hex(4), key, suffix, reason, rows, HELD, _now())
        with self._vault.transaction() as connection:
            write(
                connection,
                "insert into held values"
                " (:id, :sha256, :sender, :log, :day, :suffix, :reason, :rows, :state, :held_at)",
                {
                    "id": held.id,
                    **key.cells,
                    "suffix": suffix,
                    "reason": reason,
                    "rows": rows,
                    "state": HELD,
                    "held_at": held.held_at,
                },
            )
        return held

    def held(self, state: str = HELD) -> list[HeldFile]:
        """The held files in that state, oldest first."""
        rows = self._vault.rows("select * from held where state = :state order by held_at, id", state=state)
        return [_held(row) for row in rows]

    def settle(self, connection: Connection, held_id: str, state: str) -> None:
        """Note the steward's word on a held file."""
        write(connection, "update held set state = :state where id = :id", {"state": state, "id": held_id})


def _held(row: tuple[Any, ...]) -> HeldFile:
    held_id, sha256, sender, log, day, suffix, reason, rows, state, held_at = map(str, row)
    key = StatementKey(sha256, sender, log, date.fromisoformat(day))
    return HeldFile(held_id, key, suffix, reason, int(rows), state, held_at)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
