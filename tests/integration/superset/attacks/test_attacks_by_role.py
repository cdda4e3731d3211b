"""Every attack by every role, as `attack_table` says: refused, or answered with one's own rows alone."""

import httpx
import pytest

from tests.integration.superset.attacks.attack_field import (
    MINISTRY,
    ROLES,
    SPAL,
    STEWARD,
    STRANGER,
    Field,
    canaries,
    readable,
)
from tests.integration.superset.attacks.attack_table import ATTACKS, Attack

pytestmark = pytest.mark.integration
OWN = {"direction-spal": "SPAL", "direction-cjm": "CJM"}
REFUSALS = range(400, 500)
TOO_MANY = 429
STOLEN = ("root:x:", "daemon:")


def refused(answer: httpx.Response) -> bool:
    """Refused in so many words, or sent to the login. Being slowed down is no refusal."""
    to_login = answer.status_code == 302 and answer.headers["location"].startswith("/login")
    return to_login or (answer.status_code in REFUSALS and answer.status_code != TOO_MANY)


def failed(answer: httpx.Response) -> bool:
    """Refused, or an error of the server's; what it tells is checked apart."""
    return answer.status_code >= 400 and answer.status_code != TOO_MANY


def answered(answer: httpx.Response) -> bool:
    """Answered; with what is checked apart."""
    return answer.status_code == 200


RIGHT = {"x": refused, "e": failed, "o": answered}


def check_nothing_leaks(answer: httpx.Response, role: str, field: Field) -> None:
    """No row of another partner, no path of the home, nothing of the machine."""
    assert canaries(answer) <= {OWN.get(role)}, f"{role} reads another partner's rows"
    text = readable(answer)
    assert str(field.superset.home.root) not in text, "a path is told"
    assert not [word for word in STOLEN if word in text]


def test_the_colours_that_a_page_would_note_are_written_nowhere(field: Field) -> None:
    """A page notes its colours by itself: a reader's is told that all is well, and nothing changes."""
    board = field.boards["bilan-mobilis"]
    address = f"/api/v1/dashboard/{board}"
    before = field.client(STEWARD).get(address).json()["result"]["json_metadata"]
    planted = {"shared_label_colors": ["CANARI"], "map_label_colors": {"CANARI": "#000000"}}
    for role in (MINISTRY, SPAL):
        answer = field.client(role).put(f"{address}/colors?mark_updated=false", json=planted)
        assert (answer.status_code, answer.json()) == (200, {})
    assert field.client(STEWARD).get(address).json()["result"]["json_metadata"] == before
    assert "CANARI" not in before
    assert refused(field.client(STRANGER).put(f"{address}/colors", json=planted))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_gets_what_the_table_says(field: Field, attack: Attack) -> None:
    for role, expected in zip(ROLES, attack.expected.split(), strict=True):
        if expected == "-":
            continue
        answer = attack.send(field, field.client(role))
        told = f"{role}: {answer.status_code} {answer.text[:300]}"
        assert RIGHT[expected](answer), told
        check_nothing_leaks(answer, role, field)
