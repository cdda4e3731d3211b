"""The vault's database: SQLite in its folder by default, PostgreSQL by URL; one SQL for both.

Statements are written once, in what the two have in common, with named parameters. One connection
serves the whole life of a vault; outside a transaction each statement stands by itself.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bilan.errors import PlainError
from bilan.home import PRIVATE_FILE
from bilan.identity.schema import TABLES

URL_VARIABLE = "BILAN_VAULT_URL"
SQLITE = "sqlite"
CACHE_KIB = 65_536
WRITER_LOCK = 7_301_115  # the advisory lock of PostgreSQL that writers of a vault take in turn
_CHUNK = 20_000
_NAMED = re.compile(r":(\w+)")  # no statement of ours has a colon or a percent sign elsewhere
# every row of a table, whatever their order, computed where they are: only a digest travels
_ROWS_DIGEST = """
    select encode(sha256(convert_to(coalesce(string_agg(hashed, '' order by hashed), ''), 'UTF8')), 'hex')
    from (
        select encode(sha256(convert_to(cast(one as text), 'UTF8')), 'hex') as hashed from {table} as one
    ) as hashes
"""
_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "temp_store = memory",
    f"cache_size = -{CACHE_KIB}",
    "secure_delete = on",
)

Parameters = Mapping[str, object]


class VaultError(PlainError):
    """The vault is not what the rest of the home supposes, or its database does not answer."""


class Store:
    """An open database. Raises VaultError when it can't be reached."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        try:
            self.connection = engine.connect()
        except SQLAlchemyError:
            raise VaultError(
                f"La base du coffre ne répond pas : vérifier {URL_VARIABLE} et que le serveur est en marche."
            ) from None

    @property
    def is_sqlite(self) -> bool:
        """Whether the vault is a file of its own."""
        return self._engine.dialect.name == SQLITE

    def rows(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows that a query answers with."""
        return [tuple(row) for row in self.connection.execute(text(sql), parameters)]

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All that is written inside is kept, or none of it; one writer at a time."""
        run = self.connection.exec_driver_sql
        run("begin immediate" if self.is_sqlite else "begin")
        try:
            if not self.is_sqlite:
                run(f"select pg_advisory_xact_lock({WRITER_LOCK})")
            yield self.connection
        except BaseException:
            run("rollback")
            raise
        run("commit")

    def listed(self, parameter: str) -> str:
        """A relation `wanted` (key, value) of the values that a parameter holds as a JSON array."""
        if self.is_sqlite:
            return f"json_each(:{parameter}) as wanted"
        values = f"json_array_elements_text(cast(:{parameter} as json))"
        return f"{values} with ordinality as wanted (value, key)"

    def holds_tables(self) -> bool:
        """Whether a vault was already made here."""
        return self._engine.dialect.has_table(self.connection, "meta")

    def make_tables(self, connection: Connection) -> None:
        """Create every table, in a transaction of the caller's."""
        blob = "blob" if self.is_sqlite else "bytea"
        ending = " without rowid" if self.is_sqlite else ""
        for name, columns in TABLES.items():
            rowid = ending if "integer primary key" not in columns else ""
            body = columns.replace(" blob ", f" {blob} ")
            connection.exec_driver_sql(f"create table {name} ({body}){rowid}")

    def gather(self) -> None:
        """Have a file of its own hold all that was written, and its log nothing."""
        if self.is_sqlite:
            self.connection.exec_driver_sql("pragma wal_checkpoint(truncate)")

    def digest(self) -> str:
        """The SHA-256 of every row of a PostgreSQL vault. A file has its own."""
        tables = [(table, self.rows(_ROWS_DIGEST.format(table=table))) for table in TABLES]
        return hashlib.sha256(repr(tables).encode()).hexdigest()

    def scrub(self) -> None:
        """Leave no byte of what was deleted or replaced in the database's own files."""
        if self.is_sqlite:
            self.gather()
            self.connection.exec_driver_sql("vacuum")
            self.gather()
        else:
            self.connection.exec_driver_sql(f"vacuum full {', '.join(TABLES)}")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
        self._engine.dispose()


def write(connection: Connection, sql: str, rows: Parameters | Iterable[Parameters]) -> None:
    """Run a statement for one set of parameters, or for each of many.

    Many go straight to the driver, which is told their names in its own way: a quarter of the time of
    writing persons would be spent on naming them anew for each row.
    """
    if isinstance(rows, Mapping):
        connection.execute(text(sql), rows)
        return
    native = sql if connection.dialect.name == SQLITE else _NAMED.sub(r"%(\1)s", sql)
    remaining = iter(rows)
    while chunk := [dict(row) for row in islice(remaining, _CHUNK)]:
        connection.exec_driver_sql(native, chunk)


def sqlite_store(file: Path) -> Store:
    """Open or make a private file."""
    file.touch(mode=PRIVATE_FILE)
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool, connect_args={"timeout": 60})
    engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def tune(connection: Any, _: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    return Store(engine)


def postgresql_store(url: str) -> Store:
    """Open a PostgreSQL database; the URL may leave the password to PGPASSFILE. Raises VaultError."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):  # ValueError: a port that is no number
        parsed = None
    if parsed is None or parsed.get_backend_name() != "postgresql":
        raise VaultError(f"{URL_VARIABLE} doit être une adresse postgresql://.")
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True
    )
    return Store(engine.execution_options(isolation_level="AUTOCOMMIT"))
