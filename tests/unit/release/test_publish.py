"""A published build: what is in it, who may read it, and what a crash leaves."""

import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bilan.home import Home
from bilan.release import NothingToPublishError, publish
from bilan.release.schema import TABLES

MakeHome = Callable[..., Home]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = "public.duckdb"


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(file, read_only=True) as published:
        return published.execute(sql).fetchall()


def current(home: Home) -> Path:
    return (home.published / "current").resolve()


def test_a_build_has_a_public_file_and_one_per_partner(home: Home) -> None:
    build = publish(home, now=NOON)
    assert build.number == 1
    assert current(home) == build.folder == home.published / "1"
    files = sorted(str(path.relative_to(build.folder)) for path in build.folder.rglob("*.duckdb*"))
    assert files == [
        "partners/CJM.duckdb",
        "partners/KEKPART.duckdb",
        "partners/SPAL.duckdb",
        "public.duckdb",
    ]
    assert build.is_new


def test_the_tables_are_those_of_the_schema_and_no_others(home: Home) -> None:
    build = publish(home)
    for file in build.folder.rglob("*.duckdb"):
        described = rows(
            file, "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        )
        expected = [(t.name, name, kind) for t in TABLES for name, kind in t.columns.items()]
        assert sorted(described) == sorted(expected)


def test_small_cells_are_hidden_and_the_words_say_so(home: Home) -> None:
    build = publish(home)
    found = rows(
        build.folder / PUBLIC,
        "SELECT value, status, status_fr FROM main.kpi_affichage WHERE territory = 'Brossard'",
    )
    assert found == [(None, "suppressed", "masqué pour protéger les personnes")]
    assert build.suppressed == 1


def test_a_reader_finds_names_units_and_periods_beside_the_figure(home: Home) -> None:
    build = publish(home)
    found = rows(
        build.folder / PUBLIC,
        "SELECT name_fr, unit_en, period_label, programme_name, source FROM main.kpi_affichage"
        " WHERE period_kind = 'month'",
    )
    assert found == [("name_fr de M02", "unit_en de M02", "mars 2010", "MOBILIS", "source de M02")]


def test_the_catalogues_lists_are_published_as_words(home: Home) -> None:
    build = publish(home)
    assert rows(build.folder / PUBLIC, "SELECT DISTINCT grain FROM main.kpi_catalogue") == [("un, deux",)]


def test_the_public_file_speaks_of_no_partner(home: Home) -> None:
    build = publish(home)
    for table in ("kpi_values", "kpi_affichage"):
        assert rows(build.folder / PUBLIC, f"SELECT DISTINCT partner FROM main.{table}") == [(None,)]


def test_a_partner_finds_its_own_figures_and_no_other_partners(home: Home) -> None:
    build = publish(home)
    sql = "SELECT partner, value FROM main.kpi_values WHERE code = 'P09' ORDER BY value"
    assert rows(build.folder / "partners/SPAL.duckdb", sql) == [("SPAL", 46.0), (None, 50.0)]
    assert rows(build.folder / "partners/KEKPART.duckdb", sql) == [(None, 50.0)]


def test_a_partners_own_small_cell_is_hidden_too(home: Home) -> None:
    build = publish(home)
    sql = "SELECT value, status FROM main.kpi_values WHERE partner = 'CJM'"
    assert rows(build.folder / "partners/CJM.duckdb", sql) == [(None, "suppressed")]


def test_the_disclosure_class_of_a_kpi_decides_who_gets_it(home: Home) -> None:
    build = publish(home)
    sql = "SELECT DISTINCT code FROM main.{} ORDER BY 1"
    for table in ("kpi_values", "kpi_affichage", "kpi_catalogue"):
        assert rows(build.folder / PUBLIC, sql.format(table)) == [("M02",), ("P09",)]
        partner = rows(build.folder / "partners/KEKPART.duckdb", sql.format(table))
        assert partner == [("M02",), ("P09",), ("X01",)]


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_build_says_what_it_is(home: Home, synthetic: bool) -> None:
    if synthetic:
        (home.root / "synthetic").touch()
    build = publish(home, now=NOON)
    for file in build.folder.rglob("*.duckdb"):
        [(number, at, _, known_at, flag)] = rows(file, "SELECT * FROM main.build_info")
        assert (number, at) == (1, NOON.replace(tzinfo=None))
        assert (known_at, flag) == (date(2011, 9, 30), synthetic)


def test_only_the_owner_can_read(home: Home) -> None:
    build = publish(home)
    for path in (build.folder, *build.folder.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected


def test_earlier_builds_are_kept(home: Home) -> None:
    first = publish(home)
    (home.root / "synthetic").touch()
    second = publish(home)
    assert (first.number, second.number) == (1, 2)
    assert (first.folder / PUBLIC).exists()
    assert (home.published / "current").readlink() == Path("2")


def test_without_news_the_build_stands(make_home: MakeHome) -> None:
    first = publish(make_home())
    before = (first.folder / PUBLIC).read_bytes()
    second = publish(make_home())
    assert (second.number, second.is_new) == (1, False)
    assert (second.cells, second.suppressed) == (first.cells, first.suppressed)
    assert (first.folder / PUBLIC).read_bytes() == before


def test_a_single_figure_that_changed_is_news(make_home: MakeHome, another_figure: dict[str, Any]) -> None:
    publish(make_home(figures=(another_figure,)))
    assert publish(make_home(figures=({**another_figure, "value": 61.0},))).number == 2


def test_nothing_to_publish_leaves_the_last_build_standing(make_home: MakeHome) -> None:
    publish(make_home())
    home = make_home(figures=())
    with pytest.raises(NothingToPublishError):
        publish(home)
    assert current(home).name == "1"


def test_a_failure_in_the_middle_leaves_the_last_build_standing(
    make_home: MakeHome, unnamed_period: dict[str, Any]
) -> None:
    publish(make_home())
    home = make_home(figures=(unnamed_period,))
    with pytest.raises(ValueError, match="semaine"):
        publish(home)
    assert current(home).name == "1"


KILLED = """
import os, signal, sys
from pathlib import Path
from bilan.home import Home
from bilan.release import publish

def progress(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

publish(Home(Path(sys.argv[1])), progress=progress)
"""


@pytest.mark.parametrize("step", ["public", "CJM", "SPAL", "swap"])
def test_a_killed_publication_leaves_the_last_build_standing(home: Home, step: str) -> None:
    publish(home)
    (home.root / "synthetic").touch()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home.root), step], check=False)
    assert killed.returncode == -9
    assert current(home).name == "1"
    assert publish(home).number == 2
    assert current(home).name == "2"
    left = {path.name for path in home.published.iterdir()}
    assert left == {"1", "2", "current", ".lock"}
