"""What is due is noted once, closed, and counted as overdue until then."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.contracts import ACCESS_DUE_TYPE, ERASED_TYPE
from bilan.erasure.expire import CONFIRMED, NONE, expire
from bilan.home import Home
from bilan.identity.access import Access, read_log
from bilan.identity.vault import open_vault
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from tests.integration.erasure.story import CHARGED, SECOND, SUSPECT, drop

pytestmark = pytest.mark.integration
ACCESS = Access("périodes échues")
BEFORE, AFTER = date(2015, 12, 31), date(2016, 1, 31)


@pytest.fixture
def charged(tmp_path: Path) -> Home:
    """A minor found guilty, another whose case goes on, an adult found guilty."""
    home = Home(tmp_path / "charged").create()
    drop(
        home,
        f"SPAL/accusations_{SECOND.replace('2010', '2012')}.csv",
        CHARGED,
        [
            "C1;A1;Morin;Zoé;1996-05-06;2010-03-09;autre;2011-01-31;verdict de culpabilité",
            "C2;A2;Roy;Lina;1995-01-02;2010-03-09;autre;;",
            "C3;A3;Gagnon;Luc;1984-02-03;2010-03-09;autre;2011-01-31;verdict de culpabilité",
        ],
    )
    drop(home, f"SPAL/arrestations_{SECOND}.csv", SUSPECT, ["A1;2010-03-01;Morin;Zoé;1996-05-06;autre"])
    assert ingest(home).exit_code == 0
    return home


def events(home: Home, kind: str) -> pl.DataFrame:
    return DeltaLedger(home.ledger).events().filter(pl.col("type") == kind)


def test_what_is_due_is_noted_once_then_closed(charged: Home) -> None:
    assert expire(charged, BEFORE, ACCESS).noted == {}
    noted = expire(charged, AFTER, ACCESS, close=NONE)
    assert len(noted.noted) == len(noted.overdue) == 1
    assert expire(charged, AFTER, ACCESS, close=NONE).noted == {}, "once per person"
    told = events(charged, ACCESS_DUE_TYPE).row(0, named=True)
    assert (told["time"], told["time_precision"], told["programme"]) == (AFTER, "day", "MOBILIS")
    assert (told["territory"], json.loads(told["data"])) == ("Longueuil", {"rule": "guilty"})
    closed = expire(charged, AFTER, ACCESS)
    assert (closed.noted, closed.overdue, len(closed.closed)) == ({}, (), 1)
    assert events(charged, ERASED_TYPE)["data"].to_list() == ['{"ground":"access_period"}']
    assert expire(charged, date(2030, 1, 1), ACCESS).closed == ()
    assert verify_home(charged).findings == []


def test_the_night_closes_by_confirmed_rules_alone(charged: Home) -> None:
    assert expire(charged, AFTER, ACCESS, close=CONFIRMED).closed == ()
    lines = [
        "rule,log,outcome,applies_to,counted_from,amount,unit,source,status",
        "guilty,accusations,verdict de culpabilité,minor,conclusion,5,year,avis,confirmed",
        "arrest_of_case,arrestations,,minor,case,0,day,avis,confirmed",
    ]
    folder = charged.root / "reference"
    folder.mkdir()
    (folder / "access_periods.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert len(expire(charged, AFTER, ACCESS, close=CONFIRMED).closed) == 1


def test_birth_dates_are_read_under_one_entry(charged: Home) -> None:
    expire(charged, BEFORE, ACCESS)
    vault = open_vault(charged)
    try:
        [entry] = read_log(vault)
    finally:
        vault.close()
    assert (entry.why, len(entry.tokens)) == ("périodes échues", 3)


def test_the_command(charged: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(charged.root))
    run = CliRunner().invoke
    asked = ["expire", "--on", "2016-02-01", "--json"]
    assert len(json.loads(run(app, [*asked, "--dry-run"]).stdout)["closed"]) == 1
    assert events(charged, ACCESS_DUE_TYPE).is_empty()
    noted = json.loads(run(app, [*asked, "--note-only"]).stdout)
    assert (noted["noted"][0]["rule"], noted["closed"]) == ("guilty", [])
    done = run(app, asked)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["receipt"]["complete"] is True
    assert "fermés : 0" in run(app, ["expire", "--on", "2016-02-01"]).stdout
