"""Errors whose words the project wrote itself, and a way to speak of the others without their data."""

from pathlib import Path

_OURS = Path(__file__).parent
_FULL = "le disque est plein, ou ne prend plus rien / the disk is full, or takes no more"
_CLOSED = "l'écriture y est interdite / writing is forbidden there"
# what systems and libraries say, in lower case, and what it means; nothing else of their words is told
_CAUSES = {
    "no space left on device": _FULL,
    "disk quota exceeded": _FULL,
    "file too large": _FULL,
    "disk is full": _FULL,
    "disk i/o error": _FULL,
    "read-only file system": _CLOSED,
    "readonly database": _CLOSED,
    "permission denied": _CLOSED,
}


class PlainError(Exception):
    """An error that may be shown as it is: its message never quotes a cell, a name or a key."""


def describe(error: BaseException) -> str:
    """What a failure is and where it arose, without its data.

    The text of an error that is not ours may quote a cell of a partner's file, so only errors that
    the project itself words (`PlainError`) are shown in full; of the others, the class and the place,
    and the cause where it is the disk.
    """
    if isinstance(error, PlainError):
        return str(error)
    ours, last = [], ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        last = f"{code.co_filename.rsplit('/site-packages/', 1)[-1]}:{trace.tb_lineno}"
        if code.co_filename.startswith(str(_OURS)):
            ours.append(last := last.removeprefix(f"{_OURS}/"))
        trace = trace.tb_next
    places = dict.fromkeys([*ours[-3:], last])
    return f"{type(error).__name__} ({' > '.join(places)}){_cause(error)}"


def _cause(error: BaseException) -> str:
    words = str(error).lower()
    return next((f" : {meaning}" for word, meaning in _CAUSES.items() if word in words), "")
