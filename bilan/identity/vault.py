"""The vault: the one store that knows who a token is, and the journal of what was taken in.

SQLite, in a folder of its own, private to its owner. Names are encrypted under one data key per
token, itself wrapped by the master key: destroying that key will be enough to forget a person.
No name, reference or number stands here in clear, and nothing can be looked up without the key.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilan.errors import PlainError
from bilan.home import PRIVATE_FILE, Home
from bilan.identity.crypto import keyed_hash
from bilan.identity.keys import Keys, MasterKeyError, load_master

FILE_NAME = "vault.db"
SCHEMA_VERSION = "1"
CACHE_KIB = 65_536
SCHEMA = """
create table meta (name text primary key, value text not null) without rowid;

-- one row per person and sender
create table subjects (
    token text primary key,
    sender text not null,
    namespace text not null,
    data_key blob not null,
    attributes blob not null
) without rowid;

-- keyed hash of a name (the same for every sender) or of a sender's reference, and the earliest
-- statement that spoke of her or him
create table lookups (
    hash text not null,
    sender text not null,
    token text not null,
    first_seen text not null,
    primary key (hash, sender)
) without rowid;

-- a row of that log held both the name and the reference
create table ties (
    sender text not null,
    log text not null,
    named text not null,
    referred text not null,
    named_hash text not null,
    referred_hash text not null,
    first_seen text not null,
    primary key (sender, log, named, referred)
) without rowid;

-- the earliest link event that the ledger holds between two tokens
create table links (
    token text not null,
    other text not null,
    method text not null,
    reported_on text not null,
    primary key (token, other, method)
) without rowid;

-- originals of the numbers whose keyed hashes the batch's events hold, sealed
create table numbers (batch text primary key, sealed blob not null) without rowid;

create table batches (
    number integer primary key,
    id text not null unique,
    record text not null,
    files text not null,
    version integer,
    commit_sha256 text,
    seal text not null
);

-- commits of the ledger that are no batch: its creation, and compactions found sound
create table upkeep (version integer primary key, entry text not null, seal text not null);

create table statements (
    sha256 text not null,
    sender text not null,
    log text not null,
    statement_date text not null,
    outcome text not null,
    batch text,
    taken_at text not null,
    primary key (sha256, sender, log, statement_date)
) without rowid;

create table held (
    id text primary key,
    sha256 text not null,
    sender text not null,
    log text not null,
    statement_date text not null,
    suffix text not null,
    reason text not null,
    rows integer not null,
    state text not null,
    held_at text not null
) without rowid;

create table landed (sha256 text primary key, landed_at text not null) without rowid;
"""


class VaultError(PlainError):
    """The vault is not what the rest of the home supposes."""


class Vault:
    """An open vault. Every change goes through `transaction`."""

    def __init__(self, connection: sqlite3.Connection, keys: Keys, folder: Path) -> None:
        self.connection = connection
        self.keys = keys
        self.folder = folder

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept, or none of it."""
        self.connection.execute("begin immediate")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def open_vault(home: Home) -> Vault:
    """Open the home's vault, made on first use. Raises MasterKeyError or VaultError, in plain French."""
    file = home.vault / FILE_NAME
    keys = Keys.derive(load_master(home.keys, may_create=not file.is_file()))
    return open_file(file, keys)


def open_file(file: Path, keys: Keys) -> Vault:
    """Open or make a vault at a place of its own."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, PRIVATE_FILE))
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma temp_store = memory")
    connection.execute(f"pragma cache_size = -{CACHE_KIB}")
    connection.execute("pragma secure_delete = on")
    vault = Vault(connection, keys, file.parent)
    try:
        _check_or_make(vault)
    except BaseException:
        vault.close()
        raise
    return vault


def _check_or_make(vault: Vault) -> None:
    mark = keyed_hash(vault.keys.check, "bilan")
    with vault.transaction() as connection:
        made = connection.execute("select 1 from sqlite_master where name = 'meta'").fetchone()
        if made is None:
            _make(connection, mark)
    known = dict(vault.connection.execute("select name, value from meta"))
    if known.get("key_check") != mark:
        raise MasterKeyError(
            "La clé maîtresse n'est pas celle de ce coffre : rien n'a été lu ni écrit. "
            "Remettre la clé d'origine (keys/master.key ou BILAN_MASTER_KEY)."
        )
    if known.get("schema") != SCHEMA_VERSION:
        raise VaultError("Le coffre est d'une autre version de Bilan.")


def _make(connection: sqlite3.Connection, mark: str) -> None:
    # one statement at a time: executescript would commit between them
    for statement in SCHEMA.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.executemany(
        "insert into meta values (?, ?)", [("key_check", mark), ("schema", SCHEMA_VERSION)]
    )
