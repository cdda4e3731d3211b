"""The standing warehouse follows the ledger and the lists, and rests when nothing changed."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from bilan.building.dbt import PROJECT
from bilan.building.figures import build, refresh
from bilan.cli.kpi import ask
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.warehouse import Filters, is_behind, read_kpis
from bilan.warehouse.query import Figure
from tests.integration.warehouse.telling import Telling, append

pytestmark = pytest.mark.integration
ARRESTS = Filters(code="M02", period_kind="total", programme="MOBILIS")


def arrests(home: Home) -> dict[object, Figure]:
    figures = ask(home, ARRESTS, until=None, known_at=None)
    return {figure["territory"]: figure for figure in figures if figure["breakdown"] is None}


def last_dbt_run(home: Home) -> int:
    [script] = (home.warehouse / "dbt" / "run").rglob("kpi_m02_arrests.sql")
    return script.stat().st_mtime_ns


def test_the_warehouse_follows_the_ledger_and_the_lists(tmp_path: Path) -> None:
    told = Telling()
    told.arrest("E1", "2010-01-15", "ana")
    home = told.home(tmp_path)
    assert arrests(home)[None]["value"] == 1

    ran = last_dbt_run(home)
    assert arrests(home)[None]["value"] == 1
    assert last_dbt_run(home) == ran  # nothing changed: nothing ran

    told.on = "2010-09-30"
    told.arrest("E2", "2010-08-01", "ben", territory="Brossard")
    told.arrest("E1", "2010-01-16", "ana", action="retract")
    append(DeltaLedger(home.ledger), told.events().filter(pl.col("sequence") > 1), number=2)
    after = arrests(home)
    assert (after[None]["value"], after["Brossard"]["value"], after["Longueuil"]["value"]) == (1, 1, 0)

    (home.root / "reference").mkdir()
    (home.root / "reference" / "territories.csv").write_text("name\nChambly\n", encoding="utf-8")
    assert arrests(home)["Chambly"]["status"] == "true_zero"


def test_a_changed_model_builds_everything_again(tmp_path: Path) -> None:
    told = Telling()
    told.arrest("E1", "2010-01-15", "ana")
    home = told.home(tmp_path)
    file = refresh(home)
    with duckdb.connect(file) as warehouse:  # as another version of the models would have left it
        warehouse.execute("UPDATE ledger.freshness SET models_hash = 'other' WHERE step = 'built'")
        warehouse.execute("UPDATE main.stg_arrest_made SET motif = 'unknown'")
    assert is_behind(home, PROJECT, file)
    build(file)
    assert not is_behind(home, PROJECT, file)
    motifs = read_kpis(file, Filters(code="M02", period_kind="total", breakdown="motif"))
    assert {figure["breakdown_value"] for figure in motifs} == {"autre"}


def test_what_senders_tell_otherwise_is_a_finding(tmp_path: Path) -> None:
    told = Telling()
    told.exchange("X1", "2010-01-20", sender="CJM")
    told.exchange("X1", "2010-02-20", sender="SPAL", formel=False)
    told.exchange("X2", "2010-02-20", sender="CJM")
    told.exchange("X2", "2010-02-20", sender="SPAL")
    file = refresh(told.home(tmp_path))
    with duckdb.connect(file, read_only=True) as warehouse:
        findings = warehouse.execute("SELECT * FROM main.fct_disagreement ORDER BY field").fetchall()
    both = ["CJM", "SPAL"]
    assert findings == [("echanges", "X1", "date_echange", both), ("echanges", "X1", "formel", both)]
    by_code = {
        str(f["code"]): f["value"]
        for f in read_kpis(file, Filters(code="M06", period_kind="total"))
        if f["territory"] is None and f["breakdown"] is None
    }
    assert by_code == {"M06": 2, "M06.informal": 0}  # one sender suffices to make it formal


def test_dbt_keeps_no_data_in_its_files(tmp_path: Path) -> None:
    told = Telling()
    told.arrest("E-4711", "2010-01-15", "ana")
    home = told.home(tmp_path)
    refresh(home)
    for file in (home.warehouse / "dbt").rglob("*"):
        if file.is_file():
            assert b"E-4711" not in file.read_bytes()
    assert list((home.warehouse / "dbt").rglob("kpi_m02_arrests.sql"))
