"""The access log: who read whose name, why and when. Append-only, sealed, each entry chained to the last."""

import getpass
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bilan.identity.crypto import keyed_hash, seal, unseal
from bilan.identity.store import write
from bilan.identity.vault import Vault

_GENESIS = ""


@dataclass(frozen=True)
class Access:
    """Why names are read, in the words of whoever asks for them."""

    why: str
    who: str = ""  # the account that runs the command, unless said otherwise

    @property
    def reader(self) -> str:
        """Who reads."""
        return self.who or getpass.getuser()


@dataclass(frozen=True)
class Entry:
    """One reading; `genuine` is false where it was altered, or where an entry before it is missing."""

    number: int
    read_at: str
    who: str
    why: str
    tokens: tuple[str, ...]
    genuine: bool


def record_access(vault: Vault, access: Access, tokens: Sequence[str]) -> None:
    """Append a reading; what follows may show those names."""
    told = json.dumps({"who": access.reader, "why": access.why, "tokens": list(tokens)}, ensure_ascii=False)
    with vault.transaction() as connection:
        last = vault.rows("select number, seal from access_log order by number desc limit 1")
        number, before = (last[0][0] + 1, last[0][1]) if last else (1, _GENESIS)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        sealed = seal(vault.keys.blobs, told.encode(), _context(number))
        write(
            connection,
            "insert into access_log values (:number, :read_at, :sealed, :seal)",
            {
                "number": number,
                "read_at": now,
                "sealed": sealed,
                "seal": _chained(vault, number, now, sealed, before),
            },
        )
    vault.note_generation()


def read_log(vault: Vault) -> list[Entry]:
    """Every reading, oldest first."""
    entries, before = [], _GENESIS
    rows = vault.rows("select number, read_at, sealed, seal from access_log order by number")
    for expected, (number, read_at, sealed, chained) in enumerate(rows, 1):
        genuine = number == expected and chained == _chained(vault, number, read_at, bytes(sealed), before)
        told = json.loads(unseal(vault.keys.blobs, bytes(sealed), _context(number)))
        entries.append(Entry(number, read_at, told["who"], told["why"], tuple(told["tokens"]), genuine))
        before = chained
    return entries


def _chained(vault: Vault, number: int, read_at: str, sealed: bytes, before: str) -> str:
    return keyed_hash(vault.keys.journal, f"access|{number}|{read_at}|{sealed.hex()}|{before}")


def _context(number: int) -> str:
    return f"access|{number}"
