"""Kept answers are given again to who may have them, and to nobody else; a change of boards ends them."""

import sqlite3
from typing import Any

import pytest

from tests.integration.superset.attacks.attack_field import (
    CJM,
    MINISTRY,
    SPAL,
    STEWARD,
    STRANGER,
    Field,
    ask,
    context_of,
    new_client,
)

pytestmark = pytest.mark.integration


def questions_noted(field: Field) -> int:
    """What Superset has journalled of questions: it answered those itself."""
    with sqlite3.connect(f"file:{field.superset.home.superset / 'metadata.db'}?mode=ro", uri=True) as journal:
        found: tuple[int] = journal.execute("SELECT count(*) FROM logs WHERE action LIKE '%data%'").fetchone()
    return found[0]


def noted(field: Field, role: str, body: dict[str, Any], times: int) -> int:
    """What Superset journals when the same question comes so many times."""
    before = questions_noted(field)
    assert {ask(field.client(role), body).status_code for _ in range(times)} == {200}
    return questions_noted(field) - before


def of_rows(field: Field, rows: int) -> dict[str, Any]:
    """A question that nobody asked yet."""
    body = context_of(field.target())
    return {**body, "queries": [{**body["queries"][0], "row_limit": rows}]}


def organisation_s_own(field: Field) -> dict[str, Any]:
    """A question of the board that the ministry doesn't open."""
    return context_of(field.raw_charts("mon-organisation")[0])


@pytest.mark.parametrize("role", [SPAL, CJM, STEWARD])
def test_the_same_question_is_answered_from_what_was_kept(field: Field, role: str) -> None:
    once = noted(field, role, of_rows(field, 7), 1)
    assert once > 0  # each file has its answer
    assert noted(field, role, of_rows(field, 7), 11) <= once  # by the other of two workers


def test_an_answer_kept_is_the_answer_as_it_left(field: Field) -> None:
    answers = [ask(field.client(MINISTRY), of_rows(field, 8)) for _ in range(12)]
    assert len({answer.text for answer in answers}) <= 2  # as each worker wrote it
    assert "SELECT" not in "".join(answer.text for answer in answers)
    figures = [answer.json()["result"][0]["data"] for answer in answers]
    assert all(one == figures[0] for one in figures)
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert {"content-security-policy" in answer.headers for answer in answers} == {True}


def test_nothing_is_kept_while_boards_are_being_changed(field: Field) -> None:
    mark = field.superset.home.superset / "boards.mark"
    once = noted(field, SPAL, of_rows(field, 9), 1)
    kept = mark.read_text("ascii")
    try:
        mark.unlink()
        assert noted(field, SPAL, of_rows(field, 9), 4) == 4 * once
    finally:
        mark.write_text(kept, "ascii")


def test_a_session_that_ended_is_answered_no_more(field: Field) -> None:
    client = new_client(field.superset, SPAL)
    body = of_rows(field, 10)
    assert {ask(client, body).status_code for _ in range(4)} == {200}
    cookies = dict(client.cookies)
    client.get("/logout/")
    client.cookies.update(cookies)
    assert {ask(client, body).status_code for _ in range(4)} == {401}
    client.close()


def test_what_a_reader_was_told_is_told_to_no_other(field: Field) -> None:
    body = organisation_s_own(field)
    for _ in range(4):
        assert ask(field.client(SPAL), body).status_code == 200
    assert ask(field.client(MINISTRY), body).status_code == 403
    assert ask(field.client(STRANGER), body).status_code == 401


def test_a_board_that_is_shut_answers_no_more(field: Field) -> None:
    body, number = organisation_s_own(field), field.boards["mon-organisation"]
    steward = field.client(STEWARD)
    for _ in range(4):
        assert ask(field.client(SPAL), body).status_code == 200
    try:
        shut = steward.put(f"/api/v1/dashboard/{number}", json={"published": False})
        assert shut.status_code == 200, shut.text
        assert {ask(field.client(SPAL), body).status_code for _ in range(4)} == {403}
    finally:
        steward.put(f"/api/v1/dashboard/{number}", json={"published": True})
    assert {ask(field.client(SPAL), body).status_code for _ in range(4)} == {200}
