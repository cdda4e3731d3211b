"""Do readers find what was released, and nothing else? The current build against what the register says."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from bilan.dashboards.tables import define
from bilan.home import Home
from bilan.ledger.findings import Verdict
from bilan.release.candidate.folder import as_json, files_of
from bilan.release.publication.extracts import FOLDER, INDEX, PACKAGE, index_of
from bilan.release.publication.publish import CURRENT, DIGEST, FILES, build_digest, what_is_shown
from bilan.release.publication.shown.build import PUBLIC, Tables, file_of
from bilan.release.register.releases import Release
from bilan.release.register.transitions import State
from bilan.signing import public_key, read_signed_list

# All that a published file may hold beside rows: whatever can change what a query answers.
_DEFINED = (
    "SELECT 'table', schema_name, table_name, sql FROM duckdb_tables() WHERE NOT internal",
    "SELECT 'view', schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal",
    "SELECT 'index', schema_name, index_name, sql FROM duckdb_indexes()",
    "SELECT 'sequence', schema_name, sequence_name, sql FROM duckdb_sequences()",
    "SELECT 'macro', schema_name, function_name, coalesce(macro_definition, '')"
    " FROM duckdb_functions() WHERE NOT internal",
    "SELECT 'type', schema_name, type_name, logical_type FROM duckdb_types() WHERE NOT internal",
    "SELECT 'schema', schema_name, '', '' FROM duckdb_schemas() WHERE NOT internal",
)


def check_shown(home: Home, releases: Mapping[int, Release], verdict: Verdict) -> None:
    """Add to the verdict each file of a build that is not as it was written, or not what is in force.

    Where a publication is under way, or was cut short, nothing is looked at: the next command that touches
    releases finishes it. The caller is alone in `releases/`.
    """
    builds = [entry for entry in home.published.glob("[0-9]*") if entry.name.isdigit() and entry.is_dir()]
    if any(release.state is State.APPROVED for release in releases.values()):
        verdict.notes.append("Une publication est en cours : ce que voient les lecteurs n'a pas été comparé.")
        verdict.vouch(*(file for file in home.published.rglob("*") if file.is_symlink() or file.is_file()))
        return
    for build in builds:
        _check_files(home, build, verdict)
    link = home.published / CURRENT
    verdict.vouch(link)
    build = link.resolve()
    if build not in {other.resolve() for other in builds}:
        if builds or link.is_symlink() or any(release.is_out for release in releases.values()):
            verdict.find("build_missing", "Rien n'est publié, alors qu'une publication est en vigueur.")
        return
    if any(release.was_out for release in releases.values()):
        _check_tables(home, build, releases, verdict)
        _check_extracts(home, build, releases, verdict)


def _check_files(home: Home, build: Path, verdict: Verdict) -> None:
    """The files of a build are those of its signed list, byte for byte."""
    listed, key = build / FILES, public_key(home.keys)
    content = listed.read_bytes() if listed.is_file() else b""
    signed = read_signed_list(content, key) if key else None
    if signed is None:
        verdict.find(
            "build_unsigned", f"{build.name}/{FILES} manque ou n'est plus ce qui fut signé.", file=FILES
        )
    found = {str(file["path"]): file for file in files_of(build) if file["path"] != FILES}
    known = {str(file["path"]): file for file in signed or ()}
    for name in sorted({*found, *known} if signed is not None else ()):
        if found.get(name) != known.get(name):
            code = "extract_altered" if name.startswith(f"{FOLDER}/") else "build_altered"
            verdict.find(code, f"{build.name}/{name} n'est pas ce qui fut publié.", file=name)
    verdict.vouch(listed, *(build / name for name in found))


def _check_tables(home: Home, build: Path, releases: Mapping[int, Release], verdict: Verdict) -> None:
    """What boards read is what the frozen candidates say, in words that are ours."""
    rows = what_is_shown(home, releases)
    expected = {file_of(reader): rows.of(reader) for reader in rows.own}
    found = {path.relative_to(build).as_posix(): path for path in sorted(build.rglob("*.duckdb"))}
    defined = _defined_here()
    for name in sorted({*expected, *found}):
        if not _shows(found.get(name), expected.get(name), defined):
            verdict.find("build_altered", f"{name} ne montre pas ce qui est en vigueur.", file=name)


def _defined_here() -> list[tuple[str, ...]]:
    """What a published file defines, as DuckDB tells it of a file that is read again."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / file_of(PUBLIC)
        with duckdb.connect(file) as empty:
            define(empty)
        with duckdb.connect(file, read_only=True) as written:
            return _definitions(written)


def _definitions(published: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return sorted(row for query in _DEFINED for row in published.execute(query).fetchall())


def _shows(file: Path | None, tables: Tables | None, defined: list[tuple[str, ...]]) -> bool:
    """Whether a published file holds those tables, with those rows and no others, and defines that alone."""
    if file is None or tables is None:
        return False
    try:
        with duckdb.connect(file, read_only=True) as published:
            return _definitions(published) == defined and all(
                _same(published.execute(f"SELECT * FROM main.{name}").pl(), rows)  # noqa: S608 - the name is ours
                for name, rows in tables.items()
            )
    except duckdb.Error:
        return False


def _same(found: pl.DataFrame, expected: pl.DataFrame) -> bool:
    """As they were written, mostly: sorting takes the longest."""
    return found.equals(expected) or (
        found.columns == expected.columns
        and found.sort(found.columns).equals(expected.sort(expected.columns))
    )


def _check_extracts(home: Home, build: Path, releases: Mapping[int, Release], verdict: Verdict) -> None:
    """What can be fetched is what each release that is out was packed as, and the index says no other."""
    try:
        index = index_of(home, releases.values())
    except OSError:
        return  # a package or its archive is gone: found with the packages
    expected = {
        f"{entry['release']}/{PACKAGE}/{file['path']}": file["sha256"]
        for entry in index["releases"]
        for file in entry["files"]
    }
    expected |= {
        f"{entry['release']}/{entry['archive']['path']}": entry["archive"]["sha256"]
        for entry in index["releases"]
        if entry["archive"]
    }
    there = {str(file["path"]): file["sha256"] for file in files_of(build / FOLDER)}
    there.pop(INDEX, None)
    for name in sorted({*expected, *there}):
        if expected.get(name) != there.get(name):
            place = f"{FOLDER}/{name}"
            verdict.find("extract_altered", f"{place} n'est pas celui qui est en vigueur.", file=place)
    file = build / FOLDER / INDEX
    if not file.is_file() or file.read_bytes() != as_json(index):
        name = f"{FOLDER}/{INDEX}"
        verdict.find("extract_altered", f"{name} ne dit pas ce qui est en vigueur.", file=name)
    digest = build / DIGEST
    if not digest.is_file() or digest.read_text("ascii", errors="replace") != build_digest(releases, index):
        verdict.notes.append(
            "Ce qui est publié fut écrit par une autre version de Bilan : « bilan release list » le récrit."
        )
