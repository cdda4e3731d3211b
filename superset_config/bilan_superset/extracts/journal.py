"""The journal of accesses: one JSON object a line, only ever appended to.

    superset/extracts-access.jsonl

Who, with which token's number, what, of which release, when, and the answer's status. Never the
token, an address or a query string. A call that cannot be written there is not answered.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = "extracts-access.jsonl"
PRIVATE_FILE = 0o600
LONGEST_WHAT = 200
# Someone may paste a token where a file's name goes.
TOKEN_LIKE = re.compile(r"bilan_[0-9a-f]{12}_[A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Access:
    """One call. `user` and `token` (its number) are None for a stranger."""

    at: datetime
    user: str | None
    token: str | None
    method: str
    what: str
    release: int | None
    status: int


def append(folder: Path, access: Access) -> None:
    """Add a line, whole even when several workers write at once. OSError when it can't be written."""
    what = TOKEN_LIKE.sub("bilan_…", access.what)[:LONGEST_WHAT]
    at = access.at.astimezone(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({**asdict(access), "at": at, "what": what}, ensure_ascii=True) + "\n"
    descriptor = os.open(
        folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, PRIVATE_FILE
    )
    try:
        if os.write(descriptor, line.encode("ascii")) != len(line):
            raise OSError("the journal of accesses took half a line")
    finally:
        os.close(descriptor)
