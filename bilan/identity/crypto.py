"""The two things done with a key: sealing bytes, and hashing values so that only the key finds them again.

Values are hashed with keyed BLAKE2b, which is a pseudo-random function of its own: it needs no HMAC
around it, and takes a third of the time.
"""

import hashlib
import os

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bilan.errors import PlainError

NONCE_BYTES = 12
HASH_BYTES = 32


class SealError(PlainError):
    """Sealed bytes that the key does not open: altered, moved, or sealed with another key."""


def seal(key: bytes, clear: bytes, context: str) -> bytes:
    """Encrypt with AES-256-GCM; `context` says what the bytes are, and must be said again to open them."""
    return seal_with(AESGCM(key), clear, context)


def seal_with(cipher: AESGCM, clear: bytes, context: str) -> bytes:
    """`seal`, with a cipher made once for many."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, clear, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What `seal` was given. Raises SealError."""
    return unseal_with(AESGCM(key), sealed, context)


def unseal_with(cipher: AESGCM, sealed: bytes, context: str) -> bytes:
    """`unseal`, with a cipher made once for many."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):  # ValueError: too short to be anything sealed
        raise SealError(
            f"Contenu chiffré illisible ({context.split('|', maxsplit=1)[0]}) : altéré ou d'une autre clé."
        ) from None


def keyed_hash(key: bytes, value: str) -> str:
    """The keyed hash of a value: 256 bits, in hexadecimal."""
    return hashlib.blake2b(value.encode(), digest_size=HASH_BYTES, key=key).hexdigest()


def keyed_hashes(key: bytes, values: pl.Series) -> pl.Series:
    """`keyed_hash` of each value of a column of text without nulls."""
    blake2b = hashlib.blake2b
    texts = values.cast(pl.Binary)
    hashes = [blake2b(text, digest_size=HASH_BYTES, key=key).hexdigest() for text in texts]
    return pl.Series(values.name, hashes, dtype=pl.String)


def hash_column(key: bytes, prefix: str, column: pl.Series) -> pl.Series:
    """The keyed hash of `prefix` + value of every cell, null staying null; one hash per distinct value."""
    distinct = column.drop_nulls().unique().alias("value")
    hashes = keyed_hashes(key, prefix + distinct).alias("hash")
    cells = column.alias("value").to_frame()
    return cells.join(pl.DataFrame([distinct, hashes]), on="value", how="left", maintain_order="left")["hash"]
