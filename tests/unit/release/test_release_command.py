"""`bilan release` and `bilan approver` as a person types them: words, exit codes, JSON alone on stdout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bilan.cli.demo import DemoError, approve_by_ourselves, bilans
from bilan.cli.main import app
from bilan.cli.releases import REFUSED
from bilan.home import Home
from bilan.release import resume
from bilan.release.candidate.folder import candidate_folder
from bilan.release.register.entries import mark_file
from bilan.release.register.transitions import State
from tests.releasing import candidate, keys_of, publish

pytestmark = pytest.mark.integration

MakeHome = Callable[..., Home]
Row = dict[str, Any]


@pytest.fixture
def home(make_home: MakeHome, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = make_home()
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    return home


def said(*arguments: str, code: int = 0, typed: str | None = None) -> str:
    result = CliRunner().invoke(app, list(arguments), input=typed)
    assert result.exit_code == code, result.output
    return result.stdout


def told(*arguments: str) -> Any:
    return json.loads(said(*arguments, "--json"))


def test_two_people_are_registered_and_publish(home: Home, tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.key" for name in ("ana", "luc")}
    for name, file in files.items():
        added = told("approver", "add", name, "--account", name, "--out", str(file), "--no-passphrase")
        assert (added["name"], file.exists()) == (name, True)
    assert [person["account"] for person in told("approver", "list")] == ["ana", "luc"]
    assert "ana" in said("approver", "list")
    assert said("approver", "list", "--keys").split()[1::2] == ["ana", "luc"]
    candidate(home)
    first = told("release", "approve", "1", "--key", str(files["ana"]))
    assert (first["missing"], first["build"], first["state"]) == (1, None, "checked")
    second = told("release", "approve", "1", "--key", str(files["luc"]))
    assert (second["missing"], second["build"], second["state"]) == (0, 1, "published")
    [release] = told("release", "list")
    assert [signature["name"] for signature in release["signatures"]] == ["ana", "luc"]
    assert "publiée" in said("release", "list")


def test_a_passphrase_is_asked_twice_then_at_each_signature(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "ana.key"
    said("approver", "add", "Ana", "--account", "ana", "--out", str(file), typed="sept mots\nsept mots\n")
    candidate(home)
    said("release", "approve", "1", "--key", str(file), code=REFUSED, typed="huit mots\n")
    assert "Il manque 1 signature" in said("release", "approve", "1", "--key", str(file), typed="sept mots\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("release", "approve", "7", "--key", "{key}"),
        ("release", "approve", "1", "--key", "{home}/absente.key"),
        ("release", "show", "7"),
        ("release", "diff", "1", "7"),
        ("release", "withdraw", "1", "--why", "Un relevé était faux."),
        ("approver", "remove", "Personne", "--why", "inconnue"),
        ("approver", "add", "Zoé", "--account", "zoe", "--out", "{home}/zoe.key", "--no-passphrase"),
        ("approver", "add", "Ana Roy", "--account", "x", "--out", "{home}/../x.key", "--no-passphrase"),
    ],
)
def test_what_the_gate_refuses_exits_4_with_nothing_on_stdout(home: Home, arguments: tuple[str, ...]) -> None:
    candidate(home)
    key = keys_of(home)[0]
    words = [word.format(home=home.root, key=key) for word in arguments]
    assert said(*words, "--json", code=REFUSED) == ""


def test_a_tampered_candidate_is_not_even_shown(home: Home) -> None:
    candidate(home)
    findings = candidate_folder(home, 1) / "findings.json"
    findings.write_text(findings.read_text().replace("M02", "M03"))
    said("release", "show", "1", code=REFUSED)
    said("release", "diff", "1", "1", code=REFUSED)


def test_what_an_approver_should_read_is_shown(make_home: MakeHome, home: Home, another_figure: Row) -> None:
    small = {**another_figure, "territory": "Brossard", "value": 3.0}
    publish(make_home(figures=(another_figure, small, {**small, "territory": "Longueuil", "value": 57.0})))
    candidate(make_home(figures=({**another_figure, "value": 200.0},)))
    shown = said("release", "show", "2")
    assert "✓ protection_is_safe" in shown
    assert "2 disparues, 1 changées" in shown
    assert "1 chiffres ont bougé plus qu'attendu" in shown
    assert [step["step"] for step in told("release", "show", "2")["steps"]] == ["freeze", "pass"]
    hidden = said("release", "show", "1")
    assert "2 cellules masquées sur 3" in hidden
    assert "M02 : 2" in hidden


def test_a_difference_reads_from_what_to_what(make_home: MakeHome, home: Home, another_figure: Row) -> None:
    candidate(make_home(figures=(another_figure,)))
    candidate(make_home(figures=({**another_figure, "value": 3.0},)))
    assert "60 → masqué pour protéger les personnes" in said("release", "diff", "1", "2")
    found = told("release", "diff", "1", "2")
    assert found["counts"] == {"added": 0, "removed": 0, "changed": 1}
    assert (found["changed"][0]["value_before"], found["changed"][0]["value"]) == (60.0, None)


def test_a_release_is_withdrawn_with_its_notice(home: Home) -> None:
    publish(home)
    why = ("--why", "Un relevé était faux.", "--why-en", "A statement was wrong.")
    assert told("release", "withdraw", "1", *why) == {"release": 1, "build": 2, "shown": None}
    [release] = told("release", "list")
    assert (release["notice_fr"], release["notice_en"]) == ("Un relevé était faux.", "A statement was wrong.")


def test_a_removed_approver_is_told_as_such(home: Home) -> None:
    keys_of(home)
    assert "n'approuve plus" in said("approver", "remove", "aroy", "--why", "est partie")
    gone = {person["name"]: person["removed_at"] for person in told("approver", "list")}
    assert gone["Ana Roy"]
    assert gone["Luc Côté"] is None


def test_a_restored_register_is_accepted_with_a_reason(home: Home) -> None:
    publish(home)
    mark_file(home).unlink()
    said("release", "list", code=1)
    said("release", "accept-register", "--why", " ", code=REFUSED)
    assert told("release", "accept-register", "--why", "clés remises sans la marque") == {"accepted": True}
    assert [release["state"] for release in told("release", "list")] == ["published"]


def test_an_empty_home_lists_nothing(home: Home) -> None:
    assert told("release", "list") == told("approver", "list") == []


# --- the demonstration


def test_a_demonstration_tells_all_in_two_bilans_unless_it_has_begun(tmp_path: Path, home: Home) -> None:
    [(first, until), (since, last)] = bilans(Home(tmp_path / "empty").create())
    assert until == since
    (home.ledger / "part-0.parquet").touch()
    assert bilans(home) == [(first, last)]


def test_a_demonstration_approves_for_itself_once(home: Home) -> None:
    (home.root / "synthetic").touch()
    candidate(home)
    approve_by_ourselves(home)
    approve_by_ourselves(home)
    assert {number: release.state for number, release in resume(home).items()} == {1: State.PUBLISHED}
    for file in home.keys.glob("demo-*.key"):
        assert file.stat().st_mode & 0o077 == 0


def test_but_never_on_real_logs(home: Home) -> None:
    candidate(home)
    with pytest.raises(DemoError, match="deux vraies personnes"):
        approve_by_ourselves(home)
    assert not list(home.keys.glob("demo-*"))
    assert resume(home)[1].state is State.CHECKED
