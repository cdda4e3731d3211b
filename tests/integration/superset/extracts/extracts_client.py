"""What the tests of extracts do again and again: log in, make a token, call the API, read its journal."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx

from tests.integration.superset.superset_pages import RunningSuperset

API = "/extracts/api/v1"
FILE = "data/kpi_values.csv"
EVERYTHING = (
    "releases",
    "releases/2",
    f"releases/2/files/{FILE}",
    "releases/2/archive",
    "releases/2/kpis/M02",
    "openapi.json",
)
Page = Callable[[str], httpx.Client]
Get = Callable[..., httpx.Response]


def page_client(superset: RunningSuperset, user: str) -> httpx.Client:
    """A client logged in through the login page, as a browser is."""
    client = httpx.Client(base_url=superset.address, timeout=60)
    login = client.get("/login/").text
    form = {"username": user, "password": superset.passwords[user], "csrf_token": csrf(login)}
    assert client.post("/login/", data=form).headers["location"] == "/"
    return client


def csrf(page: str) -> str:
    found = re.search(r'csrf_token[^>]*value="([^"]+)"', page) or re.search(
        r"csrf_token&#34;: &#34;([^&]+)", page
    )
    assert found
    return found[1]


def make_token(client: httpx.Client, label: str = "essai", days: str = "30") -> str:
    form = {"label": label, "days": days, "csrf_token": csrf(client.get("/extracts/tokens/").text)}
    shown = client.post("/extracts/tokens/", data=form)
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"
    found = re.search(r'id="token">(bilan_[0-9a-f]{12}_[\w-]{43})<', shown.text)
    assert found
    return found[1]


def revoke(client: httpx.Client, number: str) -> httpx.Response:
    form = {"csrf_token": csrf(client.get("/extracts/tokens/").text)}
    return client.post(f"/extracts/tokens/{number}/revoke", data=form)


def pull(superset: RunningSuperset, path: str, token: str | None = None, **headers: str) -> httpx.Response:
    authorization = {"Authorization": f"Bearer {token}"} if token else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"{superset.address}{API}/{path}", headers={**authorization, **named}, timeout=60)


def problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    assert all(told[member] for member in ("type", "title", "title_en", "detail", "detail_en"))
    return told


def journal(superset: RunningSuperset) -> list[dict[str, Any]]:
    lines = (superset.home.superset / "extracts-access.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]
