"""The partners' own numbers: keyed hashes for the ledger, the originals sealed per batch in the vault."""

from io import BytesIO

import polars as pl
from sqlalchemy import Connection

from bilan.identity.crypto import hash_column, seal, unseal
from bilan.identity.store import write
from bilan.identity.vault import Vault


def hash_numbers(vault: Vault, column: str, values: pl.Series) -> pl.Series:
    """The keyed hash of each number of a column; the same for all senders, so that logs can be joined."""
    return hash_column(vault.keys.numbers, f"number|{column}|", values)


def write_numbers(vault: Vault, connection: Connection, batch: str, originals: pl.DataFrame) -> None:
    """Keep the originals (hash, number) of the numbers that a batch's events hold."""
    if originals.is_empty():
        return
    clear = BytesIO()
    originals.with_columns(pl.col("hash").str.decode("hex")).write_ipc(clear, compression="zstd")
    sealed = seal(vault.keys.blobs, clear.getvalue(), f"numbers|{batch}")
    write(
        connection,
        "insert into numbers values (:batch, :sealed)"
        " on conflict (batch) do update set sealed = excluded.sealed",
        {"batch": batch, "sealed": sealed},
    )


def read_numbers(vault: Vault, batch: str) -> dict[str, str]:
    """The originals of a batch's numbers: hash -> number."""
    rows = vault.rows("select sealed from numbers where batch = :batch", batch=batch)
    if not rows:
        return {}
    originals = pl.read_ipc(BytesIO(unseal(vault.keys.blobs, bytes(rows[0][0]), f"numbers|{batch}")))
    return dict(originals.with_columns(pl.col("hash").bin.encode("hex")).iter_rows())
