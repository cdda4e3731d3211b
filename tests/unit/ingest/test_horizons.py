"""Since when nothing has come from a sender of a log, as the ledger has it, on a day that is given."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home
from bilan.ingest import ingest
from orchestration.assets.ledger import appended

pytestmark = pytest.mark.integration

Drop = Callable[..., Path]
ROY = "Roy;Éric;1990-01-01"
ARREST = f"A1;2010-03-01;{ROY};autre"
EXCHANGE = "E1;2010-03-01;CJM;SPAL;oui;entourage;;;;;"
CJM = ("CJM", "echanges", date(2010, 3, 31))


@pytest.fixture
def reported(home: Home, drop: Drop) -> Home:
    """SPAL goes on without news, CJM sends nothing more after March."""
    drop("CJM/echanges_2010-03-31.csv", EXCHANGE)
    for month in ("03-31", "04-30", "05-31"):
        drop(f"SPAL/arrestations_2010-{month}.csv", ARREST)
    ingest(home)
    return home


def silent(home: Home, on: date | None = None) -> list[tuple[str, str, date]]:
    return [(one.sender, one.log, one.since) for one in ingest(home, on=on).silences.logs]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2010, 6, 14), []),  # 45 days after the end of April
        (date(2010, 6, 15), [CJM]),
        (date(2010, 8, 15), [CJM, ("SPAL", "arrestations", date(2010, 5, 31))]),
    ],
)
def test_a_log_is_silent_once_a_month_that_it_owes_is_overdue(
    reported: Home, on: date, expected: list[tuple[str, str, date]]
) -> None:
    assert silent(reported, on) == expected


def test_a_statement_without_news_breaks_the_silence_and_one_that_tells_nothing_does_not(
    reported: Home, drop: Drop
) -> None:
    drop("CJM/echanges_2010-06-30.csv", EXCHANGE.replace("2010-03-01", "?"))
    assert silent(reported, date(2010, 6, 30)) == [CJM]
    drop("CJM/echanges_2010-06-30.csv", EXCHANGE)
    assert silent(reported, date(2010, 6, 30)) == []


def test_without_a_day_it_is_judged_on_that_of_the_newest_statement(reported: Home, drop: Drop) -> None:
    assert ingest(reported).silences.on == date(2010, 5, 31)
    drop("SPAL/arrestations_2010-06-30.csv", ARREST)
    report = ingest(reported)
    assert (report.silences.on, [one.sender for one in report.silences.logs]) == (date(2010, 6, 30), ["CJM"])


def test_an_empty_ledger_knows_of_no_silence(home: Home) -> None:
    assert ingest(home, on=date(2020, 1, 1)).silences.logs == ()


def test_the_terminal_json_and_dagster_say_so(reported: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(reported.root))
    words = CliRunner().invoke(app, ["ingest", "--on", "2010-06-15"]).stdout
    assert "En date du 2010-06-15, rien reçu depuis" in words
    assert "2010-03-31" in words
    answer = json.loads(CliRunner().invoke(app, ["ingest", "--on", "2010-06-15", "--json"]).stdout)
    logs = [{"sender": "CJM", "log": "echanges", "since": "2010-03-31"}]
    assert answer["nothing_since"] == {"on": "2010-06-15", "logs": logs}
    report = ingest(reported, on=date(2010, 6, 15))
    assert appended(report)["rien_recu_depuis"] == {"CJM/echanges": "2010-03-31"}
