"""Live sessions: opened at a login, closed by a logout, by a change of password, or by time.

Superset's session is a signed cookie, which nothing takes back: a copy would serve after a logout.
So the cookie carries a random number, and only a number that is listed here is a session.
"""

import hashlib
import secrets
import sqlite3

LIFE = 8 * 3600.0  # seconds from the login
IDLE = 30 * 60.0  # seconds without a request
NOTED_EVERY = 60.0  # seconds: how often a use is written down
MOST = 50  # of one user; the oldest end first


def open_session(connection: sqlite3.Connection, user_id: str, now: float) -> str:
    """The number of a new session of that user; only its cookie is to hold it."""
    connection.execute("DELETE FROM session WHERE opened < ? OR used < ?", (now - LIFE, now - IDLE))
    number = secrets.token_urlsafe(32)
    connection.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(number), user_id, now, now))
    connection.execute(
        "DELETE FROM session WHERE user_id = ? AND digest NOT IN"
        " (SELECT digest FROM session WHERE user_id = ? ORDER BY opened DESC, rowid DESC LIMIT ?)",
        (user_id, user_id, MOST),
    )
    return number


def is_live(connection: sqlite3.Connection, number: str | None, user_id: str, now: float) -> bool:
    """True for a session of that user that is neither closed, too old nor left idle; notes its use."""
    digest = _digest(number or "")
    row = connection.execute(
        "SELECT used FROM session WHERE digest = ? AND user_id = ? AND opened > ? AND used > ?",
        (digest, user_id, now - LIFE, now - IDLE),
    ).fetchone()
    if row is None:
        return False
    if now - row["used"] >= NOTED_EVERY:
        connection.execute("UPDATE session SET used = ? WHERE digest = ?", (now, digest))
    return True


def close(connection: sqlite3.Connection, number: str) -> None:
    """End a session."""
    connection.execute("DELETE FROM session WHERE digest = ?", (_digest(number),))


def close_all_of(connection: sqlite3.Connection, user_id: str) -> None:
    """End every session of a user."""
    connection.execute("DELETE FROM session WHERE user_id = ?", (user_id,))


def _digest(number: str) -> str:
    return hashlib.sha256(number.encode("utf-8", "replace")).hexdigest()
