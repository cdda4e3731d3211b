"""dbt's own tests pass on the worked case, and each fails on figures made wrong on purpose."""

import shutil
from pathlib import Path

import duckdb
import pytest

from bilan.building.dbt import PROJECT, DbtError, run_dbt
from bilan.home import Home
from bilan.warehouse import warehouse_file
from tests.marts import described_marts

pytestmark = pytest.mark.integration

# What breaks each check, in the figures since the beginning, everywhere.
HERE = "period_kind = 'total' AND territory IS NULL AND partner IS NULL AND programme = 'MOBILIS'"
WRONGS = {
    "kpi_grain_is_unique": f"INSERT INTO kpi_values SELECT * FROM kpi_values WHERE code = 'M07' AND {HERE}",
    "kpi_status_says_what_the_value_is": "UPDATE kpi_values SET status = 'missing' WHERE code = 'M03'",
    "kpi_value_is_numerator_over_denominator": "UPDATE kpi_values SET value = 0.9 WHERE code = 'M10'",
    "kpi_breakdowns_cover_the_headline": (
        "UPDATE kpi_values SET value = 50 WHERE code = 'M02' AND breakdown = 'motif'"
    ),
    "kpi_territories_cover_all": f"UPDATE kpi_values SET value = 99 WHERE code = 'M06' AND {HERE}",
    "kpi_total_covers_each_period": "UPDATE kpi_values SET value = 70 WHERE code = 'M06.informal' AND "
    "period_kind = 'month' AND value = 1",
    "kpi_persons_are_no_more_than_their_events": (
        "UPDATE kpi_values SET value = value - 1 WHERE code = 'P02.attendances' AND value = 2"
    ),
    "kpi_interval_holds_the_value": "UPDATE kpi_values SET low = value + 1 WHERE code = 'P03'",
    "kpi_concluded_cases_agree": "UPDATE kpi_values SET numerator = 0 WHERE code = 'M04.presented'",
    "kpi_catalogue_describes_every_figure": (
        "UPDATE kpi_catalogue SET breakdowns = 'theme' WHERE code = 'P01'; "
        "DELETE FROM kpi_catalogue WHERE code = 'P09.started'"
    ),
    "marts_have_one_row_per_key": "INSERT INTO dim_cell SELECT * FROM dim_cell",
    "staging_holds_each_event_once": (
        "INSERT INTO stg_arrest_made SELECT * FROM stg_arrest_made; DELETE FROM stg_charge_laid"
    ),
}


@pytest.fixture(scope="module")
def standing(worked: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, in which dbt's unit tests may write."""
    file = warehouse_file(worked)
    return Path(shutil.copyfile(file, tmp_path_factory.mktemp("checks") / file.name))


def test_each_check_has_a_wrong() -> None:
    assert set(WRONGS) == {path.stem for path in (PROJECT / "tests").glob("*.sql")}


def test_checks_and_unit_tests_pass_on_the_worked_case(standing: Path) -> None:
    ran = run_dbt("test", standing)
    assert len(ran) > len(WRONGS) + 12
    assert {one.status for one in ran} == {"pass"}


def test_each_check_fails_on_its_wrong(standing: Path, tmp_path: Path) -> None:
    broken = tmp_path / standing.name
    shutil.copyfile(standing, broken)
    with duckdb.connect(broken) as warehouse:
        for wrong in WRONGS.values():
            warehouse.execute(wrong)
    with pytest.raises(DbtError) as failure:
        run_dbt("test", broken, "--select", "test_type:singular")
    assert set(str(failure.value).split(": ")[1].split(", ")) == set(WRONGS)


def test_generic_checks_fail_on_unknown_words(standing: Path, tmp_path: Path) -> None:
    broken = tmp_path / standing.name
    shutil.copyfile(standing, broken)
    with duckdb.connect(broken) as warehouse:
        warehouse.execute("UPDATE kpi_values SET status = 'suppressed'")
    with pytest.raises(DbtError, match="accepted_values_kpi_values"):
        run_dbt("test", broken, "--select", "kpi_values,test_type:generic")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("territory = NULL", "fct_arrest (territory is null)"),
        ("event_id = 'told twice'", "fct_arrest (two rows have one primary key)"),
    ],
)
def test_what_a_contract_refuses_stops_the_build(
    standing: Path, tmp_path: Path, wrong: str, said: str
) -> None:
    broken = tmp_path / standing.name
    shutil.copyfile(standing, broken)
    with duckdb.connect(broken) as warehouse:
        warehouse.execute(f"UPDATE stg_arrest_made SET {wrong}")
    with pytest.raises(DbtError) as failure:
        run_dbt("run", broken, "--select", "fct_arrest")
    assert str(failure.value) == f"dbt run failed: {said}"


def test_each_mart_has_the_columns_that_it_describes(standing: Path) -> None:
    with duckdb.connect(standing, read_only=True) as warehouse:
        built = dict(
            warehouse.execute(
                "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
                "WHERE schema_name = 'main' GROUP BY table_name"
            ).fetchall()
        )
    for name, model in described_marts().items():
        assert [column["name"] for column in model["columns"]] == built[name]
