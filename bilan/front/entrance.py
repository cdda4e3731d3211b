"""Who was let in: a link that serves once, and the session that it opens.

For a service without accounts of its own. The link is written where the owner of the home alone reads it:
whoever can read it could read the home anyway. Another link takes its place as soon as it has served.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from bilan.durable import replace

PATH = "/entrer"
KEY = "cle"
LIFE = 8 * 3600.0  # seconds


class Entrance:
    """The links to `address`, one after the other in `file`, and the sessions that they opened.

    Sessions live in this process alone: they end with it, or after `life` seconds of `clock`.
    """

    def __init__(
        self, address: str, file: Path, *, life: float = LIFE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._address, self._file, self._life, self._clock = address, file, life, clock
        self._ends: dict[str, float] = {}
        self._next = self._write_link()

    def enter(self, key: str) -> str | None:
        """A new session's number when `key` is the link's, which is then spent; None otherwise."""
        if not secrets.compare_digest(_digest(key), self._next):
            return None
        self._next = self._write_link()
        number, now = secrets.token_urlsafe(32), self._clock()
        self._ends = {digest: end for digest, end in self._ends.items() if end > now}
        self._ends[_digest(number)] = now + self._life
        return number

    def seconds_left(self, number: str) -> float:
        """The seconds that the session has still to live; 0 where there is none."""
        return max(0.0, self._ends.get(_digest(number), 0.0) - self._clock())

    def _write_link(self) -> str:
        """Write a new link in place of the last, whole; the digest of its key, which is kept nowhere else."""
        key = secrets.token_urlsafe(32)
        replace(self._file, f"{self._address}{PATH}?{KEY}={key}\n".encode("ascii"))
        return _digest(key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
