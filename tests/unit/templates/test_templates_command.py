"""`bilan templates` as it is typed, and the files that it leaves."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilan.cli.main import app
from bilan.contracts import CONTRACTS
from bilan.errors import PlainError
from bilan.intake import Reference, UnknownSource, source_of
from bilan.templates import template, template_name
from tests.unit.templates.opened import Book, filled_rows


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_HOME", str(tmp_path / "home"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["templates", *arguments])


@pytest.mark.integration
def test_each_sender_gets_a_folder_of_the_logs_that_it_may_send(tmp_path: Path, reference: Reference) -> None:
    out = tmp_path / "out"
    assert run("--out", str(out)).exit_code == 0
    assert {folder.name for folder in out.iterdir()} == set(reference.partners)
    for sender in reference.partners:
        logs = {log for log, one in CONTRACTS.items() if not one.senders or sender in one.senders}
        assert {file.name for file in (out / sender).iterdir()} == {template_name(log) for log in logs}
    assert not (tmp_path / "home").exists()


def test_one_sender_however_its_code_is_typed(tmp_path: Path) -> None:
    result = run("--out", str(tmp_path / "out"), "--sender", "cisss me", "--json")
    told = json.loads(result.stdout)
    assert {Path(file).parent.name for file in told["files"]} == {"CISSS-ME"}
    assert {folder.name for folder in (tmp_path / "out").iterdir()} == {"CISSS-ME"}
    assert all((tmp_path / "out" / file).is_file() for file in told["files"])


def test_a_partner_that_the_steward_added_has_its_templates(tmp_path: Path) -> None:
    own = tmp_path / "home" / "reference" / "partners.csv"
    own.parent.mkdir(parents=True)
    own.write_text("code\nSQ\n", "utf-8")
    assert run("--out", str(tmp_path / "out"), "--sender", "SQ").exit_code == 0
    assert (tmp_path / "out" / "SQ" / template_name("references")).is_file()


def test_an_unknown_sender_is_told_with_the_known_ones(tmp_path: Path, reference: Reference) -> None:
    result = run("--out", str(tmp_path / "out"), "--sender", "GRC")
    assert result.exit_code == 1
    assert isinstance(result.exception, PlainError)
    assert str(result.exception) == f"GRC : expéditeur inconnu ; connus : {', '.join(reference.partners)}."
    assert not (tmp_path / "out").exists()


@pytest.mark.integration
def test_a_template_is_written_again_but_never_over_what_was_filled_in(
    tmp_path: Path, reference: Reference
) -> None:
    arguments = ("--out", str(tmp_path), "--sender", "SPAL")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0
    contract = CONTRACTS["operations"]
    opened = Book(contract, "SPAL", template(contract, "SPAL", reference))
    filled = opened.fill(next(filled_rows(opened)))
    path = tmp_path / "SPAL" / template_name("operations")
    path.write_bytes(filled)
    first = tmp_path / "SPAL" / template_name("arrestations")
    first.unlink()
    result = run(*arguments)
    assert (result.exit_code, isinstance(result.exception, PlainError)) == (1, True)
    assert path.read_bytes() == filled
    assert not first.exists()


def test_a_template_cannot_be_mistaken_for_a_statement() -> None:
    for log in CONTRACTS:
        with pytest.raises(UnknownSource):
            source_of(Path("SPAL") / template_name(log))
