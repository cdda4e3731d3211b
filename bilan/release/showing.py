"""Do readers find what was released, and nothing else? The current build against what the register says."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.findings import Verdict
from bilan.release.candidate import empty, read_contents
from bilan.release.extracts import FOLDER, PACKAGE, package_folder
from bilan.release.publish import CURRENT
from bilan.release.releases import Release, out
from bilan.release.schema import DIMENSIONS, KPI_AFFICHAGE, KPI_VALUES
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
    expected = _tables(home, max(shown)) if shown else {}
    found = {path.relative_to(build).as_posix(): path for path in sorted(build.rglob("*.duckdb"))}
    for name in sorted({*expected, *found}):
        if not _shows(found.get(name), expected.get(name, empty(KPI_AFFICHAGE))):
            verdict.find("build_altered", f"{name} ne montre pas ce qui est en vigueur.", file=name)
    for name in _foreign_files(home, build, shown):
        verdict.find("extract_altered", f"{name} n'est pas celui qui est en vigueur.", file=name)


def _tables(home: Home, number: int) -> dict[str, pl.DataFrame]:
    """The rows that each published file should show."""
    contents = read_contents(home, number)
    partners = {
        f"partners/{code}.duckdb": pl.concat([contents.public, rows])
        for code, rows in contents.partners.items()
    }
    return {"public.duckdb": contents.public, **partners}


def _shows(file: Path | None, rows: pl.DataFrame) -> bool:
    """Whether a published file's tables hold those rows and no others."""
    if file is None:
        return False
    try:
        with duckdb.connect(file, read_only=True) as published:
            tables = [
                published.execute(f"SELECT * FROM main.{table.name}").pl()  # noqa: S608 - the name is ours
                for table in (KPI_AFFICHAGE, KPI_VALUES)
            ]
    except duckdb.Error:
        return False
    columns = (KPI_AFFICHAGE.columns, KPI_VALUES.columns)
    wanted = [rows.select(*names) for names in columns]
    # as they were written, mostly: sorting takes the longest
    return all(
        table.equals(told) or _sorted(table).equals(_sorted(told))
        for table, told in zip(tables, wanted, strict=True)
    )


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort(list(DIMENSIONS))


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
