"""How long a reader waits for a board: Superset on a published home, a real browser, everything warm."""

import os
import socket
import statistics
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bilan.cli import services as service
from bilan.home import Home

REPEATS = 3
BOARDS = {
    "bilan-mobilis": "ministere",
    "bilan-pj": "ministere",
    "mon-organisation": "direction-spal",
    "trajectoires": "direction-spal",
    "qualite": "direction-spal",
}
DRAWN = """whole => {
    const shown = box => {
        const at = box.getBoundingClientRect();
        return at.top < innerHeight && at.bottom > 0;
    };
    const boxes = [...document.querySelectorAll('[data-test=chart-grid-component]')];
    const asked = whole ? boxes : boxes.filter(shown);
    const loading = [...document.querySelectorAll('[data-test=loading-indicator], .loading')];
    return asked.length > 0 && asked.every(box => box.querySelector('[data-test=slice-container]'))
        && !(whole ? loading : loading.filter(shown)).length;
}"""


def section(home: Home) -> list[str]:
    """Lines of the page of measures; `home` holds a release that is out."""
    service.bootstrap_superset(home)
    with socket.socket() as probe:
        probe.bind((service.LOOPBACK, 0))
        port = probe.getsockname()[1]
    with service.stopping() as services:
        address = service.start_superset(services, home, port)
        services.wait_ready()
        rows = [_row(address, home, slug, user) for slug, user in BOARDS.items()]
    return [
        "## Ouvrir un tableau de bord",
        "",
        f"Chromium et Superset sur la même machine ; page déjà ouverte une fois, médianes de {REPEATS}. "
        "Secondes depuis la demande de la page jusqu'au dernier graphique du premier écran, puis de toute la "
        "page (un navigateur piloté les demande tous d'un coup).",
        "",
        "| tableau | premier écran (s) | toute la page (s) |",
        "|---|---:|---:|",
        *rows,
    ]


def _row(address: str, home: Home, slug: str, user: str) -> str:
    with sync_playwright() as playwright:
        chromium = os.environ.get("BILAN_CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(120_000)
        page.goto(f"{address}/login/")
        page.locator("input[name=username], #username").first.fill(user)
        page.locator("input[type=password]").first.fill(service.passwords(home)[user])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        opened = [_open(page, f"{address}/superset/dashboard/{slug}/") for _ in range(REPEATS + 1)][1:]
        browser.close()
    first, whole = (statistics.median(seconds) for seconds in zip(*opened, strict=True))
    return f"| `{slug}` | {first:.1f} | {whole:.1f} |"


def _open(page: Page, address: str) -> tuple[float, float]:
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN, arg=False)
    first = time.perf_counter() - start
    page.wait_for_function(DRAWN, arg=True)
    return first, time.perf_counter() - start


if __name__ == "__main__":
    print("\n".join(section(Home(Path(os.environ["BILAN_HOME"])))))
