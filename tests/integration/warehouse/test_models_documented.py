"""The models' documentation is one page that opens without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from bilan.cli.main import app
from bilan.home import Home

pytestmark = pytest.mark.integration


def test_the_page_opens_offline_and_shows_a_model(
    browser: Browser, worked: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(worked.root))
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
