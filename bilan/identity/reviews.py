"""Pairs of tokens that wait for a person's word, and the words given: the vault's table `reviews`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from bilan.identity.access import Access
from bilan.identity.crypto import seal, unseal
from bilan.identity.store import write
from bilan.identity.vault import Vault

WAITING, ACCEPTED, REFUSED, PARTED = "waiting", "accepted", "refused", "parted"


@dataclass(frozen=True)
class Review:
    """A pair and what was said of it. `token` is the smaller; nobody has decided while it waits."""

    number: int
    token: str
    other: str
    score: str | None  # None for a pair that was parted without having been scored
    state: str
    at: str
    decided_by: str = ""
    why: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two tokens."""
        return self.token, self.other


def reviews(vault: Vault) -> list[Review]:
    """Every pair, in the order it was put forward."""
    rows = vault.rows("select number, token, other, score, state, at, sealed from reviews order by number")
    return [
        Review(number, token, other, score, state, at, **_opened(vault, token, other, bytes(sealed)))
        for number, token, other, score, state, at, sealed in rows
    ]


def put_forward(vault: Vault, connection: Connection, pairs: Iterable[tuple[str, str, str]]) -> None:
    """Keep pairs (token, other, score) for somebody to decide."""
    at, first = _now(), next_number(vault)
    for number, (token, other, score) in enumerate(pairs, first):
        keep(vault, connection, Review(number, token, other, score, WAITING, at))


def next_number(vault: Vault) -> int:
    """The number of the next pair."""
    [(last,)] = vault.rows("select coalesce(max(number), 0) from reviews")
    return int(last) + 1


def decided(review: Review, state: str, access: Access) -> Review:
    """The review with somebody's word on it."""
    return Review(
        review.number, review.token, review.other, review.score, state, _now(), access.reader, access.why
    )


def keep(vault: Vault, connection: Connection, review: Review) -> None:
    """Write a review, new or decided."""
    content = json.dumps({"decided_by": review.decided_by, "why": review.why}, ensure_ascii=False)
    write(
        connection,
        "insert into reviews values (:number, :token, :other, :score, :state, :at, :sealed)"
        " on conflict (number) do update set"
        " state = excluded.state, at = excluded.at, sealed = excluded.sealed",
        {
            "number": review.number,
            "token": review.token,
            "other": review.other,
            "score": review.score,
            "state": review.state,
            "at": review.at,
            "sealed": seal(vault.keys.blobs, content.encode(), _context(review.token, review.other)),
        },
    )


def _opened(vault: Vault, token: str, other: str, sealed: bytes) -> dict[str, str]:
    content: dict[str, str] = json.loads(unseal(vault.keys.blobs, sealed, _context(token, other)))
    return content


def _context(token: str, other: str) -> str:
    return f"review|{token}|{other}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
