"""Every byte under a folder, as it lies on the disk and as programs read it, searched for given words."""

import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import polars as pl

ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
SQLITE, DUCKDB, PARQUET = b"SQLite format 3\0", b"DUCK", b"PAR1"
GZIP, ZIP, ZLIB = b"\x1f\x8b", b"PK\x03\x04", (b"x\x9c", b"x\x01", b"x\xda")
DEEPEST = 4  # a container within a container within...


class Search:
    """Looks for words whatever their case and encoding."""

    def __init__(self, words: Iterable[str]) -> None:
        self._needles = {word: set(_forms(word)) for word in words}

    def in_bytes(self, content: bytes) -> set[str]:
        """The words found in bytes, or in what they hold compressed."""
        found: set[str] = set()
        for layer in _layers(content, DEEPEST):
            lower = layer.lower()
            found |= {word for word, forms in self._needles.items() if any(form in lower for form in forms)}
        return found

    def in_file(self, file: Path) -> set[str]:
        """The words found in a file: in its name, its bytes, and the values it holds as a database."""
        found = self.in_bytes(str(file).encode())
        content = file.read_bytes()
        found |= self.in_bytes(content)
        for value in _values(file, content):
            found |= self.in_bytes(value)
        return found

    def under(self, folder: Path, *apart: Path) -> dict[str, set[str]]:
        """What is found in each file under a folder, some of its folders apart; clean files are not named."""
        files = [
            file
            for file in sorted(folder.rglob("*"))
            if file.is_file() and not file.is_symlink() and not any(file.is_relative_to(a) for a in apart)
        ]
        return {str(file.relative_to(folder)): hit for file in files if (hit := self.in_file(file))}


def _forms(word: str) -> Iterator[bytes]:
    """A word in each encoding and as JSON escapes it, in lower case as bytes compare."""
    for text in {word, word.lower(), word.upper(), word.casefold()}:
        for encoding in ENCODINGS:
            yield text.encode(encoding).lower()
        yield json.dumps(text)[1:-1].encode().lower()


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    """Bytes, then what they hold compressed."""
    yield content
    if depth == 0:
        return
    for inner in _unpacked(content):
        yield from _layers(inner, depth - 1)


def _unpacked(content: bytes) -> Iterator[bytes]:
    try:
        if content.startswith(GZIP):
            yield gzip.decompress(content)
        elif content.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    yield archive.read(name)
        elif content.startswith(ZLIB):
            yield zlib.decompress(content)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return  # looked like it, and was not


def _values(file: Path, content: bytes) -> Iterator[bytes]:
    """The values of a database or of a columnar file, each as bytes."""
    if content.startswith(SQLITE):
        yield from _sqlite_values(file)
    elif content[8:12] == DUCKDB:
        yield from _duckdb_values(file)
    elif content.startswith(PARQUET):
        yield pl.read_parquet(file).write_ndjson().encode()


def _sqlite_values(file: Path) -> Iterator[bytes]:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        names = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        for name in names:
            for row in connection.execute(f'select * from "{name}"'):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()
    finally:
        connection.close()


def _duckdb_values(file: Path) -> Iterator[bytes]:
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE'"
        ).fetchall()
        for schema, name in tables:
            for (row,) in connection.execute(f'select "{name}"::varchar from "{schema}"."{name}"').fetchall():
                yield str(row).encode()
