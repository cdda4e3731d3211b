"""Events enter the warehouse once; what the figures were built from is known."""

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from bilan.ledger.events import SCHEMA, empty_events
from bilan.warehouse import freshness
from bilan.warehouse.load import load_events
from bilan.warehouse.reference import reference_hash

pytestmark = pytest.mark.integration

PROJECT = Path(__file__).parents[3] / "dbt_project"


def events(count: int, mark: str = "a") -> pl.DataFrame:
    day, moment = date(2010, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        {
            **dict.fromkeys(SCHEMA, "x"),
            "sequence": number,
            "time": day,
            "reporteddate": day,
            "recordedtime": moment,
            "data": "{}",
            "row_hash": f"{mark}{number}",
        }
        for number in range(1, count + 1)
    ]
    return pl.DataFrame(rows, schema=SCHEMA) if rows else empty_events()


def sequences(file: Path) -> list[int]:
    with duckdb.connect(file, read_only=True) as warehouse:
        return [
            row[0] for row in warehouse.execute("SELECT sequence FROM ledger.events ORDER BY 1").fetchall()
        ]


def test_only_new_events_are_appended(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    assert load_events(file, events(2), 1) == 2
    assert load_events(file, events(5), 2) == 3
    assert load_events(file, events(5), 2) == 0
    assert sequences(file) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("other", [events(3, "b"), events(1), events(0)])
def test_another_ledger_starts_afresh(tmp_path: Path, other: pl.DataFrame) -> None:
    file = tmp_path / "warehouse.duckdb"
    load_events(file, events(2), 1)
    load_events(file, other, 1)
    assert sequences(file) == other["sequence"].to_list()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    load_events(file, events(1), 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_stewards_lists_extend_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "territories.csv").write_text("name\nChambly\n", encoding="utf-8")
    (tmp_path / "partners.csv").write_text("code,name_fr,programmes\nSQ,Sûreté,Pj\n", encoding="utf-8")
    file = tmp_path / "warehouse.duckdb"
    load_events(file, events(0), -1, tmp_path)
    with duckdb.connect(file, read_only=True) as warehouse:
        names = warehouse.execute("SELECT name FROM reference.territories").fetchall()
        partner = warehouse.execute(
            "SELECT name_fr, milieu_fr FROM reference.partners WHERE code = 'SQ'"
        ).fetchone()
    assert ("Chambly",) in names
    assert ("Brossard",) in names
    assert partner == ("Sûreté", None)
    assert reference_hash(tmp_path) != reference_hash(None)


def test_a_build_is_behind_when_anything_changes(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    assert freshness.built(file).ledger_version == freshness.NEVER
    load_events(file, events(1), 4)
    assert freshness.built(file).ledger_version == freshness.NEVER
    freshness.record_build(file, PROJECT)
    first = freshness.built(file)
    assert first == freshness.Freshness(4, reference_hash(None), freshness.models_hash(PROJECT))
    load_events(file, events(2), 5)
    assert freshness.built(file) == first


@pytest.mark.parametrize("name", ["a.sql", "a.py", "a.yml", "a.md"])
def test_the_models_hash_follows_every_model(tmp_path: Path, name: str) -> None:
    (tmp_path / "models").mkdir()
    model = tmp_path / "models" / name
    model.write_text("select 1")
    before = freshness.models_hash(tmp_path)
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / name).write_text("compiled")
    assert freshness.models_hash(tmp_path) == before
    model.write_text("select 2")
    assert freshness.models_hash(tmp_path) != before
