"""What readers do get: their own rows and public ones, whoever asked before, and of the newest build."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.integration.superset.attacks.attack_field import (
    CJM,
    MINISTRY,
    NO_FILE,
    SPAL,
    STEWARD,
    Field,
    ask,
    canaries,
    context_of,
    marks,
)
from tests.integration.superset.attacks.conftest import PLANTED, PLANTED_AGAIN
from tests.integration.superset.published_sample import switch_to

pytestmark = pytest.mark.integration


def boards(field: Field) -> Iterator[str]:
    return (slug for slug in field.charts if not slug.endswith("-en"))  # the same charts again


def everything(field: Field, role: str) -> Iterator[httpx.Response]:
    """The answer to each chart that lists rows, of each board that the role may open."""
    client = field.client(role)
    for slug in boards(field):
        if client.get(f"/api/v1/dashboard/{slug}").status_code == 200:
            for chart in field.raw_charts(slug):
                yield ask(client, context_of(chart))


@pytest.fixture(scope="module")
def telling(field: Field) -> dict[str, Any]:
    """A chart in which a director reads rows of their own."""
    for slug in boards(field):
        for chart in field.raw_charts(slug):
            if canaries(ask(field.client(SPAL), context_of(chart))):
                return chart
    raise AssertionError("no chart shows a director's own rows")


@pytest.mark.parametrize(
    ("role", "own"), [(SPAL, {"SPAL"}), (CJM, {"CJM"}), (MINISTRY, set()), (STEWARD, set())]
)
def test_each_account_reads_its_own_file(field: Field, role: str, own: set[str]) -> None:
    """The planted marks prove it both ways: one's own are read, the others' never are."""
    answers = list(everything(field, role))
    assert answers
    assert {answer.status_code for answer in answers} == {200}
    assert set().union(*map(canaries, answers)) == own


def test_a_partner_without_a_file_opens_nothing_and_no_path_is_told(field: Field) -> None:
    for answer in everything(field, NO_FILE):
        assert answer.status_code == 403
        assert "Aucune donnée" in answer.json()["errors"][0]["message"]
        assert str(field.superset.home.root) not in answer.text


@pytest.mark.parametrize("force", [False, True])
def test_two_directors_in_turn_never_get_each_other_s_answer(
    field: Field, telling: dict[str, Any], force: bool
) -> None:
    body = context_of(telling, force=force)
    for _ in range(3):
        assert canaries(ask(field.client(SPAL), body)) == {"SPAL"}
        assert canaries(ask(field.client(CJM), body)) == {"CJM"}
        assert not canaries(ask(field.client(MINISTRY), body))


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_an_export_holds_one_s_own_rows(field: Field, telling: dict[str, Any], format_: str) -> None:
    body = context_of(telling, result_format=format_)
    assert canaries(ask(field.client(SPAL), body)) == {"SPAL"}
    assert canaries(ask(field.client(CJM), body)) == {"CJM"}


def test_a_new_build_is_read_at_the_next_question(field: Field, telling: dict[str, Any]) -> None:
    body = context_of(telling)
    try:
        for build in (PLANTED_AGAIN, PLANTED, PLANTED_AGAIN):
            switch_to(field.superset.home.root, build)
            assert marks(ask(field.client(SPAL), body)) == {("SPAL", build)}
            assert marks(ask(field.client(CJM), body)) == {("CJM", build)}
    finally:
        switch_to(field.superset.home.root, PLANTED)


def test_a_link_opened_by_another_shows_the_other_s_own_rows(field: Field, telling: dict[str, Any]) -> None:
    """A permalink and a filter's state hold choices, never figures; each opens under one's own account."""
    chart = telling
    number = chart["dashboardId"]
    maker, opener = field.client(SPAL), field.client(CJM)
    made = maker.post(f"/api/v1/dashboard/{number}/permalink", json={"dataMask": {}, "urlParams": []})
    assert made.status_code == 201, made.text
    opened = opener.get(f"/api/v1/dashboard/permalink/{made.json()['key']}")
    assert opened.status_code == 200
    assert not canaries(opened)
    assert canaries(ask(opener, context_of(chart))) == {"CJM"}


def test_no_answer_tells_its_sql(field: Field) -> None:
    for role, told in ((SPAL, False), (MINISTRY, False), (STEWARD, True)):
        answer = ask(field.client(role), context_of(field.target()))
        assert ("SELECT" in answer.text) == told
    described = field.client(SPAL).get("/api/v1/dashboard/bilan-mobilis/datasets").text
    assert "SELECT" not in described
    assert "duckdb" not in described.lower()
