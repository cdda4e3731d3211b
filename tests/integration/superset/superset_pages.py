"""What the browser tests do again and again: log in, open a board, wait until it is drawn."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, Response

from bilan.home import Home

PATIENCE = 120_000  # milliseconds; two workers on a busy machine
# Superset's own telemetry pixel, which our content policy stops: stopped is what it should be.
STOPPED_PIXEL = "gateway.scarf.sh"


@dataclass(frozen=True)
class RunningSuperset:
    """Where Superset answers, its home, everyone's password, and the seconds of its bootstrap."""

    address: str
    home: Home
    passwords: dict[str, str]
    seconds: dict[str, float]


@dataclass
class Watched:
    """A page, and what went wrong in it: failed answers and errors of its console."""

    page: Page
    failures: list[str] = field(default_factory=list)
    finished: set[str] = field(default_factory=set)  # the hosts that any request reached

    def note_answer(self, response: Response) -> None:
        if response.status >= 400:
            self.failures.append(f"{response.status} {response.url}")


def api_client(superset: RunningSuperset, user: str) -> httpx.Client:
    """An HTTP client of the REST API, logged in as that user."""
    login = {"username": user, "password": superset.passwords[user], "provider": "db"}
    answer = httpx.post(f"{superset.address}/api/v1/security/login", json=login, timeout=120)
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}", "Referer": superset.address}
    session = httpx.Client(base_url=superset.address, headers=headers, timeout=120)
    # Past the check against forged forms, so that what refuses is the role.
    session.headers["X-CSRFToken"] = session.get("/api/v1/security/csrf_token/").json()["result"]
    return session


def open_page(browser: Browser, width: int = 1366) -> Watched:
    """A fresh page of a French-speaking reader, on a screen of that width."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-CA")
    context.set_default_timeout(PATIENCE)
    watched = Watched(context.new_page())
    watched.page.on("response", watched.note_answer)
    watched.page.on(
        "requestfinished", lambda request: watched.finished.add(urlsplit(request.url).hostname or "")
    )
    watched.page.on(
        "console",
        lambda message: (
            watched.failures.append(message.text)
            if message.type == "error" and STOPPED_PIXEL not in message.text
            else None
        ),
    )
    return watched


def log_in(watched: Watched, address: str, user: str, password: str) -> None:
    """Log in through the login page, as a person does, and wait for the page that follows."""
    page = watched.page
    page.goto(f"{address}/login/")
    page.locator("input[name=username], #username").first.fill(user)
    page.locator("input[type=password]").first.fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def open_board(watched: Watched, address: str, slug: str) -> None:
    """Open a dashboard and wait until each of its charts is drawn, however far down."""
    page = watched.page
    page.goto(f"{address}/superset/dashboard/{slug}/")
    page.wait_for_selector(".bilan-etat")
    # Charts below the fold are drawn when they come in sight: show the whole page.
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(element => element.scrollHeight))"
    )
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(height + 400, 12_000)})  # type: ignore[index]  # set above
    wait_until_drawn(page)


def wait_until_drawn(page: Page) -> None:
    """Wait until no chart is loading any more."""
    page.wait_for_function(
        """() => {
            const holders = [...document.querySelectorAll('[data-test=chart-grid-component]')];
            const drawn = holders.filter(holder => holder.querySelector('[data-test=slice-container]'));
            const waiting = document.querySelectorAll('[data-test=loading-indicator], .loading');
            return holders.length > 0 && drawn.length === holders.length && waiting.length === 0;
        }"""
    )
    page.wait_for_timeout(1500)


def drawn_charts(page: Page) -> int:
    """How many charts hold a drawing, a table or words."""
    drawn: int = page.evaluate(
        """() => [...document.querySelectorAll('[data-test=slice-container]')].filter(
            box => box.querySelector('canvas, svg, table tbody tr, [class^=bilan-]')
        ).length"""
    )
    return drawn


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value in one of the board's filters."""
    items = "[data-test=form-item-value], .filter-item-wrapper, [data-test=filter-bar] .ant-form-item"
    box = page.locator(items).filter(has_text=name)
    box.last.locator(".ant-select-selector, .ant-select").first.click()
    page.locator(f".ant-select-item-option[title='{value}']").first.click()
