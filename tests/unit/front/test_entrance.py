"""The link and its sessions, and the front around an application of nothing."""

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bilan.front.admission import FORBIDDEN, MISDIRECTED, WEBSOCKET, Call, Rules, origins_of, refusal
from bilan.front.asgi import AsgiFront
from bilan.front.entrance import LIFE, Entrance

ADDRESS = "http://127.0.0.1:3000"
METHODS = frozenset({"GET", "POST", WEBSOCKET})
RULES = Rules(frozenset({ADDRESS}), METHODS, frozenset({"application/json"}))


def key_of(file: Path) -> str:
    return parse_qs(urlsplit(file.read_text("ascii").strip()).query)["cle"][0]


def test_a_session_ends_after_its_life(tmp_path: Path) -> None:
    now = [1000.0]
    entrance = Entrance(ADDRESS, tmp_path / "entrance", clock=lambda: now[0])
    number = entrance.enter(key_of(tmp_path / "entrance"))
    assert number is not None
    assert entrance.seconds_left(number) == LIFE
    now[0] += LIFE
    assert entrance.seconds_left(number) == 0


def test_each_link_opens_one_session_and_a_new_process_none_of_the_old(tmp_path: Path) -> None:
    file = tmp_path / "entrance"
    entrance = Entrance(ADDRESS, file)
    first = key_of(file)
    numbers = [entrance.enter(key_of(file)) for _ in range(3)]
    assert len(set(numbers) - {None}) == 3
    assert entrance.enter(first) is None
    left = key_of(file)
    again = Entrance(ADDRESS, file)
    assert again.enter(left) is None
    assert not any(again.seconds_left(str(number)) for number in numbers)
    assert [path.name for path in tmp_path.iterdir()] == ["entrance"]
    assert file.stat().st_mode & 0o077 == 0


def test_the_link_is_not_written_through_a_planted_file(tmp_path: Path) -> None:
    """What stood in its place is left alone."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("kept")
    (tmp_path / "entrance").symlink_to(elsewhere)
    Entrance(ADDRESS, tmp_path / "entrance")
    assert elsewhere.read_text() == "kept"


def scope_of(kind: str, cookie: str = "", host: str = "127.0.0.1:3000") -> dict[str, Any]:
    headers = {"host": host, "origin": ADDRESS, "cookie": cookie}
    return {
        "type": kind,
        "path": "/graphql",
        "server": ("127.0.0.1", 3000),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        **({"method": "GET"} if kind == "http" else {}),
    }


async def never(_scope: Any, _receive: Any, _send: Any) -> None:
    await asyncio.Event().wait()


def sent_by(front: AsgiFront, scope: dict[str, Any]) -> list[MutableMapping[str, Any]]:
    """What the front sends of one call."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    # In a thread: a browser that another test of the same process drives has this one's loop.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(front(scope, receive, send))).result()
    return sent


def test_a_socket_that_is_open_ends_with_its_session(tmp_path: Path) -> None:
    entrance = Entrance(ADDRESS, tmp_path / "entrance", life=0.2)
    number = entrance.enter(key_of(tmp_path / "entrance"))
    opened = scope_of("websocket", f"bilan_orchestration_3000={number}")
    assert sent_by(AsgiFront(never, RULES, entrance), opened) == [{"type": "websocket.close", "code": 1008}]


async def served(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200})


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1:3000", 200), ("evil.example", MISDIRECTED)])
def test_behind_a_proxy_that_asks_who_is_there_the_rules_still_hold(host: str, status: int) -> None:
    """A browser sends what the proxy's sign-in asks for with any page's request."""
    assert sent_by(AsgiFront(served, RULES, None), scope_of("http", host=host))[0]["status"] == status


def test_a_service_that_knows_no_origin_answers_nobody() -> None:
    for host in ("", "127.0.0.1:3000", "localhost"):
        told = refusal(Call("GET", "/", {"host": host}), Rules(origins_of(" , "), METHODS, frozenset()))
        assert told is not None
        assert told.status == MISDIRECTED


@pytest.mark.parametrize(
    "setting", ["bilan.example", "https://bilan.example/", "https://*", "ftp://x", "https://A.example"]
)
def test_a_setting_that_is_no_origin_is_named(setting: str) -> None:
    with pytest.raises(ValueError, match="not an origin"):
        origins_of(f"http://127.0.0.1:3000, {setting}")


def test_a_socket_says_whose_page_opens_it() -> None:
    told = refusal(Call(WEBSOCKET, "/graphql", {"host": "127.0.0.1:3000"}), RULES)
    assert told is not None
    assert told.status == FORBIDDEN
