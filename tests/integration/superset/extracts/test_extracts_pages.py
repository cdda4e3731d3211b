"""The pages of extracts in a real browser: accessible, in both languages, with nothing from elsewhere."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.integration.superset.superset_pages import RunningSuperset, log_in, open_page

pytestmark = pytest.mark.integration


def faults(page: Any) -> list[str]:
    """What axe finds, whatever its weight."""
    return [rule["id"] for rule in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("width", [1366, 390])
def test_a_reviewer_downloads_makes_a_token_and_revokes_it(
    superset: RunningSuperset, browser: Browser, shots: Path, tmp_path: Path, width: int
) -> None:
    watched = open_page(browser, width)
    page = watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    log_in(watched, superset.address, "ministere", superset.passwords["ministere"])
    asked.clear()

    page.goto(f"{superset.address}/extracts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Extraits")
    assert page.evaluate("document.documentElement.lang") == "fr"
    expect(page.get_by_text("Données fictives").first).to_be_visible()
    expect(page.get_by_text("un journal y était compté deux fois")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    page.screenshot(path=shots / f"extraits-{width}.png", full_page=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="bilan-2.zip").click()
    download.value.save_as(tmp_path / "bilan-2.zip")
    assert (tmp_path / "bilan-2.zip").read_bytes().startswith(b"PK")

    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Extracts")
    expect(page.get_by_text("a log was counted twice")).to_be_visible()
    page.get_by_role("link", name="Tokens").click()
    page.get_by_label("What is it for?").fill("<b>suivi</b>")
    page.get_by_role("button", name="Make the token").click()
    shown = page.locator("#token").inner_text()
    assert shown.startswith("bilan_")
    assert faults(page) == []
    page.screenshot(path=shots / f"jetons-{width}.png", full_page=True)
    page.goto(f"{superset.address}/extracts/tokens/?lang=en")
    assert shown not in page.content()
    page.get_by_role("button", name="Revoke <b>suivi</b>").click()
    expect(page.get_by_role("button", name="Revoke <b>suivi</b>")).to_have_count(0)
    assert {url.split("/")[2] for url in asked} == {superset.address.split("/")[2]}
    assert watched.failures == []
    page.context.close()


def test_a_director_is_told_why_not(superset: RunningSuperset, browser: Browser) -> None:
    watched = open_page(browser)
    page = watched.page
    log_in(watched, superset.address, "direction-cjm", superset.passwords["direction-cjm"])
    page.goto(f"{superset.address}/extracts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accès réservé")
    assert faults(page) == []
    page.context.close()


def test_a_stranger_arrives_where_she_was_going_once_logged_in(
    superset: RunningSuperset, browser: Browser
) -> None:
    watched = open_page(browser)
    page = watched.page
    page.goto(f"{superset.address}/extracts/")
    page.locator("input[name=username], #username").first.fill("ministere")
    page.locator("input[type=password]").first.fill(superset.passwords["ministere"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/extracts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Extraits")
    page.context.close()
