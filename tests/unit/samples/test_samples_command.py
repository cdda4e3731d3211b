"""`bilan samples` as it is typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app

pytestmark = pytest.mark.integration  # takes seconds


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(tmp_path / "home"))


def test_json_lists_what_was_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["samples", "--out", str(tmp_path / "out"), "--seed", "3", "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["synthetic"] is True
    assert told["seed"] == 3
    assert all((tmp_path / "out" / path).is_file() for path in told["files"])


def test_into_the_inbox_marks_the_home(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["samples", "--out", str(tmp_path / "home" / "inbox")])
    assert result.exit_code == 0
    assert "synthétiques" in result.stdout
    assert (tmp_path / "home" / "synthetic").is_file()


def test_out_is_necessary() -> None:
    assert CliRunner().invoke(app, ["samples"]).exit_code != 0
