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
import polars as pl

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
    listed = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
    files = [file for file in listed if file.is_file() and not file.is_symlink()]
    tables = _search_tables(files, sought)
    for file in files:
        shown = file.relative_to(root).as_posix()
        try:
            place.files += 1
            place.bytes += file.stat().st_size
            named = sought.is_near(shown) or _file_names(file, sought, place, tables)
        except (OSError, duckdb.Error, sqlite3.Error, zipfile.BadZipFile, EOFError):
            place.note(UNREACHABLE, shown)
            continue
        if named:
            place.note(REMAINS, shown)


def _search_tables(files: list[Path], sought: Sought) -> dict[Path, bool]:
    """Whether each Parquet file names one of them, those of one shape read together, as a ledger's are.

    A query for each file would take most of the time of an erasure. Files that can't be read so are not told.
    """
    alike: dict[str, list[Path]] = {}
    for file in files:
        try:
            if _head(file).startswith(_PARQUET):
                alike.setdefault(str(pl.read_parquet_schema(file)), []).append(file)
        except (OSError, pl.exceptions.PolarsError):
            continue
    found: dict[Path, bool] = {}
    with duckdb.connect() as connection:
        for group in alike.values():
            try:
                naming = _tables_naming(connection, group, sought)
            except duckdb.Error:
                continue
            found |= {file: str(file) in naming for file in group}
    return found


def _tables_naming(connection: duckdb.DuckDBPyConnection, files: list[Path], sought: Sought) -> set[str]:
    """The paths of those of the files, all of one shape, that name one of them."""
    relation = f"read_parquet([{', '.join(_literal(str(file)) for file in files)}])"
    if not _relation_names(connection, relation, sought):
        return set()
    return {str(file) for file in files if _table_names(connection, file, sought)}


def _table_names(connection: duckdb.DuckDBPyConnection, file: Path, sought: Sought) -> bool:
    return _relation_names(connection, f"read_parquet({_literal(str(file))})", sought)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(16)


def _file_names(file: Path, sought: Sought, place: Place, tables: dict[Path, bool]) -> bool:
    head = _head(file)
    if head.startswith(_SQLITE):
        return _sqlite_names(file, sought, place) or _bytes_name(file, sought)
    if head[_DUCKDB_MAGIC_AT:].startswith(_DUCKDB):
        return duckdb_names(file, sought, place) or _bytes_name(file, sought)
    if head.startswith(_PARQUET):
        place.tables += 1
        return _parquet_names(file, sought, tables) or _bytes_name(file, sought)
    if head.startswith(_GZIP):
        with gzip.open(file) as stream:
            return any(sought.is_near(block) for block in _blocks(stream.read()))
    if head.startswith(_ZIP):
        with zipfile.ZipFile(file) as archive:
            return any(sought.is_near(t) for name in archive.namelist() for t in _blocks(archive.read(name)))
    return _bytes_name(file, sought)


def _parquet_names(file: Path, sought: Sought, tables: dict[Path, bool]) -> bool:
    if file in tables:
        return tables[file]
    with duckdb.connect() as connection:  # it can't be read: by itself, it says why
        return _table_names(connection, file, sought)


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
        piece for piece, held in zip(pieces, connection.execute(query).fetchone() or (), strict=True) if held
    }
    return [pattern for pattern in sought.patterns if set(pieces_of(pattern)) <= there]


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
