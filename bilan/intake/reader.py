"""The process that opens partners' files: memory, time and disk are counted out to it.

A fork server: everything is imported once and nothing computed, then each message on its standard input
(a socket) brings the limits and a connection, for which a reader is forked. Whatever a file does to its
reader ends with that reader. It is given neither the keys nor the environment of whoever asks.
"""

import contextlib
import os
import pickle
import resource
import signal
import socket
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bilan.errors import PlainError, describe

# what a reader calls is known to it before it is asked, so that no time is lost importing it again
from bilan.intake import sheets, statement  # noqa: F401

_CONTROL = 0  # the standard input
_LONGEST_MESSAGE = 1 << 12
_FIRST_TO_GO = "1000"  # when the machine itself runs out of memory


@dataclass(frozen=True)
class Limits:
    """What the reading of one file may cost; generous to the largest sheet that a spreadsheet holds."""

    memory: int = 4 << 30  # bytes of address space
    seconds: int = 20  # of processor time, for any file
    seconds_per_mib: float = 2.0  # and for each MiB of it
    most_seconds: int = 180
    patience: int = 4  # how much longer than that it may last by the clock, on a busy machine

    @classmethod
    def from_environment(cls) -> "Limits":
        """Those of BILAN_READER_MIB (of memory) and BILAN_READER_SECONDS (for any file), where given.

        Raises PlainError when they are no whole numbers.
        """
        given = {
            "memory": _whole_number(os.environ.get("BILAN_READER_MIB"), 1 << 20),
            "seconds": _whole_number(os.environ.get("BILAN_READER_SECONDS"), 1),
        }
        return cls(**{name: value for name, value in given.items() if value is not None})

    def seconds_for(self, size: int) -> int:
        """The seconds of processor time for a file of that many bytes."""
        return min(self.most_seconds, self.seconds + round(self.seconds_per_mib * size / (1 << 20)))


@dataclass(frozen=True)
class Failure:
    """What stopped the reading, in French: of an error of the program, its class and its place alone."""

    reason: str


def _whole_number(text: str | None, unit: int) -> int | None:
    if text is None:
        return None
    if not text.isdecimal():
        raise PlainError("BILAN_READER_MIB et BILAN_READER_SECONDS doivent être des nombres entiers.")
    return int(text) * unit


def main() -> None:
    """Fork a reader for each connection that comes, until nobody is left who could ask."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the readers
    control = socket.socket(fileno=_CONTROL)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _LONGEST_MESSAGE, 1)
        if not descriptors:
            return
        if os.fork() == 0:
            try:
                control.close()
                serve(Connection(descriptors[0]), pickle.loads(message))  # noqa: S301 - from who started us
            finally:
                os._exit(0)
        os.close(descriptors[0])


def serve(connection: "Connection[Any, Any]", limits: Limits) -> None:
    """Answer (function, arguments), then a file's bytes, with what the function makes of them."""
    _confine(limits)
    while True:
        try:
            function, arguments = connection.recv()
            content = connection.recv_bytes()
        except EOFError:
            return
        _count_out(limits, len(content))
        connection.send(_answer(function, content, arguments))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(function: Any, content: bytes, arguments: tuple[Any, ...]) -> Any:
    try:
        return function(content, *arguments)
    except MemoryError:
        os._exit(1)  # as when a library runs out of it
    except PlainError as reason:
        return Failure(str(reason))
    except BaseException as error:  # a library's panic is no Exception
        return Failure(f"une erreur du programme a interrompu sa lecture, {describe(error)}")


def _confine(limits: Limits) -> None:
    """Bound the memory; forbid any file to be written, a dump of the memory included."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, "ascii")
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))


def _count_out(limits: Limits, size: int) -> None:
    """Have the system end this process if the next file takes too long."""
    seconds = limits.seconds_for(size)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
    signal.setitimer(signal.ITIMER_REAL, seconds * limits.patience)
