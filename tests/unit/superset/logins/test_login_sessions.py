"""Sessions: live until a logout, a change of password, eight hours, or half an hour of idleness."""

from pathlib import Path

from bilan_superset.logins.sessions import (
    IDLE,
    LIFE,
    MOST,
    NOTED_EVERY,
    close,
    close_all_of,
    is_live,
    open_session,
)
from bilan_superset.logins.store import FILE, store

NOW = 1_000_000.0


def opened(folder: Path, user: str = "1", now: float = NOW) -> str:
    with store(folder) as connection:
        return open_session(connection, user, now)


def live(folder: Path, number: str | None, user: str = "1", now: float = NOW) -> bool:
    with store(folder) as connection:
        return is_live(connection, number, user, now)


def test_a_session_is_its_user_s_alone(tmp_path: Path) -> None:
    number = opened(tmp_path)
    assert live(tmp_path, number)
    assert not live(tmp_path, number, user="2")
    assert not live(tmp_path, None)
    assert not live(tmp_path, "forged")


def test_a_session_left_idle_ends(tmp_path: Path) -> None:
    number = opened(tmp_path)
    assert live(tmp_path, number, now=NOW + IDLE - 1)
    assert live(tmp_path, number, now=NOW + 2 * IDLE - 2)
    assert not live(tmp_path, number, now=NOW + 3 * IDLE)


def test_a_session_in_use_ends_all_the_same(tmp_path: Path) -> None:
    number = opened(tmp_path)
    moments = [NOW + minutes * 60.0 for minutes in range(10, int(LIFE // 60), 10)]
    assert all(live(tmp_path, number, now=moment) for moment in moments)
    assert not live(tmp_path, number, now=NOW + LIFE)


def test_a_use_is_noted_once_a_minute(tmp_path: Path) -> None:
    """Not at each of a page's thirty requests; so idleness counts from at most a minute earlier."""
    number = opened(tmp_path)
    assert live(tmp_path, number, now=NOW + NOTED_EVERY - 1)
    assert not live(tmp_path, number, now=NOW + IDLE)


def test_a_logout_ends_one_session_and_a_new_password_all_of_them(tmp_path: Path) -> None:
    one, two, other = opened(tmp_path), opened(tmp_path), opened(tmp_path, "2")
    with store(tmp_path) as connection:
        close(connection, one)
    assert [live(tmp_path, one), live(tmp_path, two)] == [False, True]
    with store(tmp_path) as connection:
        close_all_of(connection, "1")
    assert not live(tmp_path, two)
    assert live(tmp_path, other, "2")


def test_what_is_kept_opens_no_session(tmp_path: Path) -> None:
    number = opened(tmp_path)
    assert number.encode() not in (tmp_path / FILE).read_bytes()
    assert len({opened(tmp_path) for _ in range(20)}) == 20


def test_an_account_has_so_many_sessions_and_no_more(tmp_path: Path) -> None:
    other = opened(tmp_path, "2")
    numbers = [opened(tmp_path, now=NOW + rank) for rank in range(MOST + 5)]
    alive = [live(tmp_path, number, now=NOW + MOST) for number in numbers]
    assert alive == [False] * 5 + [True] * MOST
    assert live(tmp_path, other, "2", now=NOW + MOST)
