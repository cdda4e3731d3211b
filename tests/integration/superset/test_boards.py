"""The five boards in both languages, as each role sees them, in a real browser."""

from itertools import product
from pathlib import Path

import duckdb
import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from bilan_superset.access import board_readers
from bilan_superset.bars import bars
from bilan_superset.setup.accounts import roles_of_users
from bundle.assets import Board
from bundle.boards import boards
from playwright.sync_api import Browser, Page, expect

from bilan.dashboards.boards import BOARDS, MINISTRY_REVIEWER, PARTNER_DIRECTOR
from tests.integration.superset.superset_pages import (
    PATIENCE,
    RunningSuperset,
    Watched,
    choose,
    drawn_charts,
    log_in,
    open_board,
    open_page,
    wait_until_drawn,
)
from tests.thorough import either

pytestmark = pytest.mark.integration
ERRORS = ".ant-alert-error, [data-test=chart-error], .missing-chart-container"
FILES = {"intendance": "steward", "ministere": "public", "direction-spal": "partners/SPAL"}
LANGUAGES = ("fr", "en")
# every board in each language at least, and every role
READINGS = either(
    [("intendance", "fr"), ("direction-spal", "en"), ("ministere", "fr")], [*product(FILES, LANGUAGES)]
)
BANNER = {"fr": "données synthétiques", "en": "synthetic data"}


def reader(superset: RunningSuperset, browser: Browser, user: str, width: int = 1366) -> Watched:
    watched = open_page(browser, width)
    log_in(watched, superset.address, user, superset.passwords[user])
    return watched


def readable(user: str, language: str) -> list[Board]:
    held = set(roles_of_users(["SPAL"])[user])
    return [
        board for board in boards() if board.language == language and held & set(board_readers(board.slug))
    ]


def test_every_board_is_drawn_in_each_language() -> None:
    drawn = {board.slug for user, language in READINGS for board in readable(user, language)}
    assert drawn == {board.slug for board in boards()}


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


def test_the_lengths_and_hues_of_bars_are_served_from_memory(superset: RunningSuperset) -> None:
    answer = httpx.get(f"{superset.address}/bilan/bars.css", timeout=120)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.text == bars()


@pytest.mark.parametrize(("user", "language"), READINGS)
def test_every_chart_of_every_board_that_a_role_reads_is_drawn(
    superset: RunningSuperset, browser: Browser, shots: Path, user: str, language: str
) -> None:
    watched = reader(superset, browser, user)
    page = watched.page
    for board in readable(user, language):
        open_board(watched, superset.address, board.slug)
        page.screenshot(path=shots / f"{board.slug}-{user}.png")
        assert drawn_charts(page) == len(board.charts), board.slug
        expect(page.locator(ERRORS)).to_have_count(0)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.get_by_text(BANNER[language], exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == language
        assert cards(page) == published_cards(superset, user, board), board.slug
    assert watched.failures == []
    assert watched.finished <= {"127.0.0.1", ""}
    page.context.close()


def cards(page: Page) -> dict[str, str]:
    """Each key figure on the page: its name, and the figure or the words that stand for it."""
    return {
        card.locator("h3").inner_text(): card.locator(".bilan-chiffre, .bilan-sans-chiffre").inner_text()
        for card in page.locator(".bilan-carte").all()
    }


LEVELS = {"board_figures": "all", "board_own": "partner"}
FIGURES = """select name_{0}, coalesce(figure_{0}, status_{0}) from figures
    where level = $level and list_contains($codes, code) and territory is null and period_{0} = $period"""
ANSWERS = "select name_{0}, figure_{0} from board_answers where true"
CHOSEN = """ and diffusion_{0} = $release
    and ($programme is null or programme = $programme or programme_{0} = $programme)"""


def published_cards(superset: RunningSuperset, user: str, board: Board) -> dict[str, str]:
    """What the reader's own file says of the same measures, at what the board opens on."""
    opened = {chosen.name: chosen.opens_on for chosen in board.filters}
    chosen = {"release": opened["release"], "programme": board.programme or opened.get("programme")}
    told: dict[str, str] = {}
    file = superset.home.published / f"current/{FILES[user]}.duckdb"
    with duckdb.connect(str(file), read_only=True) as published:
        for chart in board.charts:
            if "bilan-carte" not in chart.params.get("handlebarsTemplate", ""):
                continue
            asked: dict[str, object] = dict(chosen)
            if level := LEVELS.get(chart.dataset):
                [codes] = [w["comparator"] for w in chart.params["adhoc_filters"] if w["subject"] == "code"]
                asked |= {"level": level, "codes": codes, "period": opened["period"]}
            question = (FIGURES if level else ANSWERS) + CHOSEN
            told |= dict(published.execute(question.format(board.language), asked).fetchall())
    return told


def test_who_may_not_read_a_board_is_told_so(superset: RunningSuperset, browser: Browser) -> None:
    watched = reader(superset, browser, "ministere")
    page = watched.page
    for board in BOARDS:
        if MINISTRY_REVIEWER in board.readers:
            continue
        answer = page.goto(superset.address + board.address("fr"))
        assert answer is not None
        assert answer.status in {403, 404} or page.url.endswith("/bilan-mobilis/"), board.slug
        expect(page.locator(".bilan-etat")).to_have_count(0)
    page.context.close()


def test_a_director_s_own_figures_stand_beside_the_total(superset: RunningSuperset, browser: Browser) -> None:
    watched = reader(superset, browser, "direction-spal")
    page = watched.page
    open_board(watched, superset.address, "mon-organisation")
    expect(page.locator("h1")).to_contain_text("Service de police")
    row = page.locator(".bilan-propre tr", has_text="Références").first
    own, everyone = row.locator("td").nth(0).inner_text(), row.locator("td").nth(1).inner_text()
    assert 0 < int(own.split()[0]) < int(everyone)
    lines = page.locator(".bilan-releves tbody th").all_inner_texts()
    assert lines
    assert {line.split(" ")[0] for line in lines} == {"SPAL"}
    page.context.close()


def test_the_figures_are_said_as_each_language_reads_them(
    superset: RunningSuperset, browser: Browser
) -> None:
    watched = reader(superset, browser, "ministere")
    page = watched.page
    said = {}
    for slug in ("bilan-pj", "bilan-pj-en"):
        open_board(watched, superset.address, slug)
        said[slug] = " ".join(page.locator(".bilan-carte").nth(2).inner_text().split())
    assert "+15 %" in said["bilan-pj"]
    assert "n = 298" in said["bilan-pj"]
    assert "soit +9,8 points" in said["bilan-pj"]
    assert "+15%" in said["bilan-pj-en"]
    assert "that is +9.8 points" in said["bilan-pj-en"]
    page.context.close()


def test_a_board_leads_to_its_definitions_and_to_its_twin(
    superset: RunningSuperset, browser: Browser
) -> None:
    watched = reader(superset, browser, "ministere")
    page = watched.page
    open_board(watched, superset.address, "bilan-mobilis")
    page.locator(".bilan-carte").first.get_by_role("link").click()
    assert page.url.endswith("#def-M02")
    expect(page.locator("#def-M02")).to_be_in_viewport()
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**/bilan-mobilis-en/**")
    expect(page.locator("h1")).to_have_text("MOBILIS review", timeout=PATIENCE)
    page.context.close()


def test_filters_narrow_every_chart_and_go_back_to_an_earlier_release(
    superset: RunningSuperset, browser: Browser, shots: Path
) -> None:
    watched = reader(superset, browser, "ministere")
    page = watched.page
    open_board(watched, superset.address, "bilan-mobilis")
    first = page.locator(".bilan-chiffre").first
    newest = first.inner_text()
    choose(page, "Type de période", "Année du programme")
    expect(first).to_have_text(newest)  # the type alone changes nothing
    choose(page, "Période", "Année 2")
    page.get_by_role("button", name="Appliquer").click()
    expect(first).not_to_have_text(newest)
    wait_until_drawn(page)
    expect(page.locator("td", has_text="Année 2").first).to_be_visible()
    page.screenshot(path=shots / "annee-2.png")
    open_board(watched, superset.address, "bilan-mobilis")
    earlier = page.locator(".ant-select-item-option").filter(has_text="n° 1")
    page.locator("[data-test=form-item-value]").last.locator(".ant-select").first.click()
    earlier.first.click()
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator(".bilan-etat-ligne")).to_contain_text("diffusion n° 1")
    wait_until_drawn(page)
    assert int(first.inner_text()) < int(newest)
    assert watched.failures == []
    page.context.close()


@pytest.mark.parametrize("language", either(LANGUAGES[:1], LANGUAGES))
@pytest.mark.parametrize("width", [390, 768])
def test_a_telephone_and_a_tablet_get_one_readable_column(
    superset: RunningSuperset, browser: Browser, shots: Path, width: int, language: str
) -> None:
    watched = reader(superset, browser, "direction-spal", width)
    page = watched.page
    for board in readable("direction-spal", language):
        page.set_viewport_size({"width": width, "height": 844})
        open_board(watched, superset.address, board.slug)
        page.screenshot(path=shots / f"{board.slug}-{width}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 10
        widths = page.locator("[data-test=chart-grid-component]").evaluate_all(
            "boxes => boxes.map(box => box.getBoundingClientRect().width)"
        )
        assert min(widths) > width - 90
        links = {link.get_attribute("href"): link for link in page.locator(".main-nav a").all()}
        assert set(links) == {
            f"/superset/dashboard/{other.slug}/" for other in readable("direction-spal", language)
        }
        for link in links.values():
            link.click(trial=True)  # nothing lies over it
    assert watched.failures == []
    page.context.close()


def test_boards_are_accessible(superset: RunningSuperset, browser: Browser) -> None:
    watched = reader(superset, browser, "direction-spal")
    for board in readable("direction-spal", "fr"):
        open_board(watched, superset.address, board.slug)
        found = [
            (rule["id"], node["target"], node["html"][:120])
            for rule in Axe().run(watched.page).response["violations"]
            if rule["impact"] in {"critical", "serious"}
            for node in rule["nodes"]
        ]
        assert found == [], board.slug
    watched.page.context.close()


def test_the_role_of_a_director_is_what_opens_the_own_board() -> None:
    assert PARTNER_DIRECTOR in board_readers("mon-organisation-en")
    assert board_readers("autre") == ()
