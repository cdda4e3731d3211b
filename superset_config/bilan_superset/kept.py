"""Answers of boards, kept in memory while all that they come from stands.

Superset spends a tenth of a second of work on each of a board's twenty questions, most of it on looking
up whether the caller may ask it. The answer to a question follows from the caller, from the published
file that the caller's roles open, and from what the metadata database says of boards and roles: the same
question under the same three has the same answer.
"""

import hashlib
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cachetools import LRUCache  # type: ignore[import-untyped]  # no types shipped
from flask import Flask, Response, current_app, g, request, session

from bilan_superset import changes
from bilan_superset.access import NoFileError, file_of
from bilan_superset.callers import caller
from bilan_superset.landing import roles_of

ANSWERS = frozenset({
    "ChartDataRestApi.data", "DashboardRestApi.get", "DashboardRestApi.get_charts",
    "DashboardRestApi.get_datasets",
})  # fmt: skip
MOST_BYTES = 64 * 1024 * 1024  # in each worker
KEY_BYTES = 2048
OK = 200

Key = tuple[Any, ...]
_kept: LRUCache[Key, bytes] = LRUCache(MOST_BYTES, getsizeof=lambda body: len(body) + KEY_BYTES)
_lock = threading.Lock()


def watch(app: Flask) -> None:
    """Answer again what was answered, once the doors have let it pass."""
    app.before_request(_again)
    app.after_request(_keep)
    changes.watch(Path(app.config["STATE"]))


def answered_again() -> bool:
    """True when the answer to this request is one that was kept, already as it may leave."""
    return bool(g.get("bilan_answered_again"))


def _again() -> Response | None:
    if request.endpoint not in ANSWERS:
        return None
    g.bilan_key = key = _key()
    with _lock:
        body = None if key is None else _kept.get(key)
    if body is None:
        return None
    g.bilan_answered_again = True
    return Response(body, mimetype="application/json")


def _keep(response: Response) -> Response:
    """Keep an answer as it leaves, unless what it came from moved meanwhile."""
    key = g.get("bilan_key")
    fit = response.status_code == OK and response.mimetype == "application/json"
    if key is not None and fit and not answered_again() and key == _key():
        body = response.get_data()
        with _lock:
            if len(body) + KEY_BYTES <= MOST_BYTES:
                _kept[key] = body
    return response


def _key() -> Key | None:
    """What the answer follows from; None for who opens no file, and while the boards are being changed."""
    user, mark = caller(), changes.mark(Path(current_app.config["STATE"]))
    roles = roles_of(user)
    try:
        file = file_of(roles, Path(current_app.config["PUBLISHED"]))
        stands = file.stat()
    except (NoFileError, OSError):
        return None
    if mark is None:
        return None
    opened = (str(file), stands.st_ino, stands.st_mtime_ns, stands.st_size)
    today = datetime.now(UTC).date()
    return (*opened, mark, today, user.get_id(), frozenset(roles), session.get("locale"), _asked())


def _asked() -> str:
    """The whole question, as a hash: method, address, kind and content."""
    parts = (request.method, request.path, request.content_type or "", repr(request.query_string))
    written = "\n".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(written + b"\n" + request.get_data()).hexdigest()
