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
)

pytestmark = pytest.mark.integration


def questions_noted(field: Field) -> int:
    """What Superset has journalled of questions: it answered those itself."""
    with sqlite3.connect(f"file:{field.superset.home.superset / 'metadata.db'}?mode=ro", uri=True) as journal:
        found: tuple[int] = journal.execute("SELECT count(*) FROM logs WHERE action LIKE '%data%'").fetchone()
    return found[0]


def noted_of_twelve(field: Field, role: str, body: dict[str, Any]) -> int:
    """What Superset journals when the same question comes twelve times; each of two workers answers once."""
    before = questions_noted(field)
    assert {ask(field.client(role), body).status_code for _ in range(12)} == {200}
    return questions_noted(field) - before


def organisation_s_own(field: Field) -> dict[str, Any]:
    """A question of the board that the ministry doesn't open."""
    return context_of(field.raw_charts("mon-organisation")[0])


def test_the_same_question_is_answered_from_what_was_kept(field: Field) -> None:
    body = context_of(field.target(), queries=[{**context_of(field.target())["queries"][0], "row_limit": 7}])
    assert 0 < noted_of_twelve(field, SPAL, body) < 12
    assert 0 < noted_of_twelve(field, CJM, body) < 12  # another file, another answer


def test_an_answer_kept_is_the_answer(field: Field) -> None:
    body = context_of(field.target())
    answers = [ask(field.client(MINISTRY), body) for _ in range(6)]
    figures = [answer.json()["result"][0]["data"] for answer in answers]
    assert all(one == figures[0] for one in figures)
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert {"content-security-policy" in answer.headers for answer in answers} == {True}


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
