"""`bilan consent`, as a person and a script call it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.main import app
from bilan.home import Home
from bilan.ingest import ingest

pytestmark = pytest.mark.integration

ROW = "E1;2010-03-01;CJM;SPAL;oui;entourage;Roy;Éva;1995-01-01;R1;oui"
HERS = ("--sender", "CJM", "--ref", "R1")


@pytest.fixture
def call(home: Home, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """call(arguments...): `bilan consent`, on a home that has taken one exchange."""
    drop("CJM/echanges_2010-03-31.csv", ROW)
    ingest(home)
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    return lambda *arguments: CliRunner().invoke(app, ["consent", *arguments])


Call = Callable[..., Result]


def test_a_withdrawal_is_told_listed_and_made_once(call: Call) -> None:
    answer = json.loads(call("withdraw", *HERS, "--on", "2010-04-01", "--why", "lettre", "--json").stdout)
    assert (answer["since"], answer["destroyed_files"], answer["already_withdrawn"]) == (
        "2010-04-01",
        1,
        False,
    )
    listed = json.loads(call("list", "--json").stdout)
    assert sorted(one["token"] for one in listed) == answer["tokens"]
    assert {(one["sender"], one["since"]) for one in listed} == {("CJM", "2010-04-01")}
    again = call("withdraw", "--token", answer["tokens"][0], "--why", "lettre")
    assert "déjà retiré depuis le 2010-04-01" in again.stdout


def test_nothing_said_names_her(call: Call) -> None:
    said = call("withdraw", *HERS, "--why", "lettre").output + call("list").output
    assert "Consentement retiré" in said
    assert "Roy" not in said
    assert "R1" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("--why", "x"),
        (*HERS, "--why", " "),
        (*HERS, "--token", "p", "--why", "x"),
        ("--ref", "R1", "--why", "x"),
    ],
)
def test_whom_and_why_must_be_said(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("withdraw", *arguments).exit_code == 2


def test_a_home_without_any_says_so(call: Call) -> None:
    assert "Aucun consentement" in call("list").stdout
