"""Past figures are the same to the digit after an erasure, as known now and as known before it."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bilan.building.figures import as_of, refresh
from bilan.erasure.expire import NONE, expire
from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity.access import Access
from bilan.ingest import ingest
from bilan.warehouse import Filters, warehouse_file
from tests.integration.erasure.story import BOTH, CHARGED, MET, OTHERS_MET, SECOND, SUSPECT, THIRD, drop, met

pytestmark = pytest.mark.integration
CUBE = "select * exclude (known_at) from main.kpi_values order by all"
ASKED = Request(Access("demande"), sender="SPAL", reference="REF-77", linked=True)


def cube(home: Home, known_at: date | None = None) -> list[tuple[object, ...]]:
    """The whole cube, the families that tell of erasures themselves left out."""
    if known_at is None:
        refresh(home)
        with duckdb.connect(warehouse_file(home), read_only=True) as warehouse:
            return [row for row in warehouse.execute(CUBE).fetchall() if not str(row[0]).startswith("V")]
    with (
        as_of(home, Filters(), known_at=known_at) as (file, _),
        duckdb.connect(file, read_only=True) as warehouse,
    ):
        return [row for row in warehouse.execute(CUBE).fetchall() if not str(row[0]).startswith("V")]


def test_figures_stay_to_the_digit(home: Home) -> None:
    before, earlier = cube(home), cube(home, date.fromisoformat(SECOND))
    assert any(row[9] for row in before), "figures that are not nothing"
    receipt = erase(home, ASKED).receipt
    assert receipt is not None
    assert receipt.complete
    assert cube(home) == before
    assert cube(home, date.fromisoformat(SECOND)) == earlier


def test_a_restatement_without_her_moves_no_figure(home: Home, tmp_path: Path) -> None:
    """Her sender restates everything after the erasure: the cube is what it is where nobody was erased."""
    whole = Home(tmp_path / "whole")
    shutil.copytree(home.root, whole.root, symlinks=True)
    erase(home, ASKED)
    arrests = [
        "A1;2010-03-01;Morin;Zoé;1996-05-06;autre",
        "A1;2010-03-01;Gagnon;Luc;1984-02-03;autre",
        "A2;2010-03-02;Morin;Zoé;1996-05-06;stupéfiants",
        "A3;2010-03-03;Gagnon;Luc;1984-02-03;stupéfiants",
    ]
    for place in (home, whole):
        drop(place, f"SPAL/jeunes_rencontres_{THIRD}.csv", MET, [*met(BOTH, "M1", "M3"), *OTHERS_MET])
        drop(place, f"SPAL/arrestations_{THIRD}.csv", SUSPECT, arrests)
        ingest(place)
    assert cube(home) == cube(whole)


def test_what_is_overdue_is_counted_until_it_is_closed(tmp_path: Path) -> None:
    home = Home(tmp_path / "charged").create()
    rows = ["C1;A1;Morin;Zoé;1996-05-06;2010-03-09;autre;2011-01-31;retrait"]
    drop(home, "SPAL/accusations_2012-04-30.csv", CHARGED, rows)
    ingest(home)

    def told(code: str) -> list[tuple[object, ...]]:
        refresh(home)
        query = (
            "select value, status from main.kpi_values where code = ? and programme = 'MOBILIS'"
            " and territory is null and period_kind = 'total'"
        )
        with duckdb.connect(warehouse_file(home), read_only=True) as warehouse:
            return warehouse.execute(query, [code]).fetchall()

    assert told("V02") == [(0.0, "true_zero")]
    on = date(2012, 5, 1)
    expire(home, on, Access("échues"), close=NONE)
    assert (told("V02"), told("V02.closed")) == ([(1.0, "value")], [(0.0, "true_zero")])
    expire(home, on, Access("échues"))
    assert (told("V02"), told("V02.closed")) == ([(0.0, "true_zero")], [(1.0, "value")])
