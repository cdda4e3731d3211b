"""How often one may call: so many at once, then one at each step (a leaky bucket, exact).

The bucket is one number per caller, in the database that all workers share: until when its calls
are spent. Whole nanoseconds: a float of the time of day is too coarse for an exact limit.
"""

import sqlite3
from dataclasses import dataclass

SECOND = 1_000_000_000


@dataclass(frozen=True)
class Limit:
    """`calls` at once, and as many in each `seconds` that follow."""

    calls: int
    seconds: int


# A person's script takes a whole release (some fifteen files) and polls each minute, with room.
PER_TOKEN = Limit(calls=120, seconds=60)
# The same for a person at the page.
PER_USER = Limit(calls=120, seconds=60)
# Calls of one address without a login or a good token: enough for a wrong paste, too few to search or
# to fill the journal. A good token from there passes all the same: a neighbour shuts nobody out.
PER_ADDRESS = Limit(calls=10, seconds=60)


def after_call(until: int, now: int, limit: Limit) -> tuple[int, int]:
    """Of a caller whose calls are spent `until`: the new `until`, and the nanoseconds to wait (0: pass).

    A refused call costs nothing. A clock set back shuts nobody out longer than the limit's seconds.
    """
    window = limit.seconds * SECOND
    spent = min(max(until, now), now + window) + window // limit.calls
    wait = spent - now - window
    return (spent, 0) if wait <= 0 else (until, wait)


def seconds_to_wait(connection: sqlite3.Connection, who: str, limit: Limit, now: int) -> int:
    """Count a call of `who` at `now` (nanoseconds); 0 when it passes, else whole seconds to wait."""
    row = connection.execute("SELECT until FROM spent WHERE who = ?", (who,)).fetchone()
    until, wait = after_call(row["until"] if row else 0, now, limit)
    connection.execute("DELETE FROM spent WHERE until < ?", (now,))
    connection.execute("INSERT OR REPLACE INTO spent VALUES (?, ?)", (who, until))
    return -(-wait // SECOND)
