"""The access log: who read whose name, why and when. Append-only, sealed, each entry chained to the last.

The vault also keeps, sealed, which entry is the last one: a log whose end was cut off is found out. Not
found out is a log put back as it was earlier together with that word, as from an old copy of the vault;
the vault's mark is for that.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bilan.account import current_account
from bilan.identity.crypto import SealError, keyed_hash, seal, unseal
from bilan.identity.store import write
from bilan.identity.vault import Vault

_GENESIS = ""
_HEAD = "access_head"  # of the vault's meta
UNREADABLE = "?"


@dataclass(frozen=True)
class Access:
    """Why names are read, in the words of whoever asks for them."""

    why: str
    who: str = ""  # the account that runs the command, unless said otherwise

    @property
    def reader(self) -> str:
        """Who reads."""
        return self.who or current_account()


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
    content = json.dumps(
        {"who": access.reader, "why": access.why, "tokens": list(tokens)}, ensure_ascii=False
    )
    with vault.transaction() as connection:
        last = vault.rows("select number, seal from access_log order by number desc limit 1")
        number, before = (last[0][0] + 1, last[0][1]) if last else (1, _GENESIS)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        sealed = seal(vault.keys.blobs, content.encode(), _context(number))
        chained = _chained(vault, number, now, sealed, before)
        write(
            connection,
            "insert into access_log values (:number, :read_at, :sealed, :seal)",
            {"number": number, "read_at": now, "sealed": sealed, "seal": chained},
        )
        write(
            connection,
            "insert into meta values (:name, :value) on conflict (name) do update set value = excluded.value",
            {"name": _HEAD, "value": _head(vault, number, chained)},
        )
    vault.note_generation()


def read_log(vault: Vault) -> list[Entry]:
    """Every reading, oldest first; what can't be read any more is given as `UNREADABLE`."""
    entries, before = [], _GENESIS
    rows = vault.rows("select number, read_at, sealed, seal from access_log order by number")
    for expected, (number, read_at, sealed, chained) in enumerate(rows, 1):
        genuine = number == expected and chained == _chained(vault, number, read_at, bytes(sealed), before)
        entries.append(_entry(vault, number, read_at, bytes(sealed), genuine=genuine))
        before = chained
    return entries


def head_of_log(vault: Vault) -> str | None:
    """A digest of the log as it stands, which reveals nothing of it; None where no name was ever read."""
    return dict(vault.rows("select name, value from meta where name = :name", name=_HEAD)).get(_HEAD)


def held_by_log(vault: Vault, head: str) -> bool:
    """Whether the log, as it stands, goes on from what that word was told of."""
    rows = vault.rows("select number, seal from access_log order by number")
    return any(_head(vault, number, chained) == head for number, chained in rows)


def breaks(vault: Vault) -> list[str]:
    """Where the log is no longer as it was written, in French; empty when it is whole."""
    entries = read_log(vault)
    found = [
        f"Le registre d'accès est rompu à l'entrée {entry.number} : elle a été altérée, ou une autre a été "
        "retirée avant elle."
        for entry in entries
        if not entry.genuine
    ]
    kept = head_of_log(vault)
    last = vault.rows("select number, seal from access_log order by number desc limit 1")
    if kept != (_head(vault, *last[0]) if last else None):
        found.append(f"La fin du registre d'accès manque : il s'arrête à l'entrée {len(entries)}.")
    return found


def _entry(vault: Vault, number: int, read_at: str, sealed: bytes, *, genuine: bool) -> Entry:
    try:
        content = json.loads(unseal(vault.keys.blobs, sealed, _context(number)))
    except SealError:
        return Entry(number, read_at, UNREADABLE, UNREADABLE, (), genuine=False)
    return Entry(number, read_at, content["who"], content["why"], tuple(content["tokens"]), genuine)


def _head(vault: Vault, number: int, chained: str) -> str:
    return keyed_hash(vault.keys.journal, f"access head|{number}|{chained}")


def _chained(vault: Vault, number: int, read_at: str, sealed: bytes, before: str) -> str:
    return keyed_hash(vault.keys.journal, f"access|{number}|{read_at}|{sealed.hex()}|{before}")


def _context(number: int) -> str:
    return f"access|{number}"
