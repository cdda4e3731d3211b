"""Answers of boards, kept in memory while all that they come from stands.

Superset spends a tenth of a second of work on each of a board's twenty questions, most of it on looking
up whether the caller may ask it. The answer to a question follows from the published file that the
caller's roles open, from those roles, and from what the metadata database says of boards: the same
question under the same three has the same answer.
"""

import hashlib
import secrets
import threading
from pathlib import Path
from typing import Any

from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import event
from sqlalchemy.orm import Session

from bilan_superset.access import NoFileError, file_of
from bilan_superset.callers import caller
from bilan_superset.landing import roles_of

ANSWERS = frozenset({
    "ChartDataRestApi.data", "DashboardRestApi.get", "DashboardRestApi.get_charts",
    "DashboardRestApi.get_datasets",
})  # fmt: skip
MOST_BYTES = 64 * 1024 * 1024  # in each worker
MARK = "boards.changed"
CHANGED = "bilan_changed"
# What is written as people work, and changes no board: what they did, that they came, a permalink. A
# user's roles are part of the key.
WRITTEN_ALL_DAY = frozenset({"Log", "User", "KeyValueEntry"})
OK = 200

Key = tuple[Any, ...]
_kept: LRUCache[Key, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
_lock = threading.Lock()


def watch(app: Flask) -> None:
    """Answer again what was answered, once the doors have let it pass; note what changes boards."""
    app.before_request(_again)
    app.after_request(_keep)
    event.listen(Session, "after_flush", _on_flush)
    event.listen(Session, "after_bulk_update", _on_bulk)
    event.listen(Session, "after_bulk_delete", _on_bulk)
    event.listen(Session, "after_commit", _on_commit)


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
            if len(body) <= MOST_BYTES:
                _kept[key] = body
    return response


def _key() -> Key | None:
    """What the answer follows from; None for who opens no file."""
    roles = roles_of(caller())
    try:
        file = file_of(roles, Path(current_app.config["PUBLISHED"]))
        stands = file.stat()
    except (NoFileError, OSError):
        return None
    asked = hashlib.sha256(request.get_data()).hexdigest()
    return (
        *(str(file), stands.st_ino, stands.st_mtime_ns, stands.st_size, _mark()),
        *(frozenset(roles), session.get("locale"), request.endpoint, request.full_path, asked),
    )


def _mark() -> str:
    """What changes whenever the metadata database does, whichever worker wrote there."""
    try:
        return (Path(current_app.config["STATE"]) / MARK).read_text("ascii")
    except FileNotFoundError:
        return ""


def _on_flush(written: Session, _context: Any) -> None:
    objects = (*written.new, *written.dirty, *written.deleted)
    if {type(one).__name__ for one in objects} - WRITTEN_ALL_DAY:
        written.info[CHANGED] = True


def _on_bulk(context: Any) -> None:
    context.session.info[CHANGED] = True


def _on_commit(written: Session) -> None:
    if written.info.pop(CHANGED, False):
        (Path(current_app.config["STATE"]) / MARK).write_text(secrets.token_hex(8), "ascii")
