"""Whom Superset answers: its own pages, under its own name; another site's page gets nothing done."""

import http.client
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser

from tests.integration.another_site import site
from tests.integration.superset.attacks.attack_field import (
    CSRF,
    MINISTRY,
    ROLES,
    SPAL,
    STEWARD,
    Field,
    new_client,
)
from tests.integration.superset.superset_pages import log_in, open_page

pytestmark = pytest.mark.integration
HOSTILE = "evil.example"
ME = "/api/v1/me/"
BOARD = "/superset/dashboard/bilan-mobilis/"
# With and without the last stroke: a router redirects from the one to the other, in full.
PATHS = (
    "/",
    "/login",
    "/login/",
    BOARD,
    BOARD.rstrip("/"),
    "/extracts",
    "/resetmypassword/form/",
    "/nulle-part",
)
NAMES: tuple[dict[str, str], ...] = (
    {"Host": HOSTILE},
    {"Host": f"{HOSTILE}:80"},
    {"X-Forwarded-Host": HOSTILE},
    {"X-Forwarded-Prefix": f"//{HOSTILE}"},
    {"Forwarded": f"host={HOSTILE}"},
    {"X-Original-URL": f"//{HOSTILE}/"},
    {"Host": HOSTILE, "Origin": f"http://{HOSTILE}"},
)


@pytest.mark.parametrize("names", NAMES, ids="+".join)
def test_no_answer_repeats_another_name(field: Field, names: dict[str, str]) -> None:
    """DNS rebinding, poisoned caches, and redirections that lead away."""
    for path in PATHS:
        answer = field.client(SPAL).get(path, headers=names)
        assert HOSTILE not in answer.text + str(answer.headers), path
        assert answer.status_code >= 400 or "Host" not in names, path


@pytest.mark.parametrize(
    "path", [f"//{HOSTILE}", f"//{HOSTILE}/..", f"/\\{HOSTILE}", f"/%5C{HOSTILE}/%2e%2e"]
)
def test_no_path_leads_away(field: Field, path: str) -> None:
    status, answer = raw(field, f"GET {path} HTTP/1.1\r\nHost: {host(field)}")
    assert status >= 300
    assert f"ocation: //{HOSTILE}" not in answer
    assert f"ocation: http://{HOSTILE}" not in answer


@pytest.mark.parametrize(
    "head",
    [
        f"GET http://{HOSTILE}/login HTTP/1.1\r\nHost: {HOSTILE}",
        f"GET /login HTTP/1.1\r\nHost: {{host}}\r\nHost: {HOSTILE}",
        f"GET /login HTTP/1.1\r\nHost: {HOSTILE}\r\nHost: {{host}}",
        f"GET /login HTTP/1.1\r\nHost: {{host}}@{HOSTILE}",
        "GET /login HTTP/1.1\r\nHost: ",
        "GET /login HTTP/1.0",
    ],
)
def test_a_call_without_one_right_name_is_refused(field: Field, head: str) -> None:
    status, answer = raw(field, head.format(host=host(field)))
    assert status >= 400
    assert HOSTILE not in answer


def host(field: Field) -> str:
    return urlsplit(field.superset.address).netloc


def raw(field: Field, head: str) -> tuple[int, str]:
    """Send these very bytes; the status and all that comes back."""
    connection = http.client.HTTPConnection(host(field), timeout=60)
    connection.connect()
    connection.sock.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
    answer = b""
    while part := connection.sock.recv(65536):
        answer += part
    connection.close()
    return int(answer.split()[1]), answer.decode("latin-1")


ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
NEIGHBOUR = {**ELSEWHERE, "Sec-Fetch-Site": "same-site"}  # another port's page: cookies know no port


@pytest.mark.parametrize("called", [ELSEWHERE, NEIGHBOUR], ids=["another site", "another port"])
@pytest.mark.parametrize(
    "path",
    ["/logout/", "/users/delete/3", "/roles/delete/3", "/lang/en", ME, "/users/action/x/3", "/chart/list/"],
)
def test_another_site_leads_nobody_to_what_does_something(
    field: Field, path: str, called: dict[str, str]
) -> None:
    """A window that it opens holds the cookie, and some addresses act when they are read."""
    client = new_client(field.superset, STEWARD)
    assert client.get(path, headers=called).status_code == 403
    assert client.get(ME).status_code == 200


def test_a_link_from_elsewhere_opens_a_board(field: Field) -> None:
    """In a letter, on a partner's own site."""
    for path in (BOARD, "/superset/dashboard/p/x/", "/", "/login/", "/extracts/"):
        assert field.client(MINISTRY).get(path, headers=ELSEWHERE).status_code in {200, 302, 404}
    for other in ({"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}):
        assert field.client(MINISTRY).get(BOARD, headers={**ELSEWHERE, **other}).status_code == 403


@pytest.mark.parametrize("origin", [f"http://{HOSTILE}", "null", "http://127.0.0.1:9"])
def test_a_form_of_another_site_logs_nobody_in(field: Field, origin: str) -> None:
    client = new_client(field.superset, None)
    found = CSRF.search(client.get("/login/").text)
    assert found
    form = {"username": SPAL, "password": field.superset.passwords[SPAL], "csrf_token": found[1] or found[2]}
    assert client.post("/login/", data=form, headers={"Origin": origin}).status_code == 403
    assert client.get(ME).status_code == 401
    login = {"username": SPAL, "password": field.superset.passwords[SPAL], "provider": "db"}
    answer = client.post("/api/v1/security/login", json=login, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("content", ["text/plain", "text/plain; application/json", "text/html", "a/b"])
def test_what_no_page_of_ours_sends_is_not_read(field: Field, content: str) -> None:
    client = field.client(SPAL)
    answer = client.post("/superset/log/", content='{"events": "[]"}', headers={"Content-Type": content})
    assert answer.status_code == 415


DIGITS = "9" * 30
ODD = (
    *(f"/superset/dashboard/{word}/" for word in (DIGITS, "%00", "%FF", "%5c", "١٢", "%C0%AF")),
    *(f"/api/v1/dashboard/{word}" for word in (DIGITS, "%00", "9223372036854775808", "²")),
    f"/api/v1/dashboard/{DIGITS}/charts",
    f"/api/v1/dashboard/{DIGITS}/datasets",
    f"/api/v1/dashboard/{DIGITS}/filter_state/x",
    f"/api/v1/chart/{DIGITS}/data/",
    f"/api/v1/chart/{DIGITS}",
    f"/users/show/{DIGITS}",
    f"/api/v1/dataset/{DIGITS}",
    "/api/v1/dashboard/permalink/x",
    f"/api/v1/dashboard/permalink/{DIGITS}",
    "/superset/dashboard/p/x/",
    "/lang/xx",
    "/lang/%00",
    *(f"{BOARD}?form_data={word}" for word in ("1", "null", "[1]", "{", "%00", '"x"')),
    f"{BOARD}?native_filters_key={DIGITS}",
    "/superset/language_pack/%2e%2e%2fx/",
    "/static/%00",
    "/bilan/%00",
    "/extracts/api/v1/releases/%00",
    "/login/?next=%00",
)


@pytest.mark.parametrize("path", ODD)
def test_no_odd_address_is_a_fault(field: Field, path: str) -> None:
    for role in ROLES:
        answer = field.client(role).get(path)
        assert answer.status_code < 500, f"{role}: {answer.status_code}"


# A page that does all that a page can to get its reader out, or into another account.
PAGE = """<!doctype html><title>under way</title>
<img src="{address}/logout/"><iframe src="{address}/logout/"></iframe>
<script src="{address}/logout/"></script><iframe name="aside"></iframe>
<form method="post" target="aside" action="{address}/superset/log/"><input name="events" value="[]"></form>
<script>
const wait = (time) => new Promise(done => setTimeout(done, time));
document.forms[0].submit();
(async () => {{
  for (const mode of ["no-cors", "cors"])
    await fetch("{address}/logout/", {{mode, credentials: "include"}}).catch(() => null);
  const me = fetch("{address}/api/v1/me/", {{credentials: "include"}});
  window.read = await me.then(answer => answer.text()).catch(() => "");
  const opened = window.open("{address}/logout/");
  await wait(800);
  document.title = "done";
}})();
</script>"""


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_another_site_s_page_gets_nobody_out(field: Field, browser: Browser, name: str) -> None:
    address = field.superset.address
    watched = open_page(browser)
    log_in(watched, address, MINISTRY, field.superset.passwords[MINISTRY])
    with site(PAGE.format(address=address)) as port:
        other = watched.page.context.new_page()
        other.goto(f"http://{name}:{port}/")
        other.wait_for_function("document.title === 'done'")
        assert "ministere" not in other.evaluate("window.read")
    cookies = {cookie["name"]: cookie["value"] for cookie in watched.page.context.cookies()}
    assert httpx.get(address + ME, cookies=cookies).status_code == 200
    watched.page.context.close()
