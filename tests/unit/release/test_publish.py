"""A published build: what is in it, who may read it, and what a crash leaves."""

import errno
import hashlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from bilan.dashboards.tables import TABLES
from bilan.dashboards.views import views
from bilan.home import Home
from bilan.reception import REFUSALS, STATEMENTS, TAKEN, Reception, Verified
from bilan.release import Build, NothingToPublishError, withdraw
from bilan.signing import release_key
from tests.releasing import MAKER, candidate, publish, release

pytestmark = pytest.mark.integration

MakeHome = Callable[..., Home]
Row = dict[str, Any]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = "public.duckdb"
STATEMENT = date(2011, 9, 30)
CAME = Reception(
    statements=pl.DataFrame(
        [("SPAL", "arrestations", STATEMENT, TAKEN), ("CJM", "echanges", STATEMENT, TAKEN)],
        schema=STATEMENTS,
        orient="row",
    ),
    refusals=pl.DataFrame(
        [
            ("SPAL", "arrestations", STATEMENT, "bad_date", "date_arrestation", 3),
            ("CJM", "echanges", STATEMENT, "consent_breach", "", 1),
        ],
        schema=REFUSALS,
        orient="row",
    ),
    verified=Verified(date(2011, 10, 2), events=12, findings=0),
)


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
        "steward.duckdb",
    ]
    assert build.release == 1


def test_the_tables_are_those_of_the_schema_and_no_others(build: Build) -> None:
    for file in build.folder.rglob("*.duckdb"):
        described = rows(
            file,
            "SELECT table_name, column_name, data_type FROM duckdb_columns() "
            "SEMI JOIN duckdb_tables() USING (table_name) WHERE NOT internal",
        )
        expected = [(t.name, name, kind) for t in TABLES for name, kind in t.columns.items()]
        assert sorted(described) == sorted(expected)
        shown = rows(file, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
        assert {name for (name,) in shown} == set(views())
        for name in views():
            rows(file, f"SELECT * FROM main.{name}")


def test_small_cells_are_hidden_and_the_words_say_so(published: Home, build: Build) -> None:
    found = rows(
        build.folder / PUBLIC,
        "SELECT value, status, status_fr FROM main.figures WHERE territory = 'Brossard'",
    )
    assert found == [(None, "suppressed", "masqué pour protéger les personnes")]
    assert candidate(published).suppressed == 2  # the other territory with it


def test_a_reader_finds_names_units_and_periods_beside_the_figure(build: Build) -> None:
    found = rows(
        build.folder / PUBLIC,
        "SELECT name_fr, unit_en, period_fr, period_en, programme_en, territory_en, figure_fr, level"
        " FROM main.figures WHERE period_kind = 'month'",
    )
    assert found == [
        (
            "name_fr de M02",
            "unit_en de M02",
            "mars 2010",
            "March 2010",
            "MOBILIS (English)",
            "All territories",
            "0",
            "all",
        )
    ]


def test_the_catalogues_lists_are_published_as_words(build: Build) -> None:
    assert rows(build.folder / PUBLIC, "SELECT DISTINCT grain FROM main.kpi_catalogue") == [("un, deux",)]


def test_the_public_file_speaks_of_no_partner(build: Build) -> None:
    assert rows(build.folder / PUBLIC, "SELECT DISTINCT partner FROM main.figures") == [(None,)]
    assert rows(build.folder / PUBLIC, "SELECT DISTINCT organisation FROM main.state") == [(None,)]
    for table in ("reports", "refusals", "revisions", "checks", "transmitted"):
        assert rows(build.folder / PUBLIC, f"SELECT count(*) FROM main.{table}") == [(0,)]


def test_a_partner_finds_its_own_figures_and_no_other_partners(build: Build) -> None:
    sql = "SELECT partner, value FROM main.figures WHERE code = 'P09' ORDER BY value"
    assert rows(build.folder / "partners/SPAL.duckdb", sql) == [("SPAL", 40.0), (None, 50.0)]
    assert rows(build.folder / "partners/KEKPART.duckdb", sql) == [(None, 50.0)]


def test_a_partners_own_small_cell_is_hidden_too(build: Build) -> None:
    sql = "SELECT value, status FROM main.figures WHERE partner = 'CJM'"
    assert rows(build.folder / "partners/CJM.duckdb", sql) == [(None, "suppressed")]


def test_what_a_partner_knows_of_its_own_parts_is_in_no_file(
    make_home: MakeHome, another_figure: Row
) -> None:
    part = {**another_figure, "partner": "SPAL", "breakdown": "motif", "breakdown_value": "autre"}
    build = publish(make_home((another_figure, *({**part, "code": code} for code in ("M02", "X02")))))
    for file in (PUBLIC, "steward.duckdb", "partners/SPAL.duckdb"):
        assert rows(build.folder / file, "SELECT code, breakdown FROM main.figures") == [("M02", None)]


def test_the_disclosure_class_of_a_kpi_decides_who_gets_it(build: Build) -> None:
    sql = "SELECT DISTINCT code FROM main.{} ORDER BY 1"
    for table in ("figures", "kpi_catalogue"):
        assert rows(build.folder / PUBLIC, sql.format(table)) == [("M02",), ("P09",)]
        steward = rows(build.folder / "steward.duckdb", sql.format(table))
        assert steward == [("M02",), ("P09",), ("X02",)]
        partner = rows(build.folder / "partners/KEKPART.duckdb", sql.format(table))
        assert partner == [("M02",), ("P09",), ("X01",)]


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_build_says_what_it_is(home: Home, synthetic: bool) -> None:
    if synthetic:
        (home.root / "synthetic").touch()
    build = publish(home, now=NOON)
    for file in build.folder.rglob("*.duckdb"):
        [(number, at, _, known_at, flag, *notices)] = rows(file, "SELECT * FROM main.build_info")
        assert (number, at) == (1, NOON.replace(tzinfo=None))
        assert (known_at, flag, notices) == (date(2011, 9, 30), synthetic, [None, None])


def test_only_the_owner_can_read(build: Build) -> None:
    for path in (build.folder, *build.folder.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected


def test_the_build_before_is_kept_and_no_other(home: Home, make_home: MakeHome, another_figure: Row) -> None:
    for value in (60.0, 61.0, 62.0):
        publish(make_home(figures=({**another_figure, "value": value},)))
    assert {path.name for path in home.published.iterdir()} == {"2", "3", "current", ".lock"}
    assert (home.published / "current").readlink() == Path("3")


def test_without_news_no_candidate_is_made(make_home: MakeHome) -> None:
    first = publish(make_home())
    before = (first.folder / PUBLIC).read_bytes()
    again = candidate(make_home())
    assert (again.release.number, again.is_new) == (1, False)
    assert current(make_home()) == first.folder
    assert (first.folder / PUBLIC).read_bytes() == before


def test_a_single_figure_that_changed_is_news(make_home: MakeHome, another_figure: Row) -> None:
    publish(make_home(figures=(another_figure,)))
    assert publish(make_home(figures=({**another_figure, "value": 61.0},))).release == 2


def test_nothing_to_publish_leaves_the_last_build_standing(make_home: MakeHome) -> None:
    publish(make_home())
    home = make_home(figures=())
    with pytest.raises(NothingToPublishError):
        candidate(home)
    assert current(home).name == "1"


def test_a_failure_in_the_middle_leaves_the_last_build_standing(
    make_home: MakeHome, unnamed_period: Row
) -> None:
    publish(make_home())
    home = make_home(figures=(unnamed_period,))
    with pytest.raises(ValueError, match="names no phase"):
        candidate(home)
    assert current(home).name == "1"


# --- several releases, and how their data came in


def test_every_release_that_is_out_is_shown_newest_first(make_home: MakeHome, another_figure: Row) -> None:
    publish(make_home(figures=({**another_figure, "value": 60.0},)))
    build = publish(make_home(figures=({**another_figure, "value": 90.0},)))
    sql = "SELECT release, diffusion_fr, figure_fr, change_fr, change_en, change_unsure FROM main.figures"
    assert rows(build.folder / PUBLIC, sql) == [
        (2, "La plus récente", "90", "+30 depuis la diffusion n° 1", "+30 since release No. 1", False),
        (1, "n° 1 · connue au 30 septembre 2011", "60", None, None, None),
    ]
    states = rows(build.folder / PUBLIC, "SELECT release, is_newest, known_fr FROM main.state")
    assert states == [(2, True, "30 septembre 2011"), (1, False, "30 septembre 2011")]


def test_what_was_taken_back_leaves_the_figures_and_keeps_its_notice(
    make_home: MakeHome, another_figure: Row
) -> None:
    for value in (60.0, 61.0, 90.0):
        home = make_home(figures=({**another_figure, "value": value},))
        publish(home)
    build = withdraw(home, 2, who=MAKER, why="Un relevé était faux.", why_en="A statement was wrong.")
    figures = rows(build.folder / PUBLIC, "SELECT release, change_fr FROM main.figures")
    assert figures == [(3, "+30 depuis la diffusion n° 1"), (1, None)]
    sql = "SELECT release, is_newest, state_en, notice_en, approvers FROM main.releases"
    both = "Ana Roy ; Luc Côté"
    assert rows(build.folder / PUBLIC, sql) == [
        (3, True, "in force", None, both),
        (2, False, "withdrawn", "A statement was wrong.", both),
        (1, False, "in force", None, both),
    ]


def test_a_partner_finds_its_own_reports_and_the_steward_all_of_them(home: Home) -> None:
    publish(home, reception=CAME)
    build = current(home)
    for table in ("reports", "refusals", "revisions", "transmitted"):
        sql = f"SELECT DISTINCT sender FROM main.{table} ORDER BY 1"
        assert rows(build / "partners/SPAL.duckdb", sql) == [("SPAL",)], table
        assert ("SPAL",) in rows(build / "steward.duckdb", sql)
        assert rows(build / "partners/KEKPART.duckdb", sql) in ([], [("KEKPART",)])
        assert rows(build / PUBLIC, sql) == []
    told = rows(build / "partners/CJM.duckdb", "SELECT organisation, organisation_name FROM main.state")
    assert told == [("CJM", "Centres jeunesse")]


def test_checks_and_the_ledgers_verification_are_the_stewards_alone(home: Home) -> None:
    publish(home, reception=CAME)
    sql = 'SELECT name, passed, result_fr, "at" FROM main.checks ORDER BY name'
    told = rows(current(home) / "steward.duckdb", sql)
    assert {name for name, *_ in told} >= {"no_small_count", "figures_hold_together", "ledger_is_sound"}
    [ledger] = [row for row in told if row[0] == "ledger_is_sound"]
    assert ledger == ("ledger_is_sound", True, "12 événements recalculés, tous intacts", date(2011, 10, 2))
    assert rows(current(home) / "partners/SPAL.duckdb", sql) == []


def test_a_ledger_that_was_altered_makes_no_release(home: Home) -> None:
    altered = replace(CAME, verified=Verified(date(2011, 10, 2), events=12, findings=1))
    made = candidate(home, reception=altered)
    assert made.failed == ("ledger_is_sound",)
    assert candidate(home, reception=CAME).failed == ()
    build = release(home, made.release.number)
    sql = "SELECT passed, result_fr FROM main.checks WHERE name = 'ledger_is_sound'"
    assert rows(build.folder / "steward.duckdb", sql) == [(True, "satisfait")]


def test_what_came_in_is_news_and_that_it_was_verified_anew_is_not(home: Home) -> None:
    publish(home, reception=CAME)
    later = replace(CAME, verified=Verified(date(2012, 1, 1), events=12, findings=0))
    assert not candidate(home, reception=later).is_new
    assert candidate(home, reception=replace(CAME, refusals=CAME.refusals.clear())).is_new


# --- extracts


def index(home: Home) -> list[dict[str, Any]]:
    told = json.loads((home.published / "current/extracts/index.json").read_bytes())
    releases: list[dict[str, Any]] = told["releases"]
    return releases


def test_extracts_are_in_the_same_build_and_listed_as_they_are(home: Home) -> None:
    publish(home, now=NOON)
    [entry] = index(home)
    folder = home.published / "current/extracts/1"
    assert (entry["release"], entry["status"], entry["published_at"][:10]) == (1, "published", "2026-11-22")
    assert (entry["known_at"], entry["synthetic"]) == ("2011-09-30", False)
    for file in entry["files"]:
        content = (folder / "package" / file["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
        assert file["media_type"]
    archive = (folder / entry["archive"]["path"]).read_bytes()
    assert hashlib.sha256(archive).hexdigest() == entry["archive"]["sha256"]
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert sorted(opened.namelist()) == [file["path"] for file in entry["files"]]
    there = {path.relative_to(folder / "package").as_posix() for path in (folder / "package").rglob("*.*")}
    assert there == {file["path"] for file in entry["files"]}


def test_nothing_exact_is_in_a_package(home: Home) -> None:
    publish(home)
    names = {path.name for path in home.published.rglob("*") if path.is_file()}
    assert not names & {"exact.parquet", "findings.json", "findings.md", "moved.parquet", "protection.json"}


def test_a_withdrawn_release_is_in_no_published_file(make_home: MakeHome, another_figure: Row) -> None:
    """Not even in the build before, nor under another name: what it alone said is searched for."""
    publish(make_home(figures=({**another_figure, "value": 60.0},)))
    home = make_home(figures=({**another_figure, "value": 54321.0},))
    publish(home)
    build = withdraw(home, 2, who=MAKER, why="Un relevé était faux.", why_en="A statement was wrong.")
    assert build.release == 1
    for file in home.published.rglob("*.duckdb"):
        assert (54321.0,) not in rows(file, "SELECT value FROM main.figures")
    assert not list(home.published.glob("*/extracts/2"))
    newest, oldest = index(home)
    assert (newest["status"], newest["files"], newest["archive"]) == ("withdrawn", [], None)
    assert (newest["notice_fr"], newest["notice_en"]) == ("Un relevé était faux.", "A statement was wrong.")
    assert newest["withdrawn_at"]
    assert oldest["files"]


def test_when_nothing_is_out_any_more_the_tables_are_empty_and_say_why(home: Home) -> None:
    publish(home)
    build = withdraw(home, 1, who=MAKER, why="Un relevé était faux.")
    assert build.release is None
    files = sorted(build.folder.rglob("*.duckdb"))
    assert [file.stem for file in files] == ["CJM", "KEKPART", "SPAL", "public", "steward"]
    for file in files:
        for table in {table.name for table in TABLES} - {"releases", "build_info"}:
            assert rows(file, f"SELECT count(*) FROM main.{table}") == [(0,)]
        assert rows(file, "SELECT release, is_newest, state_fr, notice_fr FROM main.releases") == [
            (1, False, "retirée", "Un relevé était faux.")
        ]
        assert rows(file, "SELECT build, notice_fr, notice_en FROM main.build_info") == [
            (1, "Un relevé était faux.", None)
        ]
    assert {path.name for path in home.published.iterdir()} == {"2", "current", ".lock"}


def test_a_disk_without_hard_links_gets_copies(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    release_key(home.keys)  # which is itself put in place by a link
    monkeypatch.setattr(os, "link", refused)
    publish(home)
    assert (home.published / "current/extracts/1/package/manifest.json").stat().st_nlink == 1
