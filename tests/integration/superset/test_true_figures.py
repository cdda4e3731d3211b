"""The way whole, from events to page: what a reader sees is what `bilan kpi` says, or is hidden."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from bilan.building.figures import refresh
from bilan.cli.main import app
from bilan.home import Home
from tests import releasing
from tests.integration.superset.published_sample import switch_to
from tests.integration.superset.superset_pages import RunningSuperset, log_in, open_board, open_page
from tests.integration.warehouse.telling import Telling

pytestmark = pytest.mark.integration
BUILD = 9
HIDDEN = "masqué pour protéger les personnes"
WITHOUT = {"missing": "ne s'applique pas", "not_yet_reported": "pas encore reçu"}


@pytest.fixture
def true_home(superset: RunningSuperset, tmp_path: Path) -> Iterator[Home]:
    """A home whose release readers find for the time of the test."""
    telling = Telling(on="2011-09-30")
    for number in range(40):
        month = f"{2009 + number // 20}-{1 + number % 12:02d}-15"
        telling.arrest(f"E{number}", month, f"p{number}", "proxénétisme" if number % 3 else "autre")
        telling.charge(f"C{number}", month, f"p{number}", f"E{number}")
        telling.meet(f"R{number}", month, f"y{number}", "CJM" if number % 2 else "CAVAC")
        telling.exchange(f"X{number}", month, f"y{number}")
    home = telling.home(tmp_path)
    refresh(home)
    build = releasing.publish(home)
    shutil.copytree(build.folder, superset.home.published / str(BUILD))
    before = int((superset.home.published / "current").readlink().name)
    switch_to(superset.home.root, BUILD)
    yield home
    switch_to(superset.home.root, before)
    shutil.rmtree(superset.home.published / str(BUILD))


def told(home: Home) -> dict[str, dict[str, Any]]:
    """What `bilan kpi` says of the first phase of MOBILIS, by code."""
    arguments = ["kpi", "--programme", "MOBILIS", "--period-kind", "phase", "--json"]
    answer = CliRunner().invoke(app, arguments, env={"BILAN_HOME": str(home.root)})
    assert answer.exit_code == 0, answer.output
    return {
        row["code"]: row
        for row in json.loads(answer.stdout)
        if (row["territory"], row["partner"], row["breakdown"]) == (None, None, None)
        and row["period_start"] == "2008-09-01"
    }


def test_every_key_figure_on_the_page_is_the_one_that_the_warehouse_tells(
    superset: RunningSuperset, browser: Browser, true_home: Home
) -> None:
    watched = open_page(browser)
    log_in(watched, superset.address, "ministere", superset.passwords["ministere"])
    open_board(watched, superset.address, "bilan-mobilis")
    shown = {
        card.locator(".bilan-pied a").get_attribute("href"): card.locator(
            ".bilan-chiffre, .bilan-sans-chiffre"
        ).inner_text()
        for card in watched.page.locator(".bilan-carte").all()
    }
    watched.page.context.close()
    exact = told(true_home)
    figures = 0
    for address, text in shown.items():
        row = exact[(address or "").removeprefix("#def-")]
        if text == HIDDEN:  # what there is none of may be hidden too
            continue
        if row["status"] in WITHOUT:
            assert text == WITHOUT[row["status"]]
        else:
            figures += 1
            number = float(text.replace("\u00a0", "").replace("%", "").replace(",", "."))
            assert number == pytest.approx(row["value"] * (100 if "%" in text else 1), abs=0.05)
    assert figures > 3
    assert shown["#def-M03"] == "40"
