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

pytestmark = pytest.mark.integration

REFUSED = 4


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_release_that_is_out_is_copied_whole(published: Home, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    assert extract(published, 1, out) == out
    assert files(out) == files(published.releases / "1" / "package")
    assert not verify_package(out, published.keys / "release.pub")["findings"]
    (out / "METHODES.md").write_text("x")  # a copy: what the home keeps does not change
    kept = published.releases / "1" / "package"
    assert not verify_package(kept, published.keys / "release.pub")["findings"]


def test_an_empty_folder_is_filled_and_one_file_may_hold_it_all(published: Home, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    file = extract(published, 1, tmp_path / "out", as_zip=True)
    assert file == tmp_path / "out" / "bilan-1.zip"
    assert not verify_package(file, published.keys / "release.pub")["findings"]
    assert set(zipfile.ZipFile(file).namelist()) == files(published.releases / "1" / "package")


def test_a_candidate_and_what_does_not_exist_are_refused(home: Home, tmp_path: Path) -> None:
    releasing.candidate(home)
    with pytest.raises(ReleaseRefusedError, match="contrôlée"):
        extract(home, 1, tmp_path / "out")
    with pytest.raises(ReleaseRefusedError, match="n'existe pas"):
        extract(home, 2, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_withdrawn_release_is_refused(published: Home, tmp_path: Path) -> None:
    withdraw(published, 1, who="intendance", why="une erreur")
    with pytest.raises(ReleaseRefusedError, match="retirée"):
        extract(published, 1, tmp_path / "out")


def test_a_package_that_changed_is_refused(published: Home, tmp_path: Path) -> None:
    (published.releases / "1" / "package" / "METHODES.md").write_text("x")
    with pytest.raises(ReleaseRefusedError, match="plus intact"):
        extract(published, 1, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(published: Home, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    for place in (tmp_path / "out", tmp_path / "out" / "mine.txt"):
        with pytest.raises(ReleaseRefusedError, match="dossier vide"):
            extract(published, 1, place)
    assert files(tmp_path / "out") == {"mine.txt"}


def test_the_command_says_where_and_refuses_with_4(
    published: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(published.root))
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
    given = ["--key", str(published.keys / "release.pub"), "--approvers", str(trusted)]
    sound = CliRunner().invoke(app, ["verify", out, "--json", *given])
    assert (sound.exit_code, json.loads(sound.stdout)["sound"]) == (0, True)
    (tmp_path / "out" / "METHODS.md").unlink()
    altered = CliRunner().invoke(app, ["verify", out])
    assert altered.exit_code == 1
    assert "METHODS.md manque." in altered.stdout
    assert "METHODS.md is missing." in altered.stdout
