"""Dagster attacked by those whom a browser or the machine lets near it: the nightly schedule still runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.integration.front.steward import STOPPED, Orchestration

pytestmark = pytest.mark.integration
RUNNING = {"every_morning": "RUNNING", "every_night": "RUNNING"}
EVIL = "http://evil.example"
REFUSALS = range(400, 500)


@pytest.fixture(scope="module", autouse=True)
def _nothing_was_done(orchestration: Orchestration) -> Iterator[None]:
    yield
    assert orchestration.states() == RUNNING


def post(orchestration: Orchestration, **changes: str) -> httpx.Response:
    """The mutation as Dagster's own page sends it, with other headers."""
    own = {
        "Origin": orchestration.address,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
    }
    body = httpx.Request("POST", EVIL, json={"query": orchestration.stopping}).content
    headers = {**own, **orchestration.session, **changes}
    sent = {name: value for name, value in headers.items() if value}
    return httpx.post(f"{orchestration.address}/graphql", content=body, headers=sent)


def port_of(address: str) -> str:
    return address.rpartition(":")[2]


HOSTS = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:9",
    "127.0.0.1.:{port}",
    "127.0.0.2:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1:{port}@evil.example",
    "0.0.0.0:{port}",
    "[::1]:{port}",
)
ORIGINS = (
    EVIL,
    "null",
    "file://",
    "http://127.0.0.1",
    "http://127.0.0.1:9",
    "http://localhost:{port}",  # ours, but not the one that is called: who listens on ::1 there?
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:{port}, http://evil.example",
    "http://evil.example:{port}",
)


@pytest.mark.parametrize("host", HOSTS)
def test_no_other_name_leads_here(orchestration: Orchestration, host: str) -> None:
    """DNS rebinding: the page's own name leads to loopback, and its requests are of the same origin."""
    named = host.format(port=port_of(orchestration.address))
    answer = post(orchestration, Host=named, Origin=f"http://{named}")
    assert answer.status_code in REFUSALS
    assert "evil" not in answer.text + str(answer.headers)
    for path in ("/", "/server_info", "/health", "/entrer", "/graphql?query={version}"):
        got = httpx.get(orchestration.address + path, headers={**orchestration.session, "Host": named})
        assert got.status_code in REFUSALS


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_other_site_s_page_is_answered(orchestration: Orchestration, origin: str) -> None:
    written = origin.format(port=port_of(orchestration.address))
    assert post(orchestration, **{"Origin": written, "Sec-Fetch-Site": ""}).status_code in REFUSALS


@pytest.mark.parametrize("site", ["cross-site", "same-site", "SAME-SITE", "same-origin, cross-site"])
@pytest.mark.parametrize("path", ["/", "/graphql", "/logs/x.out", "/entrer"])
def test_nothing_is_embedded_nor_linked_to(orchestration: Orchestration, site: str, path: str) -> None:
    """Another port of this machine is another site's page: browsers send it the same cookies."""
    going = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    answer = httpx.get(orchestration.address + path, headers={**orchestration.session, **going})
    assert answer.status_code in REFUSALS


CONTENTS = (
    "",
    "text/plain",
    "text/plain; application/json",
    "text/plain, application/json",
    "application/graphql",
    "application/jsonx",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
)


@pytest.mark.parametrize("content", CONTENTS)
def test_what_any_page_may_send_is_not_read(orchestration: Orchestration, content: str) -> None:
    """Old browsers say nothing of where a form comes from; what it carries tells it."""
    answer = post(orchestration, **{"Content-Type": content, "Origin": "", "Sec-Fetch-Site": ""})
    assert answer.status_code in REFUSALS


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "QUERY"])
@pytest.mark.parametrize("path", ["/graphql", "/%67raphql", "/graphql/", "//graphql"])
def test_reading_does_nothing(orchestration: Orchestration, method: str, path: str) -> None:
    """A mutation in the address: an image's, a link's, a frame's."""
    asked = {"query": orchestration.stopping}
    client = httpx.Client(base_url=orchestration.address, headers=orchestration.session)
    answer = client.request(method, path, params=asked)
    assert answer.status_code in REFUSALS or STOPPED not in answer.text


STRANGERS: dict[str, dict[str, str]] = {
    "nothing": {},
    "a forged session": {"Cookie": "{name}=forged"},
    "an empty session": {"Cookie": "{name}="},
    "another port's session": {"Cookie": "{name}0={value}"},
    "a broken cookie": {"Cookie": '{name}="\\'},
    "a password": {"Authorization": "Basic aW50ZW5kYW5jZTppbnRlbmRhbmNl"},
    "a proxy's words": {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-User": "intendance"},
}  # fmt: skip


@pytest.mark.parametrize("held", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_on_this_machine_gets_nothing(orchestration: Orchestration, held: dict[str, str]) -> None:
    """Another account's program reaches loopback, and writes what headers it likes."""
    cookie = {"name": orchestration.cookie.name, "value": orchestration.cookie.value}
    headers = {name: value.format(**cookie) for name, value in held.items()}
    assert post(orchestration, **{"Cookie": "", **headers}).status_code in REFUSALS
    for path in ("/", "/server_info", "/runs", "/logs/x.out", "/download_debug/x", "/favicon.png"):
        answer = httpx.get(orchestration.address + path, headers=headers)
        assert answer.status_code == 401, path
        assert "agster-" not in answer.text


SOCKETS: dict[str, dict[str, Any]] = {
    "another site's": {"origin": EVIL},
    "another port's": {"origin": "http://127.0.0.1:9"},
    "a sandboxed page's": {"origin": "null"},
    "nobody's page": {"origin": None},
    "another name": {"host": "evil.example"},
    "without a session": {"session": False},
}


def open_socket(orchestration: Orchestration, **changes: Any) -> list[str]:
    """Open the subscriptions' WebSocket, send the mutation through it, and return what comes back."""
    headers = orchestration.session if changes.get("session", True) else {}
    address = orchestration.address.replace("http", "ws", 1) + "/graphql"
    origin = changes.get("origin", orchestration.address)
    if "host" in changes:
        headers = {**headers, "Host": changes["host"]}
    with connect(
        address, origin=origin, subprotocols=[Subprotocol("graphql-ws")], additional_headers=headers
    ) as opened:
        opened.send('{"type": "connection_init"}')
        return [str(opened.recv(timeout=30))]


@pytest.mark.parametrize("changes", SOCKETS.values(), ids=SOCKETS)
def test_a_socket_is_opened_by_one_s_own_page(orchestration: Orchestration, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidStatus):
        open_socket(orchestration, **changes)


def test_the_steward_s_own_page_is_served(orchestration: Orchestration) -> None:
    """What the tests above refuse is refused for the one thing that each of them changes."""
    assert "connection_ack" in open_socket(orchestration)[0]
    query = '{"query": "{ version }"}'
    headers = {**orchestration.session, "Origin": orchestration.address, "Content-Type": "application/json"}
    answer = httpx.post(f"{orchestration.address}/graphql", content=query, headers=headers)
    assert answer.json()["data"]["version"]
    assert orchestration.client.get("/").status_code == 200


def test_the_link_serves_once_and_leaves_another(orchestration: Orchestration) -> None:
    assert httpx.get(orchestration.link).status_code == 401
    file = next(path for path in orchestration.home.dagster.iterdir() if path.name == "entrance")
    assert file.stat().st_mode & 0o077 == 0
    following = file.read_text().strip()
    assert following != orchestration.link
    assert httpx.head(following).status_code == 401  # a preview of the link doesn't spend it
    entered = httpx.get(following)
    assert entered.status_code == 303
    told = entered.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    assert httpx.get(following).status_code == 401


def test_nothing_else_of_dagster_s_listens_where_others_reach(orchestration: Orchestration) -> None:
    """No other port of any address; files that are sockets are their owner's alone."""
    started = {pid for root in orchestration.pids for pid in _descendants(root)}
    inodes = {
        link.readlink().name.removeprefix("socket:[").rstrip("]")
        for pid in started
        for link in Path(f"/proc/{pid}/fd").iterdir()
        if link.is_symlink() and str(link.readlink()).startswith("socket:")
    }
    ports = {
        int(line.split()[1].rpartition(":")[2], 16)
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[9] in inodes
    }
    assert ports == {int(port_of(orchestration.address))}
    files = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    named = [
        Path(line[7]) for line in files if len(line) > 7 and line[6] in inodes and line[7].startswith("/")
    ]
    assert named
    assert not [path for path in named if path.exists() and path.stat().st_mode & 0o077]


def _descendants(pid: int) -> set[int]:
    found = {pid}
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found |= _descendants(int(child))
    return found
