"""A bilan is made from a release that is out and sound; anything else is refused, and nothing is written."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.cli.releases import REFUSED
from bilan.home import Home
from bilan.release import withdraw
from bilan.release.candidate.folder import candidate_folder
from bilan.release.publication.shown.figures import Frozen
from bilan.release.wording.labels import Diffusion
from bilan.report.making import make
from bilan.report.reading import ReportError, read_source, written_rows
from bilan.report.typography import Language
from tests import releasing
from tests.unit.report.hand_made import ROWS, catalogue, frozen

pytestmark = pytest.mark.integration


def refused(home: Home, out: Path, number: int = 1) -> str:
    """The command's words where it refuses."""
    arguments = ["report", str(number), "--programme", "MOBILIS", "--out", str(out)]
    result = CliRunner().invoke(app, arguments, env={"BILAN_HOME": str(home.root)})
    assert result.exit_code == REFUSED, result.output
    assert list(out.parent.glob("*bilan*")) == []
    return result.stderr


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "bilan.pdf"


def test_a_candidate_and_what_does_not_exist_are_refused(home: Home, out: Path) -> None:
    releasing.candidate(home)
    assert "contrôlée" in refused(home, out)
    assert "n'existe pas" in refused(home, out, number=9)


def test_a_withdrawn_release_is_refused(published: Home, out: Path) -> None:
    withdraw(published, 1, who="intendance", why="une erreur")
    assert "retirée" in refused(published, out)


@pytest.mark.parametrize("name", ["public.parquet", "exact.parquet", "findings.json"])
def test_a_candidate_that_changed_since_its_approval_is_refused(
    published: Home, out: Path, name: str
) -> None:
    with (candidate_folder(published, 1) / name).open("ab") as file:
        file.write(b" ")
    assert name in refused(published, out)


def test_a_package_that_changed_is_refused(published: Home, out: Path) -> None:
    (published.releases / "1" / "package" / "METHODES.md").write_text("x")
    assert "plus intact" in refused(published, out)


def test_a_programme_or_a_format_that_is_not_known_is_said(published: Home, out: Path) -> None:
    with pytest.raises(ReportError, match="MOBILIS, Pj"):
        make(published, 1, "Autre", Language.FR, out)
    with pytest.raises(ReportError, match="aucun chiffre du programme Pj"):
        make(published, 1, "Pj", Language.FR, out)
    with pytest.raises(ReportError, match=r"\.pdf ou \.html"):
        make(published, 1, "MOBILIS", Language.FR, out.with_suffix(".docx"))
    assert list(out.parent.iterdir()) == []


def test_a_release_from_before_the_programme_is_refused() -> None:
    before = Frozen(Diffusion(1, date(2008, 8, 31), is_newest=True), frozen(1, ROWS).rows)
    with pytest.raises(ReportError, match=r"31 août 2008, et il commence le 1er septembre 2008"):
        written_rows([before], catalogue(), "MOBILIS", 1)


def test_only_what_the_public_gets_is_read_with_the_signed_hash(published: Home) -> None:
    source = read_source(published, 1, "MOBILIS")
    assert source.rows["partner"].null_count() == source.rows.height
    assert {"X01", "X02"} & set(source.rows["code"]) == set()
    index = json.loads((published.published / "current" / "extracts" / "index.json").read_bytes())
    assert source.manifest_sha256 == index["releases"][0]["manifest_sha256"]
    assert [approval.who for approval in source.approvals] == list(releasing.APPROVERS)
