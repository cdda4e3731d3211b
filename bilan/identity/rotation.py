"""A new master key: everything that the old one wraps is wrapped anew, and the old one opens nothing more.

The new key is on the disk before the vault is told of it, and replaces the old one after: whichever
moment a run is cut at, the vault's own check tells which of the two keys is its own. The ring does not
change, so neither does any hash of the ledger, nor what is sealed by it.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from bilan.home import Home
from bilan.identity.crypto import seal_with, unseal_with
from bilan.identity.keys import (
    NEXT_NAME,
    VARIABLE,
    MasterKeyError,
    check_mark,
    settle_rotation,
    wrap_key,
    write_key,
)
from bilan.identity.store import write
from bilan.identity.vault import Vault, open_vault, owe_scrub, write_ring
from bilan.keyfiles import KEY_BYTES

_CHUNK = 20_000
_Wrapped = dict[str, object]


def rotate_key(home: Home, out: Path | None = None) -> int:
    """Give the home's vault a new master key; returns how many data keys were wrapped anew.

    Call it under the home's lock. With the key in a file, that file is replaced; with the key in the
    environment, the new one is written to `out`, and whoever sets the environment sets it from there.
    Raises MasterKeyError.
    """
    given = bool(os.environ.get(VARIABLE))
    _check_place(out, given=given)
    vault = open_vault(home)
    try:
        key = write_key(out if out and given else home.keys / NEXT_NAME, secrets.token_bytes(KEY_BYTES))
        count = _wrap_anew(vault, key)
        if not given:
            settle_rotation(home.keys, check_mark(key))
        vault.finish_scrub()
    finally:
        vault.close()
    return count


def _check_place(out: Path | None, *, given: bool) -> None:
    if given and out is None:
        raise MasterKeyError(f"La clé vient de {VARIABLE} : dire par --out où écrire la nouvelle.")
    if not given and out is not None:
        raise MasterKeyError(
            f"--out ne sert que si la clé vient de {VARIABLE} ; ici son fichier est remplacé."
        )
    if out is not None and out.exists():
        raise MasterKeyError(
            "Le fichier de --out existe déjà : il peut tenir une clé, et n'est pas remplacé."
        )


def _wrap_anew(vault: Vault, key: bytes) -> int:
    """Every data key and the ring under the new key, in one transaction."""
    old, wrap = AESGCM(vault.keys.wrap), wrap_key(key)
    count = 0
    with vault.transaction() as connection:
        for rows in _subjects(vault):
            write(
                connection,
                "update subjects set data_key = :data_key where token = :token",
                _wrapped(rows, old, AESGCM(wrap)),
            )
            count += len(rows)
        write_ring(connection, wrap, vault.keys.ring)
        _write_check(connection, key)
        owe_scrub(connection)
    return count


def _subjects(vault: Vault) -> Iterator[list[tuple[str, str, bytes]]]:
    """token, sender, wrapped data key: by chunks, in the order of the table's tree."""
    after = ""
    while rows := vault.rows(
        "select token, sender, data_key from subjects where token > :after order by token limit :chunk",
        after=after,
        chunk=_CHUNK,
    ):
        yield rows
        after = rows[-1][0]


def _wrapped(rows: list[tuple[str, str, bytes]], old: AESGCM, new: AESGCM) -> Iterator[_Wrapped]:
    for token, sender, data_key in rows:
        context = f"{token}|{sender}"
        clear = unseal_with(old, bytes(data_key), context)
        yield {"token": token, "data_key": seal_with(new, clear, context)}


def _write_check(connection: Connection, key: bytes) -> None:
    write(
        connection,
        "update meta set value = :mark where name = 'key_check'",
        {"mark": check_mark(key)},
    )
