"""The master key and the keys derived from it, one per use.

The master key lives outside the vault (`$BILAN_HOME/keys/master.key`, or the environment), so that
a copy of the vault alone opens nothing.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bilan.errors import PlainError

KEY_BYTES = 32
VARIABLE = "BILAN_MASTER_KEY"
FILE_NAME = "master.key"


class MasterKeyError(PlainError):
    """The master key is missing, malformed, or not the one that the vault was made with."""


@dataclass(frozen=True)
class Keys:
    """Keys of 32 bytes, each for one use, so that what one of them shows says nothing of another."""

    lookup: bytes  # finds a person's token again
    natural: bytes  # hides what identifies a row
    numbers: bytes  # hides the partners' numbers of files and events
    wrap: bytes  # encrypts the data key of each token
    blobs: bytes  # encrypts landed files and the originals of numbers
    journal: bytes  # seals the journal's entries
    check: bytes  # recognises the key

    @classmethod
    def derive(cls, master: bytes) -> "Keys":
        """The keys of a master key of 32 bytes."""
        return cls(**{name: _derive(master, name) for name in cls.__dataclass_fields__})


def _derive(master: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"bilan/{use}/1".encode()).derive(master)


def load_master(folder: Path, *, may_create: bool, environment: Mapping[str, str] = os.environ) -> bytes:
    """The master key that the environment or the key file holds; a new one where `may_create`.

    A key is made only for a vault that does not exist yet: a lost key is never replaced in silence.
    Raises MasterKeyError.
    """
    given = environment.get(VARIABLE)
    if given:
        return _parse(given, VARIABLE)
    file = folder / FILE_NAME
    if file.is_file():
        return _parse(file.read_text("ascii", errors="replace"), str(file))
    if not may_create:
        raise MasterKeyError(f"La clé maîtresse manque ({file}), et sans elle le coffre ne s'ouvre pas.")
    return _create(file)


def _parse(text: str, place: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise MasterKeyError(
            f"La clé maîtresse de {place} doit compter {KEY_BYTES * 2} chiffres hexadécimaux."
        )
    return key


def _create(file: Path) -> bytes:
    """Write a new key whole or not at all: a run killed here leaves no half of a key behind."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(KEY_BYTES)
    temporary = file.with_name(f".{FILE_NAME}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(key.hex() + "\n")
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)
    return key
