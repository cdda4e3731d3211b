"""Personal tokens: given once, kept as a digest, good for one owner, a time, and until revoked."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bilan_superset.extracts import tokens
from bilan_superset.extracts.store import FILE, store
from bilan_superset.extracts.tokens import Owner, TokenError

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
REVIEWER, OTHER = Owner(2, "ministere"), Owner(3, "autre")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store(tmp_path) as opened:
        yield opened


def test_a_token_is_found_by_its_whole_text_alone(connection: sqlite3.Connection) -> None:
    made, text = tokens.make(connection, REVIEWER, "  suivi   mensuel ", NOW)
    assert tokens.SHAPE.fullmatch(text)
    assert made.label == "suivi mensuel"
    found = tokens.find(connection, text)
    assert found is not None
    assert (found.id, found.owner, found.state(NOW)) == (made.id, REVIEWER, "active")
    other = "A" if text[-1] != "A" else "B"
    for wrong in (text[:-1] + other, text[:-1], text + "A", text.upper(), made.id, "", "\udcff", f" {text}"):
        assert tokens.find(connection, wrong) is None


def test_two_tokens_have_nothing_in_common(connection: sqlite3.Connection) -> None:
    _, first = tokens.make(connection, REVIEWER, "un", NOW)
    second, text = tokens.make(connection, REVIEWER, "deux", NOW)
    # the number of one with the secret of the other
    assert tokens.find(connection, f"bilan_{second.id}_{first[-43:]}") is None
    assert first[-43:] != text[-43:]


def test_the_text_is_kept_nowhere(tmp_path: Path) -> None:
    with store(tmp_path) as connection:
        _, text = tokens.make(connection, REVIEWER, "un", NOW)
    kept = (tmp_path / FILE).read_bytes()
    assert b"ministere" in kept
    assert text[-43:].encode() not in kept
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_token_expires_within_a_year(connection: sqlite3.Connection) -> None:
    made, text = tokens.make(connection, REVIEWER, "un", NOW)
    assert made.expires - made.created == timedelta(days=365)
    found = tokens.find(connection, text)
    assert found is not None
    assert found.state(made.expires - timedelta(seconds=1)) == "active"
    assert found.state(made.expires) == "expired"


def test_only_its_owner_revokes_it_and_once(connection: sqlite3.Connection) -> None:
    made, text = tokens.make(connection, REVIEWER, "un", NOW)
    assert not tokens.revoke(connection, made.id, OTHER, NOW)
    # a name, or a number, given again to someone else
    assert not tokens.revoke(connection, made.id, Owner(REVIEWER.id, "autre"), NOW)
    assert not tokens.revoke(connection, made.id, Owner(9, REVIEWER.name), NOW)
    assert tokens.revoke(connection, made.id, REVIEWER, NOW)
    assert not tokens.revoke(connection, made.id, REVIEWER, NOW)
    found = tokens.find(connection, text)
    assert found is not None
    assert found.state(NOW) == "revoked"


def test_each_sees_its_own(connection: sqlite3.Connection) -> None:
    made, _ = tokens.make(connection, REVIEWER, "un", NOW)
    tokens.make(connection, OTHER, "deux", NOW)
    assert [token.id for token in tokens.of_owner(connection, REVIEWER)] == [made.id]
    assert tokens.of_owner(connection, Owner(REVIEWER.id, "autre")) == []


def test_its_last_use_is_remembered(connection: sqlite3.Connection) -> None:
    made, _ = tokens.make(connection, REVIEWER, "un", NOW)
    assert made.last_used is None
    tokens.note_use(connection, made, NOW + timedelta(days=1))
    assert tokens.of_owner(connection, REVIEWER)[0].last_used == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("label", "days", "code"),
    [
        ("", 365, "label"),
        (" \n", 365, "label"),
        ("x" * 61, 365, "label"),
        ("x", 0, "life"),
        ("x", 366, "life"),
    ],
)
def test_a_bad_wish_makes_no_token(connection: sqlite3.Connection, label: str, days: int, code: str) -> None:
    with pytest.raises(TokenError) as refused:
        tokens.make(connection, REVIEWER, label, NOW, days)
    assert refused.value.code == code
    assert tokens.of_owner(connection, REVIEWER) == []


def test_an_owner_has_so_many_at_most_and_a_revoked_one_makes_room(connection: sqlite3.Connection) -> None:
    made = [tokens.make(connection, REVIEWER, "un", NOW)[0] for _ in range(tokens.MOST_PER_OWNER)]
    with pytest.raises(TokenError, match="too_many"):
        tokens.make(connection, REVIEWER, "de trop", NOW)
    tokens.make(connection, OTHER, "un", NOW)
    tokens.revoke(connection, made[0].id, REVIEWER, NOW)
    tokens.make(connection, REVIEWER, "un", NOW)


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), store(tmp_path) as connection:
        tokens.make(connection, REVIEWER, "un", NOW)
        raise RuntimeError
    with store(tmp_path) as connection:
        assert tokens.of_owner(connection, REVIEWER) == []
