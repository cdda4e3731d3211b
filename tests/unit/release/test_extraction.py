"""A package is handed out only for what is out, whole, and to an empty place."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home
from bilan.release import ReleaseRefusedError, withdraw
from bilan.release.package import verify_package
from bilan.release.publication.extracts import extract
from tests import releasing

REFUSED = 4


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_release_that_is_out_is_copied_whole(home: Home, tmp_path: Path) -> None:
    releasing.publish(home)
    out = tmp_path / "deep" / "out"
    assert extract(home, 1, out) == out
    assert files(out) == files(home.releases / "1" / "package")
    assert not verify_package(out, home.keys / "release.pub")["findings"]
    (out / "METHODES.md").write_text("x")  # a copy: what the home keeps does not change
    assert not verify_package(home.releases / "1" / "package", home.keys / "release.pub")["findings"]


def test_an_empty_folder_is_filled_and_one_file_may_hold_it_all(home: Home, tmp_path: Path) -> None:
    releasing.publish(home)
    (tmp_path / "out").mkdir()
    file = extract(home, 1, tmp_path / "out", as_zip=True)
    assert file == tmp_path / "out" / "bilan-1.zip"
    assert not verify_package(file, home.keys / "release.pub")["findings"]
    assert set(zipfile.ZipFile(file).namelist()) == files(home.releases / "1" / "package")


def test_a_candidate_and_what_does_not_exist_are_refused(home: Home, tmp_path: Path) -> None:
    releasing.candidate(home)
    with pytest.raises(ReleaseRefusedError, match="contrôlée"):
        extract(home, 1, tmp_path / "out")
    with pytest.raises(ReleaseRefusedError, match="n'existe pas"):
        extract(home, 2, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_withdrawn_release_is_refused(home: Home, tmp_path: Path) -> None:
    releasing.publish(home)
    withdraw(home, 1, who="intendance", why="une erreur")
    with pytest.raises(ReleaseRefusedError, match="retirée"):
        extract(home, 1, tmp_path / "out")


def test_a_package_that_changed_is_refused(home: Home, tmp_path: Path) -> None:
    releasing.publish(home)
    (home.releases / "1" / "package" / "METHODES.md").write_text("x")
    with pytest.raises(ReleaseRefusedError, match="plus intact"):
        extract(home, 1, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(home: Home, tmp_path: Path) -> None:
    releasing.publish(home)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    for place in (tmp_path / "out", tmp_path / "out" / "mine.txt"):
        with pytest.raises(ReleaseRefusedError, match="dossier vide"):
            extract(home, 1, place)
    assert files(tmp_path / "out") == {"mine.txt"}


def test_the_command_says_where_and_refuses_with_4(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    releasing.publish(home)
    out = str(tmp_path / "out")
    written = CliRunner().invoke(app, ["extract", "1", "--out", out, "--json"])
    assert (written.exit_code, json.loads(written.stdout)) == (0, {"release": 1, "out": out})
    again = CliRunner().invoke(app, ["extract", "1", "--out", out])
    assert again.exit_code == REFUSED
    assert "Refus" in again.stderr
    unknown = CliRunner().invoke(app, ["verify", out, "--json"])
    assert (unknown.exit_code, json.loads(unknown.stdout)["sound"]) == (3, False)
    trusted = tmp_path / "approvers.txt"
    trusted.write_text(CliRunner().invoke(app, ["approver", "list", "--keys"]).stdout)
    given = ["--key", str(home.keys / "release.pub"), "--approvers", str(trusted)]
    sound = CliRunner().invoke(app, ["verify", out, "--json", *given])
    assert (sound.exit_code, json.loads(sound.stdout)["sound"]) == (0, True)
    (tmp_path / "out" / "METHODS.md").unlink()
    altered = CliRunner().invoke(app, ["verify", out])
    assert altered.exit_code == 1
    assert "METHODS.md manque." in altered.stdout
    assert "METHODS.md is missing." in altered.stdout
