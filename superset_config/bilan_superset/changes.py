"""Whether what the metadata database says of boards and roles is still what it said: a mark, for all workers.

The mark is a file with a random word. It is taken away when a change is written and put back, another, when
its transaction ends: a process that dies between the two leaves none, and nothing is known to stand.
"""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

MARK = "boards.mark"
CHANGED = "bilan_changed"
# What is written as people work, and changes no board: what they did, that they came, a permalink. A
# user's roles are looked at by whoever asks for the mark.
WRITTEN_ALL_DAY = frozenset({"Log", "User", "KeyValueEntry"})


def watch(folder: Path) -> None:
    """Move the mark in `folder` at each change that this process makes; and now, for what was missed."""

    def changed(session: Session) -> None:
        session.info[CHANGED] = True
        (folder / MARK).unlink(missing_ok=True)

    def on_flush(session: Session, _context: Any) -> None:
        objects = (*session.new, *session.dirty, *session.deleted)
        if {type(one).__name__ for one in objects} - WRITTEN_ALL_DAY:
            changed(session)

    def on_statement(state: Any) -> None:
        if getattr(state.statement, "is_dml", False):
            changed(state.session)

    def on_bulk(context: Any) -> None:
        changed(context.session)

    def on_end(session: Session, transaction: Any) -> None:
        if transaction.parent is None and session.info.pop(CHANGED, False):
            _put(folder)

    event.listen(Session, "after_flush", on_flush)
    event.listen(Session, "do_orm_execute", on_statement)
    event.listen(Session, "after_bulk_update", on_bulk)
    event.listen(Session, "after_bulk_delete", on_bulk)
    event.listen(Session, "after_transaction_end", on_end)
    _put(folder)


def mark(folder: Path) -> str | None:
    """The mark as it is; None while a change is under way."""
    with suppress(FileNotFoundError):
        return (folder / MARK).read_text("ascii")
    return None


def _put(folder: Path) -> None:
    """A new mark, whole or not at all."""
    new = folder / f"{MARK}.{secrets.token_hex(4)}"
    new.write_text(secrets.token_hex(8), "ascii")
    new.replace(folder / MARK)
