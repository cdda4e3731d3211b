"""The two things done with a key: sealing bytes, and hashing values so that only the key finds them again."""

import hmac
import os
from collections.abc import Iterable

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bilan.errors import PlainError

NONCE_BYTES = 12


class SealError(PlainError):
    """Sealed bytes that the key does not open: altered, moved, or sealed with another key."""


def seal(key: bytes, clear: bytes, context: str) -> bytes:
    """Encrypt with AES-256-GCM; `context` says what the bytes are, and must be said again to open them."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, clear, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What `seal` was given. Raises SealError."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise SealError(
            f"Contenu chiffré illisible ({context.split('|', maxsplit=1)[0]}) : altéré ou d'une autre clé."
        ) from None


def keyed_hash(key: bytes, value: str) -> str:
    """HMAC-SHA-256, in hexadecimal."""
    return hmac.digest(key, value.encode(), "sha256").hex()


def keyed_hashes(key: bytes, values: Iterable[str]) -> list[str]:
    """`keyed_hash` of each value."""
    digest = hmac.digest
    return [digest(key, value.encode(), "sha256").hex() for value in values]


def hash_column(key: bytes, prefix: str, column: pl.Series) -> pl.Series:
    """The keyed hash of `prefix` + value of every cell, null staying null; one HMAC per distinct value."""
    distinct = column.drop_nulls().unique()
    hashes = keyed_hashes(key, (prefix + value for value in distinct))
    mapped = pl.DataFrame({"value": distinct, "hash": pl.Series(hashes, dtype=pl.String)})
    cells = column.alias("value").to_frame()
    return cells.join(mapped, on="value", how="left", maintain_order="left")["hash"]
