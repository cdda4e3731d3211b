"""Reading apart: what a partner sent is opened in another process, which a file may bring down.

The only way into this room for the others: nothing that a file holds can end the process that asks, or
take more memory or time than the limits say.
"""

import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Concatenate, ParamSpec, TypeVar

from bilan.contracts import CONTRACTS
from bilan.errors import PlainError
from bilan.intake import sheets, statement
from bilan.intake.inputs import UNANSWERED, Answers, Reference, Source, Statement
from bilan.intake.reader import Failure, Limits

P = ParamSpec("P")
R = TypeVar("R")

_PROGRAM = "from bilan.intake.reader import main; main()"
_PASSED_ON = ("LD_LIBRARY_PATH", "TZ")


class UnreadError(PlainError):
    """A file that brought its reader down, by its cost or by an error; nothing of it is known.

    The message is the cause, in French, to go at the end of a sentence.
    """


def read_statement(
    content: bytes, source: Source, reference: Reference, answers: Answers = UNANSWERED
) -> Statement:
    """Read a file against its log's contract, as `statement.read_statement`, apart.

    Raises UnreadError when the file kills its reader, or makes it fail in a way that nobody foresaw.
    """
    return READER(statement.read_statement, content, source, reference, answers)


def read_texts(content: bytes, suffix: str, log: str) -> list[str]:
    """Every row of every sheet of a file as one text, as `sheets.read_texts`, apart.

    Raises UnreadError when the file is no such sheet, or kills its reader.
    """
    return READER(sheets.read_texts, content, suffix, CONTRACTS[log])


class ForkServer:
    """The process that readers are forked from: started when first asked, again if it has ended.

    It ends with the last process that could ask, whose end closes the socket between them.
    """

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def connect(self, limits: Limits) -> "Connection[Any, Any]":
        """A connection to a new reader; what is sent waits there until the server is ready."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._ask(limits, theirs)
            except OSError:  # it ended
                self._control = None
                self._ask(limits, theirs)
        return Connection(ours.detach())

    def _ask(self, limits: Limits, connection: socket.socket) -> None:
        socket.send_fds(self._started(), [pickle.dumps(limits)], [connection.fileno()])

    def _started(self) -> socket.socket:
        if self._control is None:
            # whole messages: those of a process killed while it asks can't run into another's
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-I", "-c", _PROGRAM],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # a library's last words may quote the file
                    env=_environment(),
                    cwd="/",
                    start_new_session=True,  # Ctrl-C is for whoever asks
                )
            self._control = ours
        return self._control


class Reader:
    """Asks one reader at a time, which serves file after file until one of them brings it down.

    `limits`: those of the environment otherwise.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._connection: Connection[Any, Any] | None = None
        self._lock = threading.Lock()

    def __call__(
        self, function: Callable[Concatenate[bytes, P], R], content: bytes, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """`function(content, *args)`, apart. Raises UnreadError.

        A file is judged by a fresh reader: one that falls in a reader that others have used is tried again.
        """
        with self._lock:
            used = self._connection is not None
            answer = self._ask(function, content, args)
            if answer is None and used:
                answer = self._ask(function, content, args)
        if answer is None:
            raise UnreadError("sa lecture demande plus de mémoire ou de temps que permis")
        if isinstance(answer, Failure):
            raise UnreadError(answer.reason)
        result: R = answer
        return result

    def warm(self) -> None:
        """Start a reader and return at once: it gets ready meanwhile."""
        with self._lock:
            self._connected()

    def forget(self) -> None:
        """Leave the reader to the process that this one was forked from."""
        self._connection, self._lock = None, threading.Lock()

    def _ask(self, function: Any, content: bytes, arguments: tuple[Any, ...]) -> Any:
        """The answer; None from a reader that fell."""
        connection = self._connected()
        try:
            connection.send((function, arguments))
            connection.send_bytes(content)
            return connection.recv()
        except (EOFError, OSError):
            connection.close()
            self._connection = None
            return None

    def _connected(self) -> "Connection[Any, Any]":
        if self._connection is None:
            self._connection = SERVER.connect(self._limits or Limits.from_environment())
        return self._connection


def _environment() -> dict[str, str]:
    """The environment variables of the reading process: no key, no address, no name."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "POLARS_MAX_THREADS": "1",  # hundreds of steps on small columns: others are not worth waking
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


SERVER = ForkServer()
READER = Reader()
os.register_at_fork(after_in_child=READER.forget)
