"""What a call must be to be heard at all, whoever makes it. Pure.

A browser runs any site's page, and the page may call any address: by an image, a form, a script, a
WebSocket, or under a name of its own that leads to loopback (DNS rebinding). The page does not choose
`Host`, `Origin` and `Sec-Fetch-Site`: the browser writes them, and they tell it apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

WEBSOCKET = "WEBSOCKET"  # in the place of a method, for a call that opens one
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# `none`: an address typed or kept by the person. `same-site` is another port's page too: a stranger's.
OWN_PAGES = frozenset({None, "none", "same-origin"})
ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
NOTHING = re.compile(r"(?!)")

FORBIDDEN, BAD_METHOD, BAD_CONTENT, MISDIRECTED = 403, 405, 415, 421


@dataclass(frozen=True)
class Call:
    """A call's method, decoded path and headers (lower-case names; those given twice joined by commas)."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """The HTTP status of a refusal, and its words, in French: they repeat nothing of the call."""

    status: int
    words: str


@dataclass(frozen=True)
class Rules:
    """What one service answers.

    `origins`: where its pages are, as browsers write it (`http://127.0.0.1:3000`); `methods` it knows (None:
    it refuses others itself); `contents`: the media types that a call may carry; `only_posted`: paths that
    must not be read, because reading them does something; `linked`: the pages that another site may lead to.
    """

    origins: frozenset[str]
    methods: frozenset[str] | None
    contents: frozenset[str]
    only_posted: frozenset[str] = frozenset()
    linked: re.Pattern[str] = NOTHING


def loopback_origins(port: int) -> str:
    """The setting for a service that listens on that port of this machine alone."""
    return f"http://127.0.0.1:{port},http://localhost:{port}"


def origins_of(setting: str) -> frozenset[str]:
    """The origins that a setting lists, separated by commas. ValueError names one that is none."""
    listed = [word.strip() for word in setting.split(",") if word.strip()]
    for word in listed:
        if not ORIGIN.fullmatch(word):
            raise ValueError(f"not an origin such as https://bilan.example:8443: {word}")
    return frozenset(listed)


def refusal(call: Call, rules: Rules) -> Refusal | None:
    """Why the call is not heard, or None. No origin at all is heard nowhere."""
    return (
        _wrong_host(call, rules)
        or _from_elsewhere(call, rules)
        or _wrong_method(call, rules)
        or _wrong_content(call, rules)
    )


def _wrong_host(call: Call, rules: Rules) -> Refusal | None:
    hosts = {origin.partition("://")[2] for origin in rules.origins}
    if call.headers.get("host", "").lower() in hosts:
        return None
    return Refusal(MISDIRECTED, "Cette adresse n'est pas celle de ce service.")


def _from_elsewhere(call: Call, rules: Rules) -> Refusal | None:
    """A call that another site's page makes; of our own names, one is another site to the other.

    Browsers say which page opens a WebSocket, always.
    """
    origin, site = call.headers.get("origin"), call.headers.get("sec-fetch-site")
    if origin is None:
        known = call.method != WEBSOCKET
    else:
        known = origin in rules.origins and origin.partition("://")[2] == call.headers["host"].lower()
    if known and (site in OWN_PAGES or _follows_a_link(call, rules)):
        return None
    return Refusal(FORBIDDEN, "Cette demande ne vient pas d'une page de ce service.")


def _follows_a_link(call: Call, rules: Rules) -> bool:
    """A person goes from another site to a page that may be linked to; an image or a frame does not."""
    going = ("navigate", "document")
    fetched = (call.headers.get("sec-fetch-mode"), call.headers.get("sec-fetch-dest"))
    return call.method == "GET" and fetched == going and rules.linked.fullmatch(call.path) is not None


def _wrong_method(call: Call, rules: Rules) -> Refusal | None:
    known = rules.methods is None or call.method in rules.methods
    reads = call.method in READING and call.path in rules.only_posted
    return None if known and not reads else Refusal(BAD_METHOD, "Cette demande ne peut être faite ainsi.")


def _wrong_content(call: Call, rules: Rules) -> Refusal | None:
    """What a page may send to any site without being asked first (plain text, say) is not in `contents`."""
    if call.method in READING or call.method == WEBSOCKET:
        return None
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    empty = call.headers.get("content-length", "0") == "0" and "transfer-encoding" not in call.headers
    if kind in rules.contents or (not kind and empty):
        return None
    return Refusal(BAD_CONTENT, "Ce contenu n'est pas de ceux que ce service lit.")
