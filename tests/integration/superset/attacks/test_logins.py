"""Passwords guessed in disguise; tokens that outlive their session; changes without the old password."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from tests.integration.superset.attacks.attack_field import (
    CJM,
    CSRF,
    SPAL,
    STEWARD,
    Field,
    new_client,
)

pytestmark = pytest.mark.integration
ME = "/api/v1/me/"
LOGIN = "/api/v1/security/login"
FORM = "/resetmypassword/form"
FREE_TRIES, FREE_OF_AN_ADDRESS = 5, 30
TOO_MANY = 429
NEW = "Un-nouveau-mot-de-passe-2"
FIELD = re.compile(r'<input[^>]*type="password"[^>]*>')
NAME = re.compile(r'name="([^"]+)"')


def caller(field: Field, address: str) -> httpx.Client:
    """A client at that address of this machine: what it tries is not counted as the other tests'."""
    transport = httpx.HTTPTransport(local_address=address)
    headers = {"Referer": field.superset.address}
    return httpx.Client(base_url=field.superset.address, transport=transport, headers=headers, timeout=120)


def by_api(client: httpx.Client, user: Any, password: Any = "essai") -> httpx.Response:
    return client.post(LOGIN, json={"username": user, "password": password, "provider": "db"})


def by_form(client: httpx.Client, send: Callable[[str], dict[str, Any]]) -> httpx.Response:
    found = CSRF.search(client.get("/login/").text)
    assert found
    return client.post("/login/", **send(found[1] or found[2]))


def json_form(user: Any) -> Callable[[str], dict[str, Any]]:
    """The login form as JSON, whose lists a form reads as a field given several times."""
    return lambda token: {
        "json": {"username": user, "password": "essai", "csrf_token": token},
        "headers": {"X-CSRFToken": token},
    }


Try = Callable[[httpx.Client, str, int], httpx.Response]
DISGUISES: dict[str, Try] = {
    "a list": lambda client, user, rank: by_form(client, json_form([user, str(rank)])),
    "lists of one": lambda client, user, rank: by_form(client, json_form([user] * (rank + 1))),
    "given twice": lambda client, user, rank: by_form(
        client,
        lambda token: {"data": {"username": [user, str(rank)], "password": "essai", "csrf_token": token}},
    ),
    "a list to the API": lambda client, user, rank: by_api(client, [user, str(rank)]),
    "an object": lambda client, user, rank: by_api(client, {"username": user, "rank": rank}),
    "in capitals": lambda client, user, rank: by_api(client, user[:rank].upper() + user[rank:]),
    "with spaces": lambda client, user, rank: by_api(client, " " * (rank + 1) + user),
    "the address of letters": lambda client, user, rank: by_api(
        client, user if rank % 2 else f"{user}@bilan.invalid"
    ),
    "two kinds": lambda client, user, rank: (
        by_api(client, user)
        if rank % 2
        else by_form(client, lambda t: {"data": {"username": user, "password": "e", "csrf_token": t}})
    ),
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_an_account_is_one_in_any_disguise(field: Field, disguise: Try) -> None:
    """No more passwords are looked at than of an account that is named plainly."""
    rank = list(DISGUISES.values()).index(disguise)
    with caller(field, f"127.0.1.{rank + 1}") as client:
        answers = [disguise(client, "direction-csmv", number) for number in range(3 * FREE_TRIES)]
    looked_at = [answer for answer in answers if answer.status_code in {200, 302, 401}]
    assert len(looked_at) <= FREE_TRIES, [answer.status_code for answer in answers]
    assert {answer.status_code for answer in answers} <= {302, 400, 401, 415, TOO_MANY}


@pytest.mark.parametrize("user", [["direction-csmv"], {"a": 1}, 7, None, True, "", "x" * 10_000, "a\0b"])
def test_what_is_no_name_is_refused_and_not_counted(field: Field, user: Any) -> None:
    with caller(field, "127.0.2.1") as client:
        for _ in range(2 * FREE_TRIES):
            assert by_api(client, user).status_code in {400, 413}
            assert by_form(client, json_form(user)).status_code in {400, 413, 415}
        assert by_api(client, CJM, field.superset.passwords[CJM]).status_code == 200


def test_guessing_over_many_accounts_is_slowed_by_the_address(field: Field) -> None:
    with caller(field, "127.0.3.1") as client:
        answers = [by_api(client, f"personne {rank}") for rank in range(FREE_OF_AN_ADDRESS + 1)]
        assert [answer.status_code for answer in answers] == [401] * FREE_OF_AN_ADDRESS + [TOO_MANY]
        assert by_api(client, CJM, field.superset.passwords[CJM]).status_code == TOO_MANY
    with caller(field, "127.0.3.2") as elsewhere:
        assert by_api(elsewhere, CJM, field.superset.passwords[CJM]).status_code == 200


def token(field: Field, user: str, password: str | None = None) -> httpx.Client:
    """A script that holds a token of the API, and no cookie."""
    with httpx.Client(base_url=field.superset.address, timeout=120) as client:
        answer = by_api(client, user, password or field.superset.passwords[user])
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    return httpx.Client(base_url=field.superset.address, timeout=120, headers=headers)


def test_a_token_ends_with_a_logout(field: Field) -> None:
    """Its own, and the browser's: whoever logs out means to be out."""
    one, other, neighbour = token(field, SPAL), token(field, SPAL), token(field, CJM)
    browser, at_home = new_client(field.superset, SPAL), new_client(field.superset, SPAL)
    assert {client.get(ME).status_code for client in (one, other, browser, at_home)} == {200}
    one.get("/logout/")
    assert one.get(ME).status_code == 401
    browser.get("/logout/")
    assert other.get(ME).status_code == browser.get(ME).status_code == 401
    assert at_home.get(ME).status_code == neighbour.get(ME).status_code == 200


def test_a_token_ends_when_its_session_is_no_longer_listed(field: Field) -> None:
    one = token(field, SPAL)
    assert one.get(ME).status_code == 200
    with closing(sqlite3.connect(field.superset.home.superset / "logins.db", timeout=30)) as logins:
        logins.execute("DELETE FROM session")
        logins.commit()
    assert one.get(ME).status_code == 401
    field.clients.clear()  # nobody is in any more


def test_an_old_session_s_cookie_ends_nobody_s_token(field: Field) -> None:
    old = new_client(field.superset, SPAL)
    cookies = dict(old.cookies)
    old.get("/logout/")
    script = token(field, SPAL)
    with httpx.Client(base_url=field.superset.address, cookies=cookies, timeout=120) as stale:
        stale.get("/")
        stale.get("/logout/")
    assert script.get(ME).status_code == 200


Change = Callable[[httpx.Client, str, str], httpx.Response]
OWN = "direction-cisss-me"


def own_form(client: httpx.Client, old: str | None, new: str) -> httpx.Response:
    """Fill in the form of one's own password as its page shows it, the old one wherever it is asked."""
    shown = client.get(FORM).text
    found = CSRF.search(shown)
    assert found
    names = [name[1] for box in FIELD.findall(shown) if (name := NAME.search(box))]
    filled = {name: new if name in {"password", "conf_password"} else old for name in names}
    sent = {name: value for name, value in filled.items() if value is not None}
    return client.post(FORM, data={**sent, "csrf_token": found[1] or found[2]})


def number_of(field: Field, user: str) -> int:
    with closing(
        sqlite3.connect(f"file:{field.superset.home.superset / 'metadata.db'}?mode=ro", uri=True)
    ) as base:
        [number] = base.execute("SELECT id FROM ab_user WHERE username = ?", (user,)).fetchone()
    return int(number)


def is_password(field: Field, user: str, password: str) -> bool:
    with caller(field, "127.0.4.1") as client:
        return by_api(client, user, password).status_code == 200


@pytest.mark.parametrize("old", [None, "", "faux", NEW], ids=["none", "empty", "wrong", "the new one"])
def test_whoever_finds_a_session_open_changes_no_password(field: Field, old: str | None) -> None:
    client = new_client(field.superset, OWN)
    own_form(client, old, NEW)
    assert is_password(field, OWN, field.superset.passwords[OWN])
    assert client.get(ME).status_code == 200


WAYS: dict[str, Callable[[httpx.Client, int], httpx.Response]] = {
    "me": lambda client, _number: client.put("/api/v1/me/", json={"password": NEW}),
    "the users' API": lambda client, number: client.put(
        f"/api/v1/security/users/{number}", json={"password": NEW}
    ),
    "anyone's form": lambda client, number: client.post(
        f"/resetpassword/form?pk={number}", data={"password": NEW, "conf_password": NEW}
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nor_by_any_other_way_that_a_steward_has(
    field: Field, way: Callable[[httpx.Client, int], httpx.Response]
) -> None:
    client = new_client(field.superset, STEWARD)
    answer = way(client, number_of(field, STEWARD))
    assert answer.status_code in range(400, 500), answer.status_code
    assert is_password(field, STEWARD, field.superset.passwords[STEWARD])


def test_the_old_password_is_guessed_no_faster_there(field: Field) -> None:
    client = new_client(field.superset, "direction-cssmv")
    answers = [own_form(client, f"essai {rank}", NEW).status_code for rank in range(FREE_TRIES + 2)]
    assert answers[-1] == TOO_MANY


@pytest.fixture
def restored(field: Field) -> Iterator[str]:
    """An account whose password may change: what the others know of it follows."""
    user = "direction-cisss-mc"
    yield user
    field.superset.passwords[user] = NEW


def test_a_new_password_ends_sessions_and_tokens_whoever_changes_it(field: Field, restored: str) -> None:
    """By its owner, who knows the old one; then by the steward, for someone who has lost it."""
    script, browser = token(field, restored), new_client(field.superset, restored)
    changed = own_form(browser, field.superset.passwords[restored], NEW)
    assert changed.status_code == 302
    assert script.get(ME).status_code == browser.get(ME).status_code == 401
    script = token(field, restored, NEW)
    steward = new_client(field.superset, STEWARD)
    for way in ("the users' API", "anyone's form"):
        answer = WAYS[way](steward, number_of(field, restored))
        assert answer.status_code in {200, 302}, (way, answer.text)
        assert script.get(ME).status_code == 401, way
        script = token(field, restored, NEW)


def test_what_a_page_stores_has_a_size(field: Field) -> None:
    client, number = field.client(SPAL), field.boards["bilan-mobilis"]
    big = json.dumps({"value": json.dumps({"x": "y" * 100_000})})
    sent: dict[str, Any] = {"content": big, "headers": {"Content-Type": "application/json"}}
    assert client.post(f"/api/v1/dashboard/{number}/filter_state", **sent).status_code == 413
    key = client.post(f"/api/v1/dashboard/{number}/filter_state", json={"value": "{}"}).json()["key"]
    assert client.put(f"/api/v1/dashboard/{number}/filter_state/{key}", **sent).status_code == 413
    state = {"urlParams": [["x", "y" * 100_000]]}
    assert client.post(f"/api/v1/dashboard/{number}/permalink", json=state).status_code == 413
    streamed = client.post(
        f"/api/v1/dashboard/{number}/permalink",
        content=iter([json.dumps(state).encode()]),  # of a length that is not told
        headers={"Content-Type": "application/json"},
    )
    assert streamed.status_code == 413
    assert client.post("/superset/log/", json={"events": "x" * 1_000_000}).status_code == 413


def test_permalinks_are_counted(field: Field) -> None:
    """They stay: an account makes so many, and no more."""
    client, number = new_client(field.superset, "direction-2159"), field.boards["bilan-mobilis"]
    codes = [
        client.post(
            f"/api/v1/dashboard/{number}/permalink", json={"urlParams": [["x", str(rank)]]}
        ).status_code
        for rank in range(40)
    ]
    assert codes[:10] == [201] * 10
    assert codes[-1] == TOO_MANY
    other = field.client(CJM)
    assert other.post(f"/api/v1/dashboard/{number}/permalink", json={"urlParams": []}).status_code == 201


def rows_noted(field: Field, mark: str) -> list[int]:
    """The sizes of the rows of Superset's log that hold that mark."""
    with closing(
        sqlite3.connect(f"file:{field.superset.home.superset / 'metadata.db'}?mode=ro", uri=True)
    ) as base:
        found = base.execute("SELECT length(json) FROM logs WHERE json LIKE ?", (f"%{mark}%",))
        return [size for (size,) in found]


def test_what_a_page_notes_is_cut_and_counted(field: Field) -> None:
    client = field.client(SPAL)
    many = json.dumps([{"event_name": f"FLOT-{rank}"} for rank in range(1000)])
    for body in ({"explode": "events", "events": many}, {"event_name": "LONG-1", "more": "y" * 40_000}):
        assert client.post("/superset/log/", data=body).status_code == 200
    assert 0 < len(rows_noted(field, "FLOT-")) <= 100
    assert rows_noted(field, "LONG-1")
    assert max(rows_noted(field, "LONG-1")) <= 4096
    for odd in ("[1, 2]", '["x"]', "null", "{}", "7"):
        assert client.post("/superset/log/", data={"explode": "events", "events": odd}).status_code < 500
