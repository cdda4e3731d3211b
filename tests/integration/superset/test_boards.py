"""Both boards, as each role sees them, in a real browser."""

from pathlib import Path

import pytest
from bundle.boards import BOARDS
from playwright.sync_api import Browser, expect

from tests.integration.superset.superset_pages import (
    RunningSuperset,
    choose,
    drawn_charts,
    log_in,
    open_board,
    open_page,
    wait_until_drawn,
)

pytestmark = pytest.mark.integration
ERRORS = ".ant-alert-error, [data-test=chart-error], .missing-chart-container"
USERS = ("intendance", "ministere", "direction-spal")


def test_the_login_page_is_french_and_a_stranger_goes_there(
    superset: RunningSuperset, browser: Browser, shots: Path
) -> None:
    watched = open_page(browser)
    page = watched.page
    page.goto(f"{superset.address}/superset/dashboard/bilan-mobilis/")
    expect(page.get_by_text("Identifiant :")).to_be_visible()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    assert "/login" in page.url
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.screenshot(path=shots / "connexion.png")
    page.context.close()


@pytest.mark.parametrize("user", USERS)
def test_every_chart_of_both_boards_is_drawn(
    superset: RunningSuperset, browser: Browser, shots: Path, user: str
) -> None:
    watched = open_page(browser)
    page = watched.page
    log_in(watched, superset.address, user, superset.passwords[user])
    for board in BOARDS:
        open_board(watched, superset.address, board.slug)
        page.screenshot(path=shots / f"{board.slug}-{user}.png")
        assert drawn_charts(page) == len(board.charts)
        expect(
            page.locator(".ant-alert-error, [data-test=chart-error], .missing-chart-container")
        ).to_have_count(0)
        expect(page.get_by_text("données synthétiques")).to_be_visible()
    assert watched.failures == []
    page.context.close()


def test_the_figures_are_said_as_a_french_reader_reads_them(
    superset: RunningSuperset, browser: Browser
) -> None:
    watched = open_page(browser)
    page = watched.page
    log_in(watched, superset.address, "ministere", superset.passwords["ministere"])
    open_board(watched, superset.address, "bilan-mobilis")
    cards = [" ".join(text.split()) for text in page.locator(".bilan-carte").all_inner_texts()]
    assert len(cards) == 5 + 4  # one per figure: the period that the board opens on, and no other
    assert cards[0] == "Arrestations 90 arrestations Définition"
    assert "100 % des causes conclues n = 84 et 100 % des causes présentées" in cards[2]
    assert "masqué pour protéger les personnes" in cards[7]
    assert "Références" in page.locator(".bilan-etat-attente").inner_text()
    open_board(watched, superset.address, "bilan-pj")
    gain = " ".join(page.locator(".bilan-carte").nth(2).inner_text().split())
    assert "+15 % du résultat avant n = 298 soit +9,8 points" in gain
    page.context.close()


def test_another_kind_of_period_offers_and_takes_its_own_periods(
    superset: RunningSuperset, browser: Browser, shots: Path
) -> None:
    watched = open_page(browser)
    page = watched.page
    log_in(watched, superset.address, "ministere", superset.passwords["ministere"])
    open_board(watched, superset.address, "bilan-mobilis")
    choose(page, "Type de période", "Année du programme")
    expect(page.locator(".bilan-chiffre").first).to_have_text("90")  # the type alone changes nothing
    choose(page, "Période", "Année 2")
    choose(page, "Territoire", "Longueuil")
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_function(
        "!(document.querySelector('.bilan-chiffre')?.textContent ?? '90').startsWith('90')"
    )
    wait_until_drawn(page)
    page.screenshot(path=shots / "annee-2.png")
    assert 0 < int(page.locator(".bilan-chiffre").first.inner_text()) < 90
    expect(page.locator("td", has_text="Année 2").first).to_be_visible()
    assert watched.failures == []
    page.context.close()


def test_a_telephone_gets_one_readable_column(
    superset: RunningSuperset, browser: Browser, shots: Path
) -> None:
    watched = open_page(browser, width=390)
    page = watched.page
    log_in(watched, superset.address, "direction-cjm", superset.passwords["direction-cjm"])
    open_board(watched, superset.address, "bilan-mobilis")
    page.screenshot(path=shots / "telephone.png")
    assert page.url.split("?")[0].endswith("/bilan-mobilis-tel/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    widths = page.locator("[data-test=chart-grid-component]").evaluate_all(
        "boxes => boxes.map(box => box.getBoundingClientRect().width)"
    )
    assert min(widths) > 300
    assert watched.failures == []
    page.context.close()
