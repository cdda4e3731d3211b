"""How long a reader waits for a board: Superset on a published home, a real browser, everything warm."""

import os
import socket
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bilan.cli import services as service
from bilan.dashboards.boards import BOARDS, MINISTRY_REVIEWER, Entry
from bilan.home import Home

REPEATS = 5
# Ready when every chart that is asked for is there, and nothing in its place is loading.
READY = """what => {
    const shown = box => {
        const at = box.getBoundingClientRect();
        return at.top < innerHeight && at.bottom > 0;
    };
    const all = [...document.querySelectorAll('[data-test=chart-grid-component]')];
    const charts = what === 'screen' ? all.filter(shown) : all;
    const waits = box => !!box.querySelector('[data-test=loading-indicator], .loading');
    const drawn = box => box.querySelector('[data-test=slice-container]') && !waits(box);
    return charts.length > 0 && charts.every(drawn) && !(what === 'page' && waits(document));
}"""
STAGES = ("screen", "charts", "page")
REST = 1500  # milliseconds, so that one page's end is no part of the next one's beginning
WARMING = 4  # openings: two workers each keep their own answers


def section(home: Home) -> list[str]:
    """Lines of the page of measures; `home` holds a release that is out."""
    service.bootstrap_superset(home)
    with socket.socket() as probe:
        probe.bind((service.LOOPBACK, 0))
        port = probe.getsockname()[1]
    with service.stopping() as services:
        address = service.start_superset(services, home, port)
        services.wait_ready()
        rows = [_row(address, home, board) for board in BOARDS]
    return [
        "## Ouvrir un tableau de bord",
        "",
        "Chromium et Superset sur la même machine, à deux cœurs. Secondes depuis la demande de la page : "
        f"jusqu'au dernier graphique à la première ouverture ; puis, ouverte {WARMING} fois, médianes de "
        f"{REPEATS} jusqu'au dernier graphique du premier écran, jusqu'au dernier graphique, et jusqu'aux "
        "choix des filtres. Un navigateur avec son profil, comme celui d'une personne : il garde les scripts "
        "compilés ; piloté, il demande tous les graphiques d'un coup, même hors de l'écran.",
        "",
        "| tableau | première ouverture (s) | premier écran (s) | dernier graphique (s) | filtres (s) |",
        "|---|---:|---:|---:|---:|",
        *rows,
    ]


def _row(address: str, home: Home, board: Entry) -> str:
    """A line of the table, in a browser with a profile, as a reader's: it keeps the compiled scripts."""
    user = "ministere" if MINISTRY_REVIEWER in board.readers else "direction-spal"
    with sync_playwright() as playwright, TemporaryDirectory() as profile:
        browser = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("BILAN_CHROMIUM") or None,
            args=["--no-sandbox"],
            viewport={"width": 1366, "height": 768},
        )
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/login/")
        page.locator("input[name=username], #username").first.fill(user)
        page.locator("input[type=password]").first.fill(service.passwords(home)[user])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        opened = [_open(page, address + board.address("fr")) for _ in range(WARMING + REPEATS)]
        browser.close()
    warm = [statistics.median(seconds) for seconds in zip(*opened[WARMING:], strict=True)]
    return f"| `{board.slug}` | {opened[0][1]:.1f} | {' | '.join(f'{seconds:.1f}' for seconds in warm)} |"


def _open(page: Page, address: str) -> list[float]:
    """Seconds to each stage of the page."""
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    reached = []
    for stage in STAGES:
        page.wait_for_function(READY, arg=stage)
        reached.append(time.perf_counter() - start)
    page.wait_for_timeout(REST)
    return reached


if __name__ == "__main__":
    print("\n".join(section(Home(Path(os.environ["BILAN_HOME"])))))
