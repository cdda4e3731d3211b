"""The inbox: what lies in it, and how a file leaves it without being lost.

A file is first moved, in one step, into a folder of the inbox that nobody else writes to; what was moved
is read and sealed, and only then let go. What replaces it meanwhile is another file, for the next run; a
run that is killed leaves what it had moved, and the next one takes it from there.
"""

import errno
import fcntl
import os
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bilan.errors import PlainError
from bilan.home import PRIVATE_FOLDER

TAKING = ".taking"
SECONDS_AT_REST = 5.0  # a file that is still being copied changes
MOST_BYTES = 256 << 20
DEEPEST = 32  # folders within one another
# .xls and the like are not read, but a partner's spreadsheet is never passed over in silence
SPREADSHEETS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".tsv"})
# what no other file could be taken after either
_STOPPING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})

GONE = "Fichier introuvable."
ODD = (
    "Ni un fichier ordinaire ni un dossier (lien, tube, prise ou périphérique) : il n'est pas ouvert. "
    "Déposer le fichier lui-même."
)
CLOSED = "Bilan n'a pas le droit de lire ceci : en corriger les droits d'accès."
TOO_DEEP = f"Plus de {DEEPEST} dossiers l'un dans l'autre : ce qui est dessous n'est pas lu. Déposer à plat."
TOO_BIG = f"Plus de {MOST_BYTES >> 20} Mio : aucun journal n'a cette taille. Ne garder que le tableau."
WRITTEN = "Encore en cours d'écriture : il sera pris à la prochaine prise."
BEFORE = "Un envoi du même nom est encore à prendre : celui-ci le sera à la prochaine prise."
STUCK = "Il ne peut pas être déplacé hors de la boîte de dépôt : vérifier son nom et ses droits d'accès."


class NotTakenError(PlainError):
    """A file that stays where it is; the message says why, and what to do."""


@dataclass(frozen=True)
class Received:
    """The bytes of a file, where it is now, and how it was when they were read."""

    file: Path
    content: bytes
    _state: tuple[int, int, int]

    def let_go(self) -> None:
        """Delete the file, unless it was written to since it was read: the next run takes that."""
        with _opened(self.file, os.O_NOFOLLOW) as stream:
            if _state(os.fstat(stream.fileno())) == self._state and not _is_written(stream):
                self.file.unlink()


def listed(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """The spreadsheets under a folder, by name, and what is neither file nor folder, with what is wrong.

    Links are not followed. Hidden files, and those that an open office program leaves, stand apart.
    """
    folders = [(folder, 0)]
    while folders:
        place, depth = folders.pop()
        if depth > DEEPEST:
            yield place, TOO_DEEP
            continue
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError:
            yield place, CLOSED
            continue
        seen = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
        inner = [(place / one.name, depth + 1) for one in seen if one.is_dir(follow_symlinks=False)]
        folders += reversed(inner)
        yield from _files_among(place, seen)


def _files_among(place: Path, entries: list["os.DirEntry[str]"]) -> Iterator[tuple[Path, str | None]]:
    for entry in entries:
        file = place / entry.name
        if entry.is_file(follow_symlinks=False):
            if file.suffix.lower() in SPREADSHEETS:
                yield file, None
        elif not entry.is_dir(follow_symlinks=False):
            yield file, ODD


def receive(file: Path, *, follow: bool) -> Received:
    """Read a file that is left where it is, `follow` a link. Raises NotTakenError."""
    with _opened(file, 0 if follow else os.O_NOFOLLOW) as stream:
        return _read(file, stream)


def receive_from_inbox(inbox: Path, file: Path) -> Received:
    """Move a file of the inbox out of it, and read what was moved. Raises NotTakenError."""
    with _opened(file, os.O_NOFOLLOW) as stream:
        _check_at_rest(stream)
    moved = _moved(inbox, file)
    with _opened(moved, os.O_NOFOLLOW) as stream:
        _check_at_rest(stream)  # again, now that nobody finds it by its name
        return _read(moved, stream)


def is_at_rest(status: os.stat_result, seconds: float = SECONDS_AT_REST) -> bool:
    """Whether nothing was written lately; a time to come says nothing of that."""
    return not 0 <= time.time() - status.st_mtime < seconds


def _read(file: Path, stream: BinaryIO) -> Received:
    state = _state(os.fstat(stream.fileno()))
    return Received(file, stream.read(MOST_BYTES), state)


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _opened(file: Path, flags: int) -> BinaryIO:
    """An ordinary file, open for reading; nothing else is waited for, or followed if `flags` say so."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    except OSError as problem:
        raise NotTakenError(_why(problem)) from None
    status = os.fstat(descriptor)
    wrong = ODD if not stat.S_ISREG(status.st_mode) else TOO_BIG if status.st_size > MOST_BYTES else None
    if wrong:
        os.close(descriptor)
        raise NotTakenError(wrong)
    return os.fdopen(descriptor, "rb")


def _why(problem: OSError) -> str:
    match problem.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return GONE
        case errno.EACCES | errno.EPERM:
            return CLOSED
        case _:  # ELOOP: a link; ENXIO: a socket, or a device that is not there
            return ODD


def _moved(inbox: Path, file: Path) -> Path:
    """The file's place among those being taken, once it is there."""
    taking = inbox / TAKING
    if file.is_relative_to(taking):
        return file
    target = taking / file.relative_to(inbox)
    if os.path.lexists(target):  # a move would replace it; nobody else writes there
        raise NotTakenError(BEFORE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        file.rename(target)
    except OSError as problem:
        if problem.errno in _STOPPING:
            raise
        raise NotTakenError(GONE if problem.errno == errno.ENOENT else STUCK) from None
    return target


def _check_at_rest(stream: BinaryIO) -> None:
    if _is_written(stream):
        raise NotTakenError(WRITTEN)


def _is_written(stream: BinaryIO) -> bool:
    """Whether somebody has the file open for writing: a lease on it is then refused.

    The system leases to a file's owner alone: of another's, the time of its last change must do.
    """
    try:
        fcntl.fcntl(stream, fcntl.F_SETSIG, signal.SIGURG)  # who opens it at that very moment harms nobody
        fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except PermissionError:
        return not is_at_rest(os.fstat(stream.fileno()))
    except OSError:  # a file system without leases
        return False
    return False
