"""Tries at passwords: what is free, how the wait grows, and whom it does not hold."""

from pathlib import Path

from bilan_superset.logins.attempts import (
    FIRST_WAIT,
    FREE_ACCOUNT,
    FREE_ADDRESS,
    FREE_HERE,
    LONGEST_WAIT,
    Counter,
    begin,
    counters,
    forgiven,
    succeed,
    wait_after,
)
from bilan_superset.logins.store import FILE, store

NOW = 1_000_000.0
KEY = "k" * 64
HOME, OFFICE = "192.0.2.1", "192.0.2.2"


def tries(folder: Path, account: str, address: str, now: float = NOW) -> float:
    """A failed try; the seconds to wait when it was not even looked at."""
    with store(folder) as connection:
        return begin(connection, counters(account, address, KEY), now)


def right(folder: Path, account: str, address: str, now: float = NOW) -> float:
    wait = tries(folder, account, address, now)
    if not wait:
        with store(folder) as connection:
            succeed(connection, counters(account, address, KEY))
    return wait


def test_a_few_failures_cost_nothing_then_each_doubles_the_wait(tmp_path: Path) -> None:
    now = NOW
    assert [tries(tmp_path, "a", HOME, now) for _ in range(FREE_HERE)] == [0.0] * FREE_HERE
    waits = []
    for _ in range(7):
        waits.append(tries(tmp_path, "a", HOME, now))
        now += waits[-1]
        assert tries(tmp_path, "a", HOME, now) == 0.0
    doubled = [min(FIRST_WAIT * 2**rank, LONGEST_WAIT) for rank in range(7)]
    assert waits == doubled


def test_a_try_during_the_wait_is_not_counted_and_does_not_lengthen_it(tmp_path: Path) -> None:
    for _ in range(FREE_HERE):
        tries(tmp_path, "a", HOME)
    assert [tries(tmp_path, "a", HOME, NOW + 10) for _ in range(50)] == [FIRST_WAIT - 10] * 50


def test_the_right_password_waits_too_and_then_clears_the_account(tmp_path: Path) -> None:
    for _ in range(FREE_HERE):
        tries(tmp_path, "a", HOME)
    assert right(tmp_path, "a", HOME) == FIRST_WAIT
    assert right(tmp_path, "a", HOME, NOW + FIRST_WAIT) == 0.0
    assert [tries(tmp_path, "a", HOME, NOW + FIRST_WAIT) for _ in range(FREE_HERE)] == [0.0] * FREE_HERE


def test_the_owner_elsewhere_and_others_here_still_log_in(tmp_path: Path) -> None:
    for _ in range(FREE_HERE + 3):
        tries(tmp_path, "a", HOME)
    assert right(tmp_path, "a", OFFICE) == 0.0
    assert right(tmp_path, "b", HOME) == 0.0


def test_guessing_from_many_addresses_is_slowed_by_the_account(tmp_path: Path) -> None:
    waits = [tries(tmp_path, "a", f"198.51.100.{rank}") for rank in range(FREE_ACCOUNT + 1)]
    assert waits == [0.0] * FREE_ACCOUNT + [FIRST_WAIT]
    assert right(tmp_path, "b", "198.51.100.1") == 0.0


def test_guessing_over_many_accounts_is_slowed_by_the_address(tmp_path: Path) -> None:
    """Even by someone who logs in to their own account in between."""
    waits = []
    for rank in range(FREE_ADDRESS + 1):
        if rank % 5 == 4:
            right(tmp_path, "mine", HOME)
        waits.append(tries(tmp_path, f"account {rank}", HOME))
    assert waits == [0.0] * FREE_ADDRESS + [FIRST_WAIT]
    assert tries(tmp_path, "account 0", OFFICE) == 0.0


def test_failures_are_forgiven_with_time() -> None:
    assert [forgiven(10, seconds) for seconds in (-5, 0, 1799, 1800, 9000, 10**6)] == [10, 10, 10, 9, 5, 0]


def test_the_wait_stays_within_its_bounds() -> None:
    assert wait_after(4, 5) == 0.0
    assert wait_after(5, 5) == FIRST_WAIT
    assert wait_after(10_000, 5) == LONGEST_WAIT


def test_an_account_is_one_however_it_is_written_and_the_file_names_nobody(tmp_path: Path) -> None:
    assert counters(" Direction-SPAL ", HOME, KEY) == counters("direction-spal", HOME, KEY)
    assert counters("a", HOME, KEY) != counters("a", HOME, "another key")
    tries(tmp_path, "direction-spal", HOME)
    content = (tmp_path / FILE).read_bytes()
    assert b"direction-spal" not in content
    assert HOME.encode() not in content
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_counters_that_share_a_text_are_not_one() -> None:
    assert len({counter.who for counter in (*counters("a", "b", KEY), *counters("b", "a", KEY))}) == 6
    assert isinstance(counters("", "", KEY)[0], Counter)
