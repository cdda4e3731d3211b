"""Work done in forked children, each killed without warning at a chosen point.

A harness is a module that calls `serve`; `harness` runs it and asks it, « target home » a line, each time
answered by killed, done or failed. The imports are made once and nothing is computed before the fork, so
that a child starts as a fresh process would.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bilan.home import Home
from bilan.identity.vault import Vault
from bilan.intake.apart import READER
from tests.thorough import either

ROOT = Path(__file__).parents[2]
Step = tuple[Any, str]  # whose, and its name
Kill = Callable[[int, Home], str]
MOST_POINTS = 900


def points(first: int, stride: int) -> Iterator[int]:
    """Where to kill: at each of the first points, then at some; at all of them in a long run."""
    yield from range(1, first)
    yield from range(first, MOST_POINTS, either(stride, 1))


class Bomb:
    """Kills its own process when the chosen point is reached."""

    def __init__(self, target: int) -> None:
        self.left = target

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self.tick()
            result = step(*args, **named)
            self.tick()
            return result

        return call


def serve(work: Callable[[Home], object], steps: Sequence[Step]) -> None:
    """Answer each line of the standard input."""
    READER.warm()  # the server that its readers are forked from serves the children too
    for line in sys.stdin:
        number, place = line.split(" ", 1)
        sys.stdout.write(_killed_at(int(number), Home(Path(place.strip())), work, steps) + "\n")
        sys.stdout.flush()


@contextmanager
def harness(module: str) -> Iterator[Kill]:
    """kill(target, home): what became of a child of that harness."""
    with subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def kill(target: int, home: Home) -> str:
            stdin.write(f"{target} {home.root}\n")
            stdin.flush()
            return stdout.readline().strip()

        yield kill
        stdin.close()


def _killed_at(target: int, home: Home, work: Callable[[Home], object], steps: Sequence[Step]) -> str:
    child = os.fork()
    if child == 0:
        _arm(Bomb(target), steps)
        work(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"


def _arm(bomb: Bomb, steps: Sequence[Step]) -> None:
    for owner, name in steps:
        setattr(owner, name, bomb.around(getattr(owner, name)))
    real = Vault.transaction

    @contextmanager
    def transaction(vault: Vault) -> Iterator[Any]:
        with real(vault) as connection:
            bomb.tick()
            yield connection
            bomb.tick()
        bomb.tick()

    setattr(Vault, "transaction", transaction)  # noqa: B010 - mypy forbids assigning to a method
