import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home
from bilan.ingest import ingest


@pytest.fixture
def bilan(home: Home, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    drop("SPAL/references_2010-03-31.csv", "R1;2010-01-02;SPAL;CAVAC;Gagnon;Noémie;1990-05-12;;;;;;;")
    drop("CJM/references_2010-04-30.csv", "R1;2010-01-02;SPAL;CAVAC;Gagnon;Xavier;1990-05-12;;;;;;;")
    ingest(home)
    monkeypatch.setenv("BILAN_HOME", str(home.root))

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["link", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def test_a_pair_from_run_to_undo(bilan: Callable[..., str]) -> None:
    assert json.loads(bilan("run", "--json")) == {"tokens": 2, "linked": 0, "waiting": 1}
    assert "Gagnon" not in bilan("run")
    assert "Xavier" in bilan("review")
    [pair] = json.loads(bilan("review", "--json"))
    assert {person["given_name"] for person in pair["persons"]} == {"Noémie", "Xavier"}
    assert "acceptée" in bilan("accept", str(pair["number"]), "--why", "vérifié")
    one, other = (person["token"] for person in pair["persons"])
    parted = json.loads(bilan("undo", one, other, "--why", "erreur", "--json"))
    assert parted == {"token": one, "other": other, "still_one": False}
    [told] = json.loads(bilan("list", "--json"))
    assert (told["state"], told["why"]) == ("parted", "erreur")
    assert "Gagnon" not in bilan("list")
    assert "Aucune paire" in bilan("review")


def test_a_refused_pair_is_asked_no_more(bilan: Callable[..., str]) -> None:
    bilan("run")
    bilan("refuse", "1", "--why", "jumeaux")
    assert json.loads(bilan("run", "--json"))["waiting"] == 0
