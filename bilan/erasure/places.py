"""Searching the home's folders for a person: raw bytes of every file, and what databases hold inside.

Nothing is changed here, and nothing found is shown: a place says how much was looked at and in which
of its files she is named.
"""

import gzip
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bilan.erasure.sought import Pattern, Sought, pieces_of
from bilan.home import Home

CLEAN, DESTROYED, REMAINS, UNREACHABLE = "clean", "destroyed", "remains", "unreachable"
_BLOCK, _OVERLAP = 1 << 20, 1 << 9
_SQLITE, _PARQUET, _GZIP, _ZIP, _DUCKDB = b"SQLite format 3\0", b"PAR1", b"\x1f\x8b", b"PK\x03\x04", b"DUCK"
_DUCKDB_MAGIC_AT = 8


@dataclass
class Place:
    """What was looked at in one place, and what came of it."""

    place: str
    files: int = 0
    bytes: int = 0
    tables: int = 0
    state: str = CLEAN
    details: list[str] = field(default_factory=list)  # files by their own names, never what they hold

    def note(self, state: str, detail: str) -> None:
        """Note something that is not clean; what remains outweighs what could not be reached."""
        order = (CLEAN, DESTROYED, UNREACHABLE, REMAINS)
        self.state = max(self.state, state, key=order.index)
        self.details.append(detail)


def search_home(home: Home, sought: Sought) -> list[Place]:
    """Every folder of the home that may not hold a name."""
    named = {
        "ledger": home.ledger,
        "warehouse": home.warehouse,
        "releases": home.releases,
        "published": home.published,
        "outbox": home.outbox,
        "dagster": home.dagster,
        "superset": home.superset,
    }
    apart = {*named.values(), home.vault, home.inbox, home.keys}
    places = [search_folder(name, folder, sought) for name, folder in named.items()]
    other = Place("other")
    for entry in sorted(home.root.iterdir()):
        if entry not in apart:
            _search(entry, entry.parent, sought, other)
    return [*places, other]


def search_folder(name: str, folder: Path, sought: Sought) -> Place:
    """Every file under a folder."""
    place = Place(name)
    if folder.is_dir():
        _search(folder, folder, sought, place)
    return place


def _search(entry: Path, root: Path, sought: Sought, place: Place) -> None:
    files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
    for file in files:
        if file.is_symlink() or not file.is_file():
            continue
        shown = file.relative_to(root).as_posix()
        try:
            place.files += 1
            place.bytes += file.stat().st_size
            named = sought.is_near(shown) or _file_names(file, sought, place)
        except (OSError, duckdb.Error, sqlite3.Error, zipfile.BadZipFile, EOFError):
            place.note(UNREACHABLE, shown)
            continue
        if named:
            place.note(REMAINS, shown)


def _file_names(file: Path, sought: Sought, place: Place) -> bool:
    with file.open("rb") as stream:
        head = stream.read(16)
    if head.startswith(_SQLITE):
        return _sqlite_names(file, sought, place) or _bytes_name(file, sought)
    if head[_DUCKDB_MAGIC_AT:].startswith(_DUCKDB):
        return duckdb_names(file, sought, place) or _bytes_name(file, sought)
    if head.startswith(_PARQUET):
        place.tables += 1
        with duckdb.connect() as connection:
            relation = f"read_parquet({_literal(str(file))})"
            return _relation_names(connection, relation, sought) or _bytes_name(file, sought)
    if head.startswith(_GZIP):
        with gzip.open(file) as stream:
            return any(sought.is_near(block) for block in _blocks(stream.read()))
    if head.startswith(_ZIP):
        with zipfile.ZipFile(file) as archive:
            return any(sought.is_near(t) for name in archive.namelist() for t in _blocks(archive.read(name)))
    return _bytes_name(file, sought)


def _bytes_name(file: Path, sought: Sought) -> bool:
    return any(sought.is_near(block) for block in _blocks(file.read_bytes()))


def _blocks(content: bytes) -> Iterator[str]:
    for at in range(0, len(content), _BLOCK):
        yield content[at : at + _BLOCK + _OVERLAP].decode("utf-8", errors="replace")


def _sqlite_names(file: Path, sought: Sought, place: Place) -> bool:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", errors="replace")
    try:
        names = [n for (n,) in connection.execute("select name from sqlite_master where type = 'table'")]
        place.tables += len(names)
        return any(sought.is_named(_text(row)) for name in names for row in _rows(connection, name))
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    yield from connection.execute(f"select * from {_identifier(table)}")  # noqa: S608 - a name it has told


def _text(row: tuple[object, ...]) -> str:
    cells = (cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell for cell in row)
    return " ".join(str(cell) for cell in cells if cell is not None)


def duckdb_names(file: Path, sought: Sought, place: Place) -> bool:
    """Whether a row of any table of that file names one of them; the tables are counted in `place`."""
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        place.tables += len(tables)
        relations = (f"{_identifier(schema)}.{_identifier(table)}" for schema, table in tables)
        return any(_relation_names(connection, relation, sought) for relation in relations)


def _relation_names(connection: duckdb.DuckDBPyConnection, relation: str, sought: Sought) -> bool:
    described = connection.execute(f"describe select * from {relation}").fetchall()  # noqa: S608
    columns = [_identifier(column[0]) for column in described]
    patterns = _possible(connection, relation, columns, sought)
    if not patterns:
        return False
    cells = ", ".join(f"cast({column} as varchar)" for column in columns)
    condition = " or ".join(
        "(" + " and ".join(f"regexp_matches(record, {_literal(part)})" for part in pattern) + ")"
        for pattern in patterns
    )
    query = (
        f"select count(*) from (select lower(strip_accents(concat_ws(' ', {cells}))) as record"  # noqa: S608
        f" from {relation}) where {condition}"
    )
    found = connection.execute(query).fetchone()
    return bool(found and found[0])


def _possible(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str], sought: Sought
) -> list[Pattern]:
    """The patterns all of whose pieces stand in some cell of the relation: rows are read for those alone.

    Reading each distinct cell once is some ten times quicker than reading every row whole.
    """
    pieces = sorted({piece for pattern in sought.patterns for piece in pieces_of(pattern)})
    if not pieces or not columns:
        return []
    cells = " union ".join(
        f"select distinct cast({column} as varchar) as cell from {relation}"  # noqa: S608
        for column in columns
    )
    asked = ", ".join(f"bool_or(contains(folded, {_literal(piece)}))" for piece in pieces)
    query = f"select {asked} from (select lower(strip_accents(cell)) as folded from ({cells}))"  # noqa: S608
    there = {
        piece for piece, told in zip(pieces, connection.execute(query).fetchone() or (), strict=True) if told
    }
    return [pattern for pattern in sought.patterns if set(pieces_of(pattern)) <= there]


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
