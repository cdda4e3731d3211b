"""Do readers find what was released, and nothing else? The current build against what the register says."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.findings import Verdict
from bilan.release.extracts import FOLDER, PACKAGE, package_folder
from bilan.release.publish import CURRENT, what_is_shown
from bilan.release.releases import Release, out
from bilan.release.shown.build import Tables, file_of
from bilan.release.transitions import State


def check_shown(home: Home, releases: Mapping[int, Release], verdict: Verdict) -> None:
    """Add to the verdict each table, and each file to fetch, that is not that of a release which is out.

    Where a publication is under way, or was cut short, nothing is looked at: the next command that touches
    releases finishes it. The caller is alone in `releases/`.
    """
    if any(release.state is State.APPROVED for release in releases.values()):
        verdict.notes.append("Une publication est en cours : ce que voient les lecteurs n'a pas été comparé.")
        return
    build = (home.published / CURRENT).resolve()
    shown = {release.number for release in out(releases)}
    if not build.is_dir():
        if shown:
            verdict.find("build_missing", "Rien n'est publié, alors qu'une publication est en vigueur.")
        return
    expected = _expected(home, releases) if any(release.was_out for release in releases.values()) else {}
    found = {path.relative_to(build).as_posix(): path for path in sorted(build.rglob("*.duckdb"))}
    for name in sorted({*expected, *found}):
        if not _shows(found.get(name), expected.get(name)):
            verdict.find("build_altered", f"{name} ne montre pas ce qui est en vigueur.", file=name)
    for name in _foreign_files(home, build, shown):
        verdict.find("extract_altered", f"{name} n'est pas celui qui est en vigueur.", file=name)


def _expected(home: Home, releases: Mapping[int, Release]) -> dict[str, Tables]:
    """The tables that each published file should hold."""
    told = what_is_shown(home, releases)
    return {file_of(reader): told.of(reader) for reader in told.own}


def _shows(file: Path | None, tables: Tables | None) -> bool:
    """Whether a published file holds those tables, with those rows and no others."""
    if file is None or tables is None:
        return False
    try:
        with duckdb.connect(file, read_only=True) as published:
            there = published.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
            return {name for (name,) in there} == set(tables) and all(
                _same(published.execute(f"SELECT * FROM main.{name}").pl(), rows)  # noqa: S608 - the name is ours
                for name, rows in tables.items()
            )
    except duckdb.Error:
        return False


def _same(found: pl.DataFrame, told: pl.DataFrame) -> bool:
    """As they were written, mostly: sorting takes the longest."""
    return found.equals(told) or (
        found.columns == told.columns and found.sort(found.columns).equals(told.sort(told.columns))
    )


def _foreign_files(home: Home, build: Path, shown: set[int]) -> list[str]:
    """Files to fetch that are of no release which is out, lack, or differ from its package's."""
    released = {
        f"{FOLDER}/{number}/{PACKAGE}/{path.relative_to(package_folder(home, number)).as_posix()}": path
        for number in shown
        for path in package_folder(home, number).rglob("*")
        if path.is_file()
    }
    there = {
        path.relative_to(build).as_posix(): path
        for path in (build / FOLDER).glob(f"*/{PACKAGE}/**/*")
        if path.is_file()
    }
    return [
        name
        for name in sorted({*released, *there})
        if name not in there or name not in released or sha256_of(there[name]) != sha256_of(released[name])
    ]
