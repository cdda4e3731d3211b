"""Personal tokens, on a running Superset: they are worth what their owner is worth now."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.superset.extracts.extracts_client import (
    API,
    Page,
    csrf,
    make_token,
    problem,
    pull,
    revoke,
)
from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration


def test_a_token_dies_when_its_owner_revokes_it_and_nobody_else_can(
    superset: RunningSuperset, page: Page
) -> None:
    made = make_token(page("ministere"))
    number = made.split("_")[1]
    assert revoke(page("intendance"), number).status_code == 422
    assert number not in page("intendance").get("/extracts/tokens/").text
    assert pull(superset, "releases", made).status_code == 200
    assert revoke(page("ministere"), number).status_code == 303
    answer = pull(superset, "releases", made)
    assert (answer.status_code, problem(answer)["type"]) == (401, "urn:bilan:extraits:revoked-token")


def test_a_forged_form_makes_and_revokes_nothing(superset: RunningSuperset, page: Page, token: str) -> None:
    before = page("ministere").get("/extracts/tokens/").text.count('scope="row"')
    page("ministere").post("/extracts/tokens/", data={"label": "faux", "days": "30"})
    page("ministere").post(f"/extracts/tokens/{token.split('_')[1]}/revoke")
    after = page("ministere").get("/extracts/tokens/").text
    assert after.count('scope="row"') == before
    assert "faux" not in after
    assert pull(superset, "releases", token).status_code == 200


def test_an_expired_token_is_refused(superset: RunningSuperset, token: str) -> None:
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    with closing(sqlite3.connect(superset.home.superset / "extracts.db")) as connection, connection:
        connection.execute("UPDATE token SET expires = ? WHERE id = ?", (past, token.split("_")[1]))
    answer = pull(superset, "releases", token)
    assert (answer.status_code, problem(answer)["type"]) == (401, "urn:bilan:extraits:expired-token")


@pytest.mark.parametrize(
    ("change", "back", "status"),
    [
        (
            "UPDATE ab_user SET active = 0 WHERE username = 'ministere'",
            "UPDATE ab_user SET active = 1 WHERE username = 'ministere'",
            401,
        ),
        (
            "UPDATE ab_user SET username = 'parti' WHERE username = 'ministere'",
            "UPDATE ab_user SET username = 'ministere' WHERE username = 'parti'",
            401,
        ),
        (
            "UPDATE ab_role SET name = 'Autre' WHERE name = 'MinistryReviewer'",
            "UPDATE ab_role SET name = 'MinistryReviewer' WHERE name = 'Autre'",
            403,
        ),
        (
            "INSERT INTO ab_user_role (id, user_id, role_id) SELECT 9999, u.id, r.id "
            "FROM ab_user u, ab_role r WHERE u.username = 'ministere' AND r.name = 'PartnerDirector'",
            "DELETE FROM ab_user_role WHERE id = 9999",
            403,
        ),
    ],
    ids=["deactivated", "renamed", "role lost", "became a director"],
)
def test_a_token_is_worth_what_its_owner_is_worth_now(
    superset: RunningSuperset, token: str, change: str, back: str, status: int
) -> None:
    with closing(sqlite3.connect(superset.home.superset / "metadata.db", timeout=30)) as metadata:
        assert pull(superset, "releases", token).status_code == 200
        with metadata:
            metadata.execute(change)
        try:
            refused = pull(superset, "releases", token).status_code
        finally:
            with metadata:
                metadata.execute(back)
    assert refused == status
    assert pull(superset, "releases", token).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer bilan_",
        "Bearer bilan_000000000000_" + "A" * 43,
        "Basic bWluaXN0ZXJlOng=",
        "{token}",
        "Token {token}",
        "Bearer {token}x",
        "Bearer é",
    ],
)
def test_a_bad_header_prevails_over_a_good_session_and_tells_nothing(
    superset: RunningSuperset, page: Page, token: str, header: str
) -> None:
    value = header.format(token=token).encode("latin-1")
    answer = page("ministere").get(f"{API}/releases", headers={b"Authorization": value})
    assert (answer.status_code, problem(answer)["type"]) == (401, "urn:bilan:extraits:unknown-token")
    assert token not in answer.text


def test_a_bad_wish_for_a_token_is_told_and_makes_none(page: Page) -> None:
    client = page("ministere")
    for form in ({"label": "", "days": "30"}, {"label": "x", "days": "9999"}, {"label": "x"}):
        data = {**form, "csrf_token": csrf(client.get("/extracts/tokens/").text)}
        answer = client.post("/extracts/tokens/", data=data)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert 'id="token"' not in answer.text
