"""Another site's page, open in the real browser in which the steward works in Dagster."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from bilan.cli import services as service
from tests.integration.another_site import site
from tests.integration.front.steward import Orchestration

pytestmark = pytest.mark.integration
SITES = ("localhost", "127.0.0.1")  # another site; and, by another port, what browsers call the same one

# Everything that a page can do to another site without asking, then a mark that it is done.
HOSTILE = """<!doctype html><title>under way</title>
<img src="{get}"><iframe src="{get}"></iframe><script src="{get}"></script>
<link rel="stylesheet" href="{get}">
<iframe name="aside"></iframe>
<form method="post" target="aside" action="{get}" enctype="text/plain">
<input name='{head}' value='"}}'></form>
<script>
const json = {body}, quiet = {{mode: "no-cors", credentials: "include"}};
const socket = () => new Promise(done => {{
  const opened = new WebSocket("{address}/graphql".replace("http", "ws"), "graphql-ws");
  opened.onopen = () => {{
    window.opened = true;
    opened.send('{{"type":"connection_init"}}');
    opened.send(JSON.stringify({{type: "start", id: "1", payload: JSON.parse(json)}}));
    setTimeout(done, 1000);
  }};
  opened.onerror = opened.onclose = done;
}});
const send = (options) => fetch("{address}/graphql", {{...quiet, ...options}}).catch(() => null);
document.forms[0].submit();
(async () => {{
  await fetch("{get}", quiet).catch(() => null);
  for (const type of ["text/plain", "text/plain; application/json", "application/json"])
    for (const mode of ["no-cors", "cors"])
      await send({{method: "POST", body: json, mode, headers: {{"Content-Type": type}}}});
  await send({{method: "POST", body: new URLSearchParams({{query: JSON.parse(json).query}})}});
  navigator.sendBeacon("{address}/graphql", new Blob([json], {{type: "text/plain;application/json"}}));
  await socket();
  const other = window.open("{get}");
  await new Promise(done => setTimeout(done, 1500));
  try {{ window.read = other && other.document.body.textContent; }} catch {{ window.read = null; }}
  document.title = window.opened ? "opened" : "done";
}})();
</script>"""


@pytest.fixture
def desk(browser: Browser, orchestration: Orchestration) -> Iterator[Page]:
    """The steward's own browser, in which Dagster is open."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(service.entrance(orchestration.home))
    yield page
    context.close()


def test_dagster_s_own_page_works_behind_the_front(desk: Page, orchestration: Orchestration) -> None:
    failures: list[str] = []
    sockets: list[WebSocket] = []
    desk.on("response", lambda one: failures.append(one.url) if one.status >= 400 else None)
    desk.on("websocket", lambda one: sockets.append(one))  # noqa: PLW0108  # Playwright writes on its handlers
    desk.goto(f"{orchestration.address}/automation")
    desk.wait_for_selector("text=every_night")
    assert not failures
    assert sockets
    assert not [socket.url for socket in sockets if socket.is_closed()]


@pytest.mark.parametrize("name", SITES)
def test_another_site_s_page_does_nothing(desk: Page, orchestration: Orchestration, name: str) -> None:
    mutation = orchestration.stopping
    body = f'{{"query": "{mutation.replace(chr(34), chr(92) + chr(34))}"}}'
    page = HOSTILE.format(
        get=f"{orchestration.address}/graphql?query={quote(mutation)}",
        head=body.removesuffix("}").replace("'", "&#39;"),
        body=repr(body),
        address=orchestration.address,
    )
    with site(page) as port:
        other = desk.context.new_page()
        other.goto(f"http://{name}:{port}/")
        other.wait_for_function("document.title !== 'under way'")
        assert other.title() == "done"
        assert "Dagster" not in (other.evaluate("window.read") or "")
    assert orchestration.states() == {"every_morning": "RUNNING", "every_night": "RUNNING"}
    assert desk.goto(orchestration.address).status == 200  # type: ignore[union-attr]  # it is a page
