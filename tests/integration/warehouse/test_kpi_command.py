"""`bilan kpi`, as a script and as a person call it."""

import json
import subprocess
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.warehouse.query import FIELDS
from tests.commands import bilan

pytestmark = pytest.mark.integration


def bilan_kpi(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    done = bilan("kpi", *options, environment={"BILAN_HOME": str(home)})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def home(worked: Home) -> Path:
    return worked.root


def test_json_and_nothing_else_on_stdout(home: Path) -> None:
    result = bilan_kpi(home, "--code", "M05", "--period-kind", "total", "--json")
    assert result.returncode == 0, result.stderr
    figures = json.loads(result.stdout)
    assert {tuple(figure) for figure in figures} == {(*FIELDS, "waits_for")}
    assert {figure["code"] for figure in figures} == {"M05", "M05.met", "M05.meetings"}
    first = figures[0]
    assert (first["value"], first["period_start"], first["known_at"]) == (2, "2008-09-01", "2010-12-31")


def test_options_narrow_and_dates_bound(home: Path) -> None:
    result = bilan_kpi(
        home, "--code", "m04", "--programme", "mobilis", "--territory", "LONGUEUIL", "--period-kind", "total",
        "--until", "2010-12-31", "--known-at", "2010-12-31", "--breakdown", "issue", "--json",
    )  # fmt: skip
    figures = json.loads(result.stdout)
    assert {figure["breakdown_value"]: figure["value"] for figure in figures} == {
        "plaidoyer de culpabilité": 1,
        "retrait": 1,
    }


def test_a_table_for_people(home: Path) -> None:
    result = bilan_kpi(home, "--code", "M04.presented", "--period-kind", "total")
    assert result.returncode == 0
    assert "0,5000" in result.stdout
    assert "connus au 2010-12-31" in result.stdout


def test_a_code_that_does_not_exist_has_no_figure(home: Path) -> None:
    for bounds in ([], ["--until", "2010-01-01"]):
        assert json.loads(bilan_kpi(home, "--code", "M99", *bounds, "--json").stdout) == []


def test_an_empty_ledger_has_nothing_reported(tmp_path: Path) -> None:
    home = Home(tmp_path / "empty").create()
    figures = json.loads(bilan_kpi(home.root, "--json").stdout)
    assert {figure["status"] for figure in figures} == {"not_yet_reported"}
    assert {figure["value"] for figure in figures} == {None}
    assert {figure["known_at"] for figure in figures} == {None}
    assert {"M02", "P03.relative"} < {figure["code"] for figure in figures}
