"""The models' documentation is one page that opens without a network, and names the boards."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser
from typer.testing import CliRunner

from bilan.building.dbt import PROJECT
from bilan.cli.main import app
from tests.integration.warehouse.worked_case import worked_case

pytestmark = pytest.mark.integration
BOARDS = PROJECT.parent / "superset_config" / "assets" / "dashboards"


def test_the_page_opens_offline_and_shows_a_model(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(worked_case().home(tmp_path / "home").root))
    page = tmp_path / "docs" / "bilan.html"
    written = CliRunner().invoke(app, ["docs", "--out", str(page)])
    assert written.exit_code == 0, written.output
    asked: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{page.as_uri()}#!/model/model.bilan.kpi_m02_arrests")
    tab.get_by_role("heading", name="kpi_m02_arrests").first.wait_for()
    assert "Arrestations" in tab.content()
    tab.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_the_exposures_are_the_boards() -> None:
    exposures = yaml.safe_load((PROJECT / "models" / "exposures.yml").read_text(encoding="utf-8"))[
        "exposures"
    ]
    boards = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in BOARDS.glob("*.yaml")]
    named = {exposure["name"].replace("_", "-"): exposure["label"] for exposure in exposures}
    assert named == {
        board["slug"]: board["dashboard_title"]
        for board in boards
        if not board["slug"].endswith(("-tel", "-en"))
    }
