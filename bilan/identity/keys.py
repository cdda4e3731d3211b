"""The master key, and the keys that it opens, one per use.

The master key lives outside the vault (`$BILAN_HOME/keys/master.key`, or the environment), so that
a copy of the vault alone opens nothing.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bilan.durable import replace, sync
from bilan.errors import PlainError
from bilan.identity.crypto import keyed_hash
from bilan.keyfiles import KEY_BYTES, as_hex, from_hex

VARIABLE = "BILAN_MASTER_KEY"
FILE_NAME, NEXT_NAME = "master.key", "master.key.next"


class MasterKeyError(PlainError):
    """The master key is missing, malformed, or not the one that the vault was made with."""


@dataclass(frozen=True)
class Ring:
    """The vault's own keys of 32 bytes, made at random with it and kept in it, sealed by the master key.

    What the ledger's hashes rest on must outlive the master key, which can be changed.
    """

    lookup: bytes  # finds a person's token again
    natural: bytes  # hides what identifies a row
    numbers: bytes  # hides the partners' numbers of files and events
    blobs: bytes  # encrypts landed files and the originals of numbers
    journal: bytes  # seals the journal's entries

    @classmethod
    def random(cls) -> "Ring":
        """New keys."""
        return cls(**{name: secrets.token_bytes(KEY_BYTES) for name in cls.__dataclass_fields__})

    def named(self) -> Iterator[tuple[str, bytes]]:
        """Each key with its name."""
        return ((name, getattr(self, name)) for name in self.__dataclass_fields__)


@dataclass(frozen=True)
class Keys(Ring):
    """Keys for one use each, so that what one of them shows says nothing of another."""

    wrap: bytes  # encrypts the data key of each token, and the ring

    @classmethod
    def of(cls, master: bytes, ring: Ring) -> "Keys":
        """The keys of a vault that was made with that ring."""
        return cls(**dict(ring.named()), wrap=wrap_key(master))

    @property
    def ring(self) -> Ring:
        """The keys that outlive the master key."""
        return Ring(**{name: getattr(self, name) for name in Ring.__dataclass_fields__})


def wrap_key(master: bytes) -> bytes:
    """The key that wraps every other, of a master key of 32 bytes."""
    return _derive(master, "wrap")


def check_mark(master: bytes) -> str:
    """What a vault keeps to recognise its master key."""
    return keyed_hash(_derive(master, "check"), "bilan")


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
        return _read(file)
    if not may_create:
        raise MasterKeyError(f"La clé maîtresse manque ({file}), et sans elle le coffre ne s'ouvre pas.")
    return write_key(file, secrets.token_bytes(KEY_BYTES))


def settle_rotation(folder: Path, mark: str) -> None:
    """Finish a change of master key that was cut short: the vault tells which of the two keys is its own.

    A key that was never used goes; where neither is this vault's, nothing is touched: it may be that of
    another vault, which would be lost with it.
    """
    for half in folder.glob(f".{FILE_NAME}.*"):
        half.unlink()
    waiting, current = folder / NEXT_NAME, folder / FILE_NAME
    if not waiting.is_file():
        return
    if check_mark(_read(waiting)) == mark:
        waiting.replace(current)
        sync(folder)
    elif current.is_file() and check_mark(_read(current)) == mark:
        waiting.unlink()


def _read(file: Path) -> bytes:
    return _parse(file.read_text("ascii", errors="replace"), str(file))


def _parse(text: str, place: str) -> bytes:
    key = from_hex(text)
    if key is None:
        raise MasterKeyError(
            f"La clé maîtresse de {place} doit compter {KEY_BYTES * 2} chiffres hexadécimaux."
        )
    return key


def write_key(file: Path, key: bytes) -> bytes:
    """Write a key whole or not at all, on the disk before it is used: a vault is lost with its key."""
    replace(file, as_hex(key))
    return key
