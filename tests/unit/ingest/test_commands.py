"""The commands of this room: what they print, how they end, and what they do not import."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import COMMANDS, app
from bilan.home import Home

HEAVY = ("dagster", "dbt", "great_expectations", "superset", "splink", "pandas")
FIELDS = {
    "path",
    "log",
    "sender",
    "statement_date",
    "rows",
    "accepted",
    "refused",
    "held",
    "asserted",
    "corrected",
    "retracted",
    "unchanged",
    "refusals",
}
Drop = Callable[..., Path]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("BILAN_HOME", str(home.root))

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(arguments))
        return done.exit_code, done.stdout

    return call


@pytest.mark.integration
def test_ingest_tells_every_field(run: Run, drop: Drop) -> None:
    drop(
        "SPAL/arrestations_2010-03-31.csv", "A1;2010-03-01;Roy;Éric;1990;autre", "A2;2010-03-01;;Éric;1990;x"
    )
    code, text = run("ingest", "--json")
    answer = json.loads(text)
    assert code == 3
    assert answer["ledger_version"] == 1
    [file] = answer["files"]
    assert file.keys() >= FIELDS
    assert (file["path"], file["statement_date"]) == ("SPAL/arrestations_2010-03-31.csv", "2010-03-31")
    assert [(r["row"], r["column"], r["code"]) for r in file["refusals"]] == [
        (3, "suspect_nom", "missing_value"),
        (3, "motif", "unknown_value"),
    ]


@pytest.mark.integration
def test_ingest_tells_people_too(run: Run, drop: Drop) -> None:
    drop("SPAL/arrestations_2010-03-31.csv", "A1;2010-13-01;Roy;Éric;1990;autre")
    code, text = run("ingest")
    assert code == 3
    assert "date_arrestation" in text
    assert "bad_date" in text
    assert run("ingest") == (0, "Rien à prendre.\n")


@pytest.mark.integration
def test_options_say_what_the_path_does_not(run: Run, drop: Drop, tmp_path: Path) -> None:
    file = drop("export.csv", "A1;2010-03-01;Roy;Éric;1990;autre", folder=tmp_path)
    options = ("--sender", "spal", "--log", "Arrestations", "--date", "2010-03-31", "--json")
    code, text = run("ingest", str(file), *options)
    assert code == 0
    assert json.loads(text)["files"][0]["asserted"] == 1


@pytest.mark.integration
def test_held_files_are_listed_then_settled(run: Run, drop: Drop) -> None:
    for month in (3, 4):
        drop(f"SPAL/arrestations_2010-{month:02d}-28.csv")
        assert run("ingest")[0] == 3
    first, second = json.loads(run("held", "list", "--json")[1])
    assert first["reason"] == "empty"
    code, text = run("held", "accept", first["id"], "--json")
    assert (code, json.loads(text)["files"][0]["held"]) == (0, False)
    assert json.loads(run("held", "refuse", second["id"], "--json")[1])["state"] == "refused"
    assert json.loads(run("held", "list", "--json")[1]) == []
    assert "Aucun" in run("held", "list")[1]


@pytest.mark.integration
def test_verify_tells_that_all_is_sound(run: Run, drop: Drop) -> None:
    assert run("verify")[0] == 0
    drop("SPAL/arrestations_2010-03-31.csv", "A1;2010-03-01;Roy;Éric;1990;autre")
    run("ingest")
    code, text = run("verify", "--json")
    assert (code, json.loads(text)["sound"], json.loads(text)["events"]) == (0, True, 1)


@pytest.mark.parametrize("command", ["ingest", "verify"])
def test_help_is_french_then_english(run: Run, command: str) -> None:
    text = " ".join(run(command, "--help")[1].split())
    assert 0 < text.index("Code de sortie") < text.index("Exit code")


def test_every_command_has_its_name_in_the_list(run: Run) -> None:
    code, text = run("--help")
    assert code == 0
    assert {"ingest", "held", "verify"} <= set(text.split())
    assert {"demo", "run", "kpi", "samples", "serve"} <= COMMANDS.keys()
    assert run("nope")[0] == 2


def fresh_process(code: str, home: Home) -> subprocess.CompletedProcess[str]:
    environment = {"BILAN_HOME": str(home.root), "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.integration
@pytest.mark.parametrize("command", [["ingest"], ["held", "list"], ["verify"], ["--help"]])
def test_the_heavy_libraries_stay_out(home: Home, command: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['bilan', *{command}]\n"
        "from bilan.cli.main import main\n"
        "try: main()\n"
        f"finally: sys.stderr.write(' '.join(m for m in {HEAVY} if m in sys.modules))"
    )
    done = fresh_process(code, home)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.integration
def test_an_unforeseen_failure_names_its_place_alone(home: Home) -> None:
    """No message, no local, no traceback: any of them may quote a cell."""
    code = (
        "import sys; sys.argv = ['bilan', 'verify']\n"
        "import bilan.ingest.verification as room\n"
        "def fail(*given): raise ValueError('Tremblay')\n"
        "room.verify_home = fail\n"
        "from bilan.cli.main import main; main()"
    )
    done = fresh_process(code, home)
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "Tremblay" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
