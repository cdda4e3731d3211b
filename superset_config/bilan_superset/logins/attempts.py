"""Tries at passwords, slowed by account and by address.

Three counters, so that guessing is slow from one address, from many, and over many accounts, and
that nobody is kept out of their account by a stranger elsewhere who has tried it a few times. A try
is counted before the password is looked at: a thousand tries at once get no more than one by one.
"""

import hashlib
import hmac
import sqlite3
from dataclasses import dataclass

# Failures that cost nothing: of one account from one address, of an account from anywhere, of an
# address over any accounts (an organisation may have one address for all its people).
FREE_HERE = 5
FREE_ACCOUNT = 30
FREE_ADDRESS = 30

FIRST_WAIT = 30.0  # seconds; doubled at each further failure
LONGEST_WAIT = 900.0
# One failure is forgiven for each so many seconds since the last: people mistype, day after day.
FORGIVEN_EVERY = 1800.0
FORGOTTEN_AFTER = 86_400.0  # seconds without a try


@dataclass(frozen=True)
class Counter:
    """A counter's key, and how many failures it lets pass without a wait."""

    who: str
    free: int


def counters(account: str, address: str, key: str) -> tuple[Counter, Counter, Counter]:
    """The counters of a try: this account from this address, the account, the address.

    Keyed hashes: the file that keeps them tells neither names nor addresses.
    """
    account = account.strip().casefold()

    def word(*parts: str) -> str:
        return hmac.new(key.encode(), "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    return (
        Counter(word("here", account, address), FREE_HERE),
        Counter(word("account", account), FREE_ACCOUNT),
        Counter(word("address", address), FREE_ADDRESS),
    )


def wait_after(failures: int, free: int) -> float:
    """Seconds to wait after so many failures."""
    over = failures - free
    return 0.0 if over < 0 else min(FIRST_WAIT * 2.0 ** min(over, 16), LONGEST_WAIT)


def forgiven(failures: int, seconds: float) -> int:
    """What is left of so many failures, so many seconds after the last one."""
    return max(failures - int(max(seconds, 0.0) // FORGIVEN_EVERY), 0)


def begin(connection: sqlite3.Connection, tried: tuple[Counter, ...], now: float) -> float:
    """Count a try as failed and return 0; or count nothing and return the seconds still to wait."""
    connection.execute("DELETE FROM attempt WHERE last < ? AND until < ?", (now - FORGOTTEN_AFTER, now))
    known = {counter.who: _row(connection, counter) for counter in tried}
    wait = max((row["until"] - now for row in known.values() if row), default=0.0)
    if wait > 0:
        return wait
    for counter in tried:
        row = known[counter.who]
        failures = (forgiven(row["failures"], now - row["last"]) if row else 0) + 1
        until = now + wait_after(failures, counter.free)
        connection.execute(
            "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?)", (counter.who, failures, now, until)
        )
    return 0.0


def succeed(connection: sqlite3.Connection, tried: tuple[Counter, Counter, Counter]) -> None:
    """The password was right: forget this account's failures, and take this try off the address.

    Not the address's other failures: who owns one account must not try all others for free.
    """
    here, account, address = tried
    connection.execute("DELETE FROM attempt WHERE who IN (?, ?)", (here.who, account.who))
    connection.execute(
        "UPDATE attempt SET failures = failures - 1, until = last WHERE who = ? AND failures > 0",
        (address.who,),
    )


def _row(connection: sqlite3.Connection, counter: Counter) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM attempt WHERE who = ?", (counter.who,)
    ).fetchone()
    return row
