"""Personal API tokens: made, found again, listed, revoked. Only their SHA-256 is kept.

A token is `bilan_<id>_<secret>`: a prefix that scanners of leaked secrets can look for, a number
that is no secret (journals name it) and 256 random bits. So much chance needs no slow hash.
"""

import hashlib
import hmac
import re
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SHAPE = re.compile(r"bilan_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
ID_BYTES = 6
SECRET_BYTES = 32
LIFE = timedelta(days=365)
# What a person may choose, in days; a year is the most.
LIVES = (30, 90, 365)
# More scripts than one person has; a forgotten token is revoked before one is added.
MOST_PER_OWNER = 10
LONGEST_LABEL = 60

ACTIVE, EXPIRED, REVOKED = "active", "expired", "revoked"
_NOBODY = hashlib.sha256(b"").digest()


class TokenError(Exception):
    """No token was made: `code` is `label` (empty or too long), `life` or `too_many`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Owner:
    """Whose token it is. Both must still be the account's: a number or a name may be given again."""

    id: int
    name: str


@dataclass(frozen=True)
class Token:
    """What is known of a token, all but the token."""

    id: str
    owner: Owner
    label: str
    created: datetime
    expires: datetime
    last_used: datetime | None
    revoked: datetime | None

    def state(self, now: datetime) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked is not None:
            return REVOKED
        return EXPIRED if self.expires <= now else ACTIVE


def make(
    connection: sqlite3.Connection, owner: Owner, label: str, now: datetime, days: int = LIFE.days
) -> tuple[Token, str]:
    """A new token of `owner`, and its text, which nothing gives again. TokenError says why not."""
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_LABEL:
        raise TokenError("label")
    if not 0 < days <= LIFE.days:
        raise TokenError("life")
    if sum(token.state(now) == ACTIVE for token in of_owner(connection, owner)) >= MOST_PER_OWNER:
        raise TokenError("too_many")
    number = secrets.token_hex(ID_BYTES)
    text = f"bilan_{number}_{secrets.token_urlsafe(SECRET_BYTES)}"
    made = Token(number, owner, label, now, now + timedelta(days=days), None, None)
    connection.execute(
        "INSERT INTO token (id, owner_id, owner, label, digest, created, expires)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, owner.id, owner.name, label, _digest(text), _written(made.created), _written(made.expires)),
    )
    return made, text


def of_owner(connection: sqlite3.Connection, owner: Owner) -> list[Token]:
    """The owner's tokens, newest first."""
    found = connection.execute(
        "SELECT * FROM token WHERE owner_id = ? AND owner = ? ORDER BY created DESC, id",
        (owner.id, owner.name),
    )
    return [_token(row) for row in found]


def revoke(connection: sqlite3.Connection, number: str, owner: Owner, now: datetime) -> bool:
    """Revoke the owner's own token; False when it is not one, or no longer one."""
    done = connection.execute(
        "UPDATE token SET revoked = ? WHERE id = ? AND owner_id = ? AND owner = ? AND revoked IS NULL",
        (_written(now), number, owner.id, owner.name),
    )
    return done.rowcount == 1


def find(connection: sqlite3.Connection, text: str) -> Token | None:
    """The token whose text this is, whatever its state; None for any other text."""
    match = SHAPE.fullmatch(text)
    row = connection.execute("SELECT * FROM token WHERE id = ?", (match[1] if match else "",)).fetchone()
    # Compared even with nobody's: the time taken does not tell whether the number exists.
    same = hmac.compare_digest(row["digest"] if row else _NOBODY, _digest(text))
    return _token(row) if row and same else None


def note_use(connection: sqlite3.Connection, token: Token, now: datetime) -> None:
    """Remember that the token served now."""
    connection.execute("UPDATE token SET last_used = ? WHERE id = ?", (_written(now), token.id))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _token(row: sqlite3.Row) -> Token:
    def moment(column: str) -> datetime | None:
        return datetime.fromisoformat(row[column]) if row[column] else None

    return Token(
        id=row["id"],
        owner=Owner(row["owner_id"], row["owner"]),
        label=row["label"],
        created=datetime.fromisoformat(row["created"]),
        expires=datetime.fromisoformat(row["expires"]),
        last_used=moment("last_used"),
        revoked=moment("revoked"),
    )
