"""The front before an ASGI application: calls and WebSockets alike."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from bilan.front import entrance
from bilan.front.admission import WEBSOCKET, Call, Refusal, Rules, refusal
from bilan.front.entrance import Entrance

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = "/health"  # says that this process answers, to anyone who names it rightly
COOKIE = "bilan_orchestration"
OK, SEE_OTHER, UNAUTHORIZED = 200, 303, 401
STRANGER = Refusal(
    UNAUTHORIZED,
    "Ouvrez le lien que « bilan serve » a donné. Il sert une fois ; le suivant est dans "
    "$BILAN_HOME/dagster/entrance.",
)


class AsgiFront:
    """`application` behind `rules`, and behind `let_in` unless whoever reaches this process was asked."""

    def __init__(self, application: Application, rules: Rules, let_in: Entrance | None) -> None:
        self._application, self._rules, self._let_in = application, rules, let_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's own protocol."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        call = _call(scope)
        if refused := refusal(call, self._rules):
            await _refuse(scope, send, refused)
        elif (call.method, call.path) == ("GET", HEALTH):
            await _answer(send, OK, "ok")
        elif self._let_in is None:
            await self._application(scope, receive, send)
        elif (call.method, call.path) == ("GET", entrance.PATH):
            await self._enter(scope, send, self._let_in)
        elif left := self._let_in.seconds_left(_number(call, scope)):
            await self._serve(left, scope, receive, send)
        else:
            await _refuse(scope, send, STRANGER)

    async def _serve(self, seconds: float, scope: Scope, receive: Receive, send: Send) -> None:
        """A WebSocket lasts no longer than the session that opened it."""
        try:
            async with asyncio.timeout(seconds if scope["type"] == "websocket" else None):
                await self._application(scope, receive, send)
        except TimeoutError:
            await send({"type": "websocket.close", "code": 1008})

    async def _enter(self, scope: Scope, send: Send, let_in: Entrance) -> None:
        """Give whoever holds the link a session, and lead them to the first page."""
        key = parse_qs(scope["query_string"].decode("latin-1")).get(entrance.KEY, [""])[0]
        number = let_in.enter(key)
        if number is None:
            await _refuse(scope, send, STRANGER)
            return
        cookie = f"{_cookie(scope)}={number}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, SEE_OTHER, "", ("location", "/"), ("set-cookie", cookie))


def _call(scope: Scope) -> Call:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return Call(scope.get("method", WEBSOCKET), scope["path"], headers)


def _cookie(scope: Scope) -> str:
    """The cookie's name: browsers send one port's cookies to all, and two homes may be served at once."""
    return f"{COOKIE}_{scope['server'][1]}"


def _number(call: Call, scope: Scope) -> str:
    try:
        found = SimpleCookie(call.headers.get("cookie", "")).get(_cookie(scope))
    except CookieError:
        return ""
    return found.value if found else ""


async def _refuse(scope: Scope, send: Send, refused: Refusal) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: 403
    else:
        await _answer(send, refused.status, refused.words + "\n")


async def _answer(send: Send, status: int, words: str, *more: tuple[str, str]) -> None:
    headers = (
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        *more,
    )
    encoded = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": words.encode("utf-8")})
