"""How often one may call, and the journal of who did."""

import stat
from pathlib import Path

import httpx
import pytest

from tests.integration.superset.extracts import extracts_sample as sample
from tests.integration.superset.extracts.extracts_client import (
    API,
    Get,
    Page,
    csrf,
    journal,
    make_token,
    problem,
    pull,
    revoke,
)
from tests.integration.superset.superset_pages import RunningSuperset

pytestmark = pytest.mark.integration


def test_bad_tokens_are_slowed_down_and_good_ones_from_there_pass(
    superset: RunningSuperset, token: str
) -> None:
    start = len(journal(superset))
    answers = [pull(superset, "releases", "bilan_faux") for _ in range(16)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:10] == [401] * 10
    assert 429 in statuses[10:]
    slowed = next(answer for answer in answers if answer.status_code == 429)
    assert len(journal(superset)) - start == statuses.count(401)
    assert 0 < int(slowed.headers["retry-after"]) == problem(slowed)["retry_after"] <= 60
    assert pull(superset, "releases", token).status_code == 200


def test_a_token_has_its_own_limit_over_all_workers(
    superset: RunningSuperset, page: Page, token: str
) -> None:
    with httpx.Client(base_url=superset.address, headers={"Authorization": f"Bearer {token}"}) as client:
        answers = [client.get(f"{API}/openapi.json", timeout=60) for _ in range(130)]
        statuses = [answer.status_code for answer in answers]
        while statuses[-1] != 429 and len(statuses) < 400:  # a slow machine refills as it goes
            answers.append(client.get(f"{API}/openapi.json", timeout=60))
            statuses.append(answers[-1].status_code)
    assert statuses[:120] == [200] * 120
    assert int(answers[-1].headers["retry-after"]) >= 1
    other = make_token(page("ministere"))
    assert pull(superset, "releases", other).status_code == 200
    revoke(page("ministere"), other.split("_")[1])


def test_each_access_is_in_the_journal_and_no_token_is(
    superset: RunningSuperset, page: Page, token: str
) -> None:
    start = len(journal(superset))
    pull(superset, "releases/2/archive?x=secret", token)
    pull(superset, "releases/1", token)
    pull(superset, f"releases/2/files/{token}", token)
    pull(superset, "releases")
    page("intendance").get(f"{API}/releases/2/kpis/M02")
    number = token.split("_")[1]
    told = [
        (line["user"], line["token"], line["release"], line["status"]) for line in journal(superset)[start:]
    ]
    assert told == [
        ("ministere", number, 2, 200),
        ("ministere", number, 1, 410),
        ("ministere", number, 2, 404),
        (None, None, None, 401),
        ("intendance", None, 2, 200),
    ]
    for path in superset.home.superset.glob("extracts*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    for path in superset.home.superset.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert token.encode() not in content, path.name
            assert b"x=secret" not in content or path.name == "superset.log"


def test_making_and_revoking_a_token_are_in_the_journal(superset: RunningSuperset, page: Page) -> None:
    start = len(journal(superset))
    number = make_token(page("ministere")).split("_")[1]
    revoke(page("ministere"), number)
    assert [(line["user"], line["token"], line["method"]) for line in journal(superset)[start:]] == [
        ("ministere", number, "POST"),
        ("ministere", number, "POST"),
    ]


def test_what_cannot_be_written_down_is_not_given(superset: RunningSuperset, page: Page, token: str) -> None:
    path = superset.home.superset / "extracts-access.jsonl"
    aside = path.with_name("aside.jsonl")
    path.rename(aside)
    path.mkdir()
    try:
        answer = pull(superset, "releases/2/archive", token)
        assert (answer.status_code, problem(answer)["type"]) == (503, "urn:bilan:extraits:unavailable")
        data = {
            "label": "x",
            "days": "30",
            "csrf_token": csrf(page("ministere").get("/extracts/tokens/").text),
        }
        refused = page("ministere").post("/extracts/tokens/", data=data)
        assert refused.status_code == 503
        assert str(superset.home.root) not in answer.text + refused.text
    finally:
        path.rmdir()
        aside.rename(path)
    assert page("ministere").get("/extracts/tokens/").text.count(">x<") == 0


def test_an_index_that_cannot_be_read_is_told_without_a_path(
    superset: RunningSuperset, page: Page, get: Get, build: Path
) -> None:
    (build / "extracts/index.json").write_text("{")
    try:
        assert problem(get("releases"))["status"] == 503
        shown = page("ministere").get("/extracts/")
        assert shown.status_code == 503
        assert str(superset.home.root) not in shown.text
    finally:
        sample.put_back(build)
