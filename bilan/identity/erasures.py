"""What the vault destroys of a person, what it keeps in her place, and how a cut erasure is finished.

Kept are tombstones: the keyed hashes of the rows that spoke of her, so that a sender who restates them
neither brings her back nor withdraws her past, and that of her name where she withdrew her consent. An
erasure is noted in the transaction that destroys her rows; her senders' files, and the bytes that the
database's own files still hold, go right after.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import Connection, text

from bilan.identity.crypto import seal, unseal
from bilan.identity.landed import drop_landed
from bilan.identity.schema import TABLES
from bilan.identity.store import write
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import stones_of, withdrawn

# files remain to destroy; the vault holds nothing more of her; every place is told in a receipt
OPEN, DESTROYED, DONE = "open", "destroyed", "done"
_HER_ROWS = {  # table -> the columns that hold a token
    "subjects": ("token",),
    "lookups": ("token",),
    "ties": ("named", "referred"),
    "withdrawals": ("token",),
    "reviews": ("token", "other"),
}


@dataclass(frozen=True)
class Erasure:
    """One erasure, of one person or of several at once."""

    id: str
    at: str  # UTC, ISO 8601
    ground: str
    tokens: tuple[str, ...]
    who: str
    why: str
    linked: tuple[str, ...] = ()  # the same person's tokens elsewhere, left alone
    landed: tuple[str, ...] = ()  # SHA-256 of the files that name her
    aliases: tuple[str, ...] = ()  # keyed hashes by which a request for her is known again
    batch: str = ""  # the ledger's batch that says so
    places: list[dict[str, Any]] = field(
        default_factory=list
    )  # what was searched before, as a receipt says it
    state: str = OPEN


def tombstones(vault: Vault, sender: str, log: str) -> pl.Series:
    """The natural keys of a sender's log that speak of erased persons."""
    rows = vault.rows(
        "select natural_key from tombstones where sender = :sender and log = :log", sender=sender, log=log
    )
    return pl.Series("natural_key", [key for (key,) in rows], dtype=pl.String)


def write_tombstones(connection: Connection, stones: Iterable[tuple[str, str, str, str]]) -> None:
    """Keep natural keys: (natural_key, sender, log, day); the earliest day stands."""
    write(
        connection,
        "insert into tombstones values (:key, :sender, :log, :day) on conflict (natural_key) do update"
        " set erased_on = case when excluded.erased_on < tombstones.erased_on"
        " then excluded.erased_on else tombstones.erased_on end",
        ({"key": key, "sender": sender, "log": log, "day": day} for key, sender, log, day in stones),
    )


def destroy_rows(vault: Vault, connection: Connection, tokens: Sequence[str]) -> None:
    """Delete every row of the vault that identifies the tokens: keys, cells, hashes, ties.

    That a consent was withdrawn is not forgotten with the rest.
    """
    write_tombstones(connection, stones_of(vault, withdrawn(vault, tokens)))
    listed = f"(select wanted.value from {vault.store.listed('tokens')})"  # noqa: S608 - our own words
    for table in _HER_ROWS.keys() & TABLES.keys():
        condition = " or ".join(f"{column} in {listed}" for column in _HER_ROWS[table])
        connection.execute(
            text(f"delete from {table} where {condition}"),  # noqa: S608 - our own words
            {"tokens": json.dumps(list(tokens))},
        )


def count_rows(vault: Vault, tokens: Sequence[str]) -> int:
    """How many rows of the vault still identify the tokens."""
    listed = f"(select wanted.value from {vault.store.listed('tokens')})"  # noqa: S608 - our own words
    found = 0
    for table in _HER_ROWS.keys() & TABLES.keys():
        condition = " or ".join(f"{column} in {listed}" for column in _HER_ROWS[table])
        counted = vault.rows(
            f"select count(*) from {table} where {condition}",  # noqa: S608 - our own words
            tokens=json.dumps(list(tokens)),
        )
        found += int(counted[0][0])
    return found


def note_erasure(vault: Vault, connection: Connection, erasure: Erasure) -> None:
    """Note an erasure, or how far it has come."""
    content = asdict(erasure)
    for name in ("id", "at", "state"):
        del content[name]
    write(
        connection,
        "insert into erasures values (:id, :at, :state, :sealed)"
        " on conflict (id) do update set state = excluded.state, sealed = excluded.sealed",
        {
            "id": erasure.id,
            "at": erasure.at,
            "state": erasure.state,
            "sealed": seal(vault.keys.blobs, json.dumps(content).encode(), _context(erasure.id)),
        },
    )


def erasures(vault: Vault) -> list[Erasure]:
    """Every erasure, oldest first."""
    return [
        _read(vault, row) for row in vault.rows("select id, at, state, sealed from erasures order by at, id")
    ]


def settle_erasures(vault: Vault) -> None:
    """Destroy what an erasure that was cut short left: files that name her, bytes of deleted rows."""
    rows = vault.rows("select id, at, state, sealed from erasures where state = :state", state=OPEN)
    if not rows:
        return
    waiting = [_read(vault, row) for row in rows]
    for erasure in waiting:
        drop_landed(vault, erasure.landed)
    vault.store.scrub()
    with vault.transaction() as connection:
        write(
            connection,
            "update erasures set state = :state where id = :id",
            ({"state": DESTROYED, "id": erasure.id} for erasure in waiting),
        )


def _read(vault: Vault, row: tuple[Any, ...]) -> Erasure:
    erasure_id, at, state, sealed = row
    content = json.loads(unseal(vault.keys.blobs, bytes(sealed), _context(erasure_id)))
    content |= {name: tuple(content[name]) for name in ("tokens", "linked", "landed", "aliases")}
    return Erasure(id=erasure_id, at=at, state=state, **content)


def _context(erasure_id: str) -> str:
    return f"erasure|{erasure_id}"
