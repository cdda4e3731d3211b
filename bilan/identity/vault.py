"""The vault: the one store that knows who a token is, and the journal of what was taken in.

A database of its own: SQLite in a private folder, or PostgreSQL. Names are encrypted under one data
key per token, itself wrapped by the master key: destroying that key is enough to forget a person.
No name, reference or number stands here in clear, and nothing can be looked up without the key.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bilan.home import Home
from bilan.identity.crypto import seal, unseal
from bilan.identity.keys import Keys, MasterKeyError, Ring, check_mark, load_master, settle_rotation, wrap_key
from bilan.identity.mark import (
    ALTERED,
    OPEN,
    Mark,
    check_not_lost,
    checked_mark,
    digest_of,
    write_mark,
)
from bilan.identity.schema import VERSION
from bilan.identity.store import URL_VARIABLE, Store, VaultError, postgresql_store, sqlite_store, write

__all__ = ["FILE_NAME", "Vault", "VaultError", "open_vault", "vault_exists"]
FILE_NAME = "vault.db"
_NEXT_GENERATION = (
    "update meta set value = cast(cast(value as integer) + 1 as text) where name = 'generation'"
)


_SCRUB_OWED = "scrub_owed"


class Vault:
    """An open vault. Every change goes through `transaction`."""

    def __init__(self, store: Store, keys: Keys, folder: Path, marks: Path | None = None) -> None:
        self.store = store
        self.keys = keys
        self.folder = folder
        self._marks = marks
        self._mark = Mark(0, OPEN)  # as it was found, or written since
        self._altered = self._was_open = False

    @property
    def is_altered(self) -> bool:
        """Whether somebody else than Bilan has written into it, as far as its mark can tell."""
        return self._altered

    @property
    def was_cut_short(self) -> bool:
        """Whether a run was writing into it when it ended, and none has been here since."""
        return self._was_open

    @property
    def file(self) -> Path | None:
        """The file that it lives in, if it does."""
        return self.folder / FILE_NAME if self.store.is_sqlite else None

    def check_mark(self) -> None:
        """Hold the vault against its mark. Raises MarkError."""
        if self._marks is not None:
            self._mark = checked_mark(self._marks, self.keys.journal, self.generation, self._digest)
            self._altered, self._was_open = self._mark.state == ALTERED, self._mark.state == OPEN

    def accept(self) -> None:
        """Take the vault as it stands for the right one, whatever its mark said."""
        self._altered = False
        self._write_mark(OPEN)

    def rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows that a query answers with."""
        return self.store.rows(sql, **parameters)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All that is written inside is kept, or none of it."""
        if self._mark.state != OPEN:
            self._write_mark(OPEN)  # before the first change: a run cut short must find it so
        with self.store.transaction() as connection:
            yield connection
            connection.exec_driver_sql(_NEXT_GENERATION)

    @property
    def generation(self) -> int:
        """How many transactions this vault has seen."""
        [(value,)] = self.rows("select value from meta where name = 'generation'")
        return int(value)

    def note_generation(self) -> None:
        """Tell, outside the vault, how far it has come: an older copy will not pass for it."""
        self._write_mark(OPEN)

    def _write_mark(self, state: str) -> None:
        self._mark = Mark(self.generation, state)
        if self._marks is not None:
            write_mark(self._marks, self.keys.journal, self._mark)

    def _leave_mark(self) -> None:
        """Tell what is left behind, where anything was written."""
        if self._marks is None or self._mark.state != OPEN:
            return
        self.store.gather()
        self._write_mark(ALTERED if self._altered else self._digest())

    def _digest(self) -> str:
        return self.store.digest() if self.file is None else digest_of(self.file)

    def finish_scrub(self) -> None:
        """Scrub the database where a transaction asked for it with `owe_scrub`, be it in a run cut since."""
        if self.rows("select 1 from meta where name = :name", name=_SCRUB_OWED):
            self.store.scrub()
            with self.transaction() as connection:
                write(connection, "delete from meta where name = :name", {"name": _SCRUB_OWED})

    def close(self) -> None:
        """Close the database."""
        try:
            self._leave_mark()
        finally:
            self.store.close()


def open_vault(home: Home, *, is_trusted: bool = False) -> Vault:
    """Open the home's vault, made on first use. Raises MasterKeyError or VaultError, in plain French.

    `is_trusted`: whatever its mark says, as after a restore or by the steward's word.
    """
    if not _has_place(home):
        check_not_lost(home.keys)
    store = _store(home)
    try:
        made = store.holds_tables()
        if made:
            settle_rotation(home.keys, _meta(store).get("key_check", ""))
        else:
            check_not_lost(home.keys)
        vault = open_store(store, load_master(home.keys, may_create=not made), home.vault, marks=home.keys)
        if is_trusted:
            vault.accept()
        else:
            vault.check_mark()
        vault.finish_scrub()
    except BaseException:
        store.close()
        raise
    return vault


def open_store(
    store: Store, master: bytes, folder: Path, *, marks: Path | None = None, ring: Ring | None = None
) -> Vault:
    """Open or make a vault in a database; `ring` makes it with given keys instead of random ones."""
    if not store.holds_tables():
        _make(store, master, ring or Ring.random())
    known = _meta(store)
    if known.get("key_check") != check_mark(master):
        raise MasterKeyError(
            "La clé maîtresse n'est pas celle de ce coffre : rien n'a été lu ni écrit. "
            "Remettre la clé d'origine (keys/master.key ou BILAN_MASTER_KEY)."
        )
    if known.get("schema") != VERSION:
        raise VaultError("Le coffre est d'une autre version de Bilan.")
    wrap = wrap_key(master)
    sealed = store.rows("select name, sealed from ring")
    ring = Ring(**{name: unseal(wrap, bytes(key), f"ring|{name}") for name, key in sealed})
    return Vault(store, Keys.of(master, ring), folder, marks)


def vault_exists(home: Home) -> bool:
    """Whether the home has a vault, whatever its key."""
    if not _has_place(home):
        return False
    store = _store(home)
    try:
        return store.holds_tables()
    finally:
        store.close()


def owe_scrub(connection: Connection) -> None:
    """Note, in a transaction that replaces what must leave no trace, that a scrub must follow."""
    write(
        connection,
        "insert into meta values (:name, '') on conflict (name) do nothing",
        {"name": _SCRUB_OWED},
    )


def write_ring(connection: Connection, wrap: bytes, ring: Ring) -> None:
    """Keep the vault's own keys, sealed by the key that wraps."""
    write(
        connection,
        "insert into ring values (:name, :sealed) on conflict (name) do update set sealed = excluded.sealed",
        ({"name": name, "sealed": seal(wrap, key, f"ring|{name}")} for name, key in ring.named()),
    )


def _has_place(home: Home) -> bool:
    """Whether there is a database to look into; a file is made by looking."""
    return bool(os.environ.get(URL_VARIABLE)) or (home.vault / FILE_NAME).is_file()


def _store(home: Home) -> Store:
    url = os.environ.get(URL_VARIABLE)
    return postgresql_store(url) if url else sqlite_store(home.vault / FILE_NAME)


def _meta(store: Store) -> dict[str, str]:
    return dict(store.rows("select name, value from meta"))


def _make(store: Store, master: bytes, ring: Ring) -> None:
    meta = {"key_check": check_mark(master), "schema": VERSION, "generation": "0"}
    with store.transaction() as connection:
        store.make_tables(connection)
        write(
            connection,
            "insert into meta values (:name, :value)",
            ({"name": name, "value": value} for name, value in meta.items()),
        )
        write_ring(connection, wrap_key(master), ring)
