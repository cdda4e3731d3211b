"""Logging in, staying in, getting out; and what every answer says to browsers."""

import json
import re
import sqlite3
from contextlib import closing

import httpx
import pytest

from tests.integration.superset.attacks.attack_field import CJM, MINISTRY, SPAL, Field, log_in, new_client
from tests.integration.superset.superset_pages import api_client

pytestmark = pytest.mark.integration
PAGE = "/superset/dashboard/bilan-mobilis/"
ME = "/api/v1/me/"
FREE_TRIES = 5
CHANGING = "direction-ville"
AGE = {"opened": 8 * 3600, "used": 30 * 60}
HOSTILE = "evil.example"


def copy_of(client: httpx.Client) -> httpx.Client:
    """Another browser that holds the same cookies."""
    return httpx.Client(base_url=client.base_url, cookies=dict(client.cookies), timeout=120)


def is_out(client: httpx.Client) -> bool:
    page = client.get(PAGE)
    return (
        client.get(ME).status_code == 401 and page.status_code == 302 and "/login" in page.headers["location"]
    )


def test_a_stranger_is_sent_to_the_login(field: Field) -> None:
    stranger = new_client(field.superset, None)
    for path in ("/", PAGE, "/chart/list/", "/sqllab/"):
        answer = stranger.get(path)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/login")
    assert is_out(stranger)
    assert stranger.get("/superset/language_pack/fr/").json()["locale_data"]


def test_a_logout_ends_the_session_and_every_copy_of_its_cookie(field: Field) -> None:
    client = new_client(field.superset, SPAL)
    stolen = copy_of(client)
    assert client.get(ME).status_code == stolen.get(ME).status_code == 200
    client.get("/logout/")
    assert is_out(client)
    assert is_out(stolen)


@pytest.mark.parametrize("column", ["opened", "used"])
def test_a_session_ends_by_itself(field: Field, column: str) -> None:
    """After eight hours, and after half an hour without a request: its entry is made that old."""
    client = new_client(field.superset, SPAL)
    with closing(sqlite3.connect(field.superset.home.superset / "logins.db", timeout=30)) as logins:
        logins.execute(f"UPDATE session SET {column} = {column} - {AGE[column]}")
        logins.commit()
    assert is_out(client)
    field.clients.clear()  # everybody's session was made older


def test_a_new_password_ends_every_session_of_the_account(field: Field) -> None:
    client, elsewhere = new_client(field.superset, CHANGING), new_client(field.superset, CHANGING)
    form = {
        "password": "Un-nouveau-mot-de-passe-1",
        "conf_password": "Un-nouveau-mot-de-passe-1",
        "old_password": field.superset.passwords[CHANGING],
    }
    token = {"csrf_token": client.headers["X-CSRFToken"]}
    assert client.post("/resetmypassword/form", data={**form, **token}).status_code == 302
    assert is_out(client)
    assert is_out(elsewhere)


def test_a_login_opens_a_session_of_its_own(field: Field) -> None:
    """A cookie that someone planted before the login opens nothing after it."""
    client = new_client(field.superset, None)
    client.get("/login/")
    planted = copy_of(client)
    log_in(client, SPAL, field.superset.passwords[SPAL])
    assert client.get(ME).status_code == 200
    assert is_out(planted)


def test_a_changed_cookie_is_a_stranger_s(field: Field) -> None:
    client = copy_of(new_client(field.superset, SPAL))
    client.cookies.set("session", dict(client.cookies)["session"][:-3] + "abc")
    assert is_out(client)


def test_cookies_are_flagged(field: Field) -> None:
    client = new_client(field.superset, None)
    flags = log_in(client, SPAL, field.superset.passwords[SPAL]).headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags


def test_a_form_without_a_token_changes_nothing(field: Field) -> None:
    client = new_client(field.superset, SPAL)
    del client.headers["X-CSRFToken"]
    number = field.boards["bilan-mobilis"]
    for path in (f"/api/v1/dashboard/{number}/permalink", f"/api/v1/dashboard/{number}/filter_state"):
        assert client.post(path, json={"value": "{}"}).status_code == 400
    stranger = new_client(field.superset, None)
    answer = stranger.post("/login/", data={"username": SPAL, "password": field.superset.passwords[SPAL]})
    assert is_out(stranger), answer.text


@pytest.mark.parametrize(
    "following", [f"https://{HOSTILE}/", f"//{HOSTILE}/", f"/%5C{HOSTILE}/", f"http:{HOSTILE}"]
)
def test_no_login_leads_to_another_site(field: Field, following: str) -> None:
    client = new_client(field.superset, None)
    answer = log_in(client, SPAL, field.superset.passwords[SPAL], following)
    assert re.fullmatch(rf"(?:{re.escape(field.superset.address)})?/[^/\\].*|/", answer.headers["location"])


def test_another_host_s_name_is_not_repeated(field: Field) -> None:
    client = field.client(SPAL)
    for path in ("/", PAGE, "/nulle-part", "/login/", "/chart/list/"):
        answer = client.get(path, headers={"Host": HOSTILE})
        assert HOSTILE not in answer.headers.get("location", "")
        assert HOSTILE not in answer.text


def api_try(field: Field, user: str, password: str) -> httpx.Response:
    body = {"username": user, "password": password, "provider": "db"}
    return httpx.post(f"{field.superset.address}/api/v1/security/login", json=body, timeout=120)


@pytest.mark.parametrize("user", ["direction-cavac", "personne"])
def test_guessing_is_slowed_whether_or_not_the_account_exists(field: Field, user: str) -> None:
    """By the API and by the form together, whichever worker answers; other accounts still log in."""
    tries = [api_try(field, user, f"essai {rank}") for rank in range(FREE_TRIES - 1)]
    form = log_in(new_client(field.superset, None), user, "essai")
    assert {answer.status_code for answer in tries} == {401}
    assert len({answer.text for answer in tries}) == 1
    assert form.status_code == 302
    for answer in (api_try(field, user, "essai"), log_in(new_client(field.superset, None), user, "essai")):
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert "Trop d'essais" in answer.text
    right = field.superset.passwords.get(user, "essai")
    assert api_try(field, user, right).status_code == 429
    assert api_try(field, CJM, field.superset.passwords[CJM]).status_code == 200


def test_a_token_of_the_api_opens_no_more_than_the_session(field: Field) -> None:
    client = api_client(field.superset, MINISTRY)
    assert client.get(ME).status_code == 200
    assert client.get("/api/v1/dataset/").status_code == 403
    client.headers["Authorization"] = client.headers["Authorization"][:-3] + "abc"
    assert client.get(ME).status_code in {401, 422}


PAGES = {
    "login": "/login/",
    "a board": PAGE,
    "figures": "/api/v1/dashboard/bilan-mobilis/charts",
    "nothing there": "/nulle-part",
    "refused": "/api/v1/dataset/",
    "the extracts": "/extracts/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_answer_tells_browsers_to_keep_it_to_itself(field: Field, path: str) -> None:
    client = field.client(MINISTRY) if path != "/login/" else new_client(field.superset, None)
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    words = set(re.findall(r"[^\s]+", " ".join(policy.values())))
    assert not [word for word in words if "." in word or "//" in word or word in {"*", "http:", "https:"}]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["server"] == "Bilan"
    assert "access-control-allow-origin" not in headers
    kept = headers["cache-control"]
    assert "no-store" in kept or (path == "/extracts/" and "private" in kept), kept


@pytest.mark.parametrize("path", ["/nulle-part", "/sqllab/", "/users/list/", "/superset/dashboard/inconnu/"])
def test_error_pages_are_french_and_tell_nothing(field: Field, path: str) -> None:
    answer = field.client(SPAL).get(path)
    assert answer.status_code in {403, 404}
    assert 'lang="fr"' in answer.text
    for word in ("Traceback", "Superset", "superset", "werkzeug", str(field.superset.home.root)):
        assert word not in answer.text


def test_an_error_of_the_api_is_json_in_french(field: Field) -> None:
    answer = field.client(SPAL).get("/api/v1/dataset/")
    assert answer.status_code == 403
    assert json.loads(answer.text)["message"].endswith("ne vous est pas ouverte.")
