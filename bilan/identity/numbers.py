"""The partners' own numbers: keyed hashes for the ledger, the originals sealed per batch in the vault."""

import json
import sqlite3
import zlib

import polars as pl

from bilan.identity.crypto import hash_column, seal, unseal
from bilan.identity.vault import Vault


def hash_numbers(vault: Vault, column: str, values: pl.Series) -> pl.Series:
    """The keyed hash of each number of a column; the same for all senders, so that logs can be joined."""
    return hash_column(vault.keys.numbers, f"number|{column}|", values)


def write_numbers(
    vault: Vault, connection: sqlite3.Connection, batch: str, originals: dict[str, str]
) -> None:
    """Keep the originals (hash -> number) of the numbers that a batch's events hold."""
    if originals:
        clear = zlib.compress(json.dumps(originals, ensure_ascii=False).encode(), 1)
        sealed = seal(vault.keys.blobs, clear, f"numbers|{batch}")
        connection.execute("insert into numbers values (?, ?)", (batch, sealed))


def read_numbers(vault: Vault, batch: str) -> dict[str, str]:
    """The originals of a batch's numbers: hash -> number."""
    row = vault.connection.execute("select sealed from numbers where batch = ?", (batch,)).fetchone()
    if row is None:
        return {}
    originals: dict[str, str] = json.loads(
        zlib.decompress(unseal(vault.keys.blobs, row[0], f"numbers|{batch}"))
    )
    return originals
