"""Runs `ingest` in forked children and kills each one, without warning, at a chosen point.

Reads lines « target home » and answers each with killed, done or failed. The imports are made once;
nothing is computed before the fork, so that a child starts as a fresh process would.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bilan.home import Home
from bilan.identity.journal import Journal
from bilan.identity.vault import Vault
from bilan.ingest import service, taking
from bilan.ledger.delta import DeltaLedger

STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (Path, "replace"),
    (Path, "unlink"),
    (DeltaLedger, "create"),
    (DeltaLedger, "stage"),
    (DeltaLedger, "commit"),
    (Journal, "prepare"),
    (Journal, "take"),
    (Journal, "hold"),
    (taking, "write_persons"),
    (service, "forget_landed"),
    (service, "write_refusals"),
]


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


def arm(bomb: Bomb) -> None:
    for owner, name in STEPS:
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


def run(target: int, home: Path) -> str:
    child = os.fork()
    if child == 0:
        arm(Bomb(target))
        service.ingest(Home(home))
        os._exit(0)
    return outcome_of(child)


def outcome_of(child: int) -> str:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"


if __name__ == "__main__":
    for line in sys.stdin:
        number, place = line.split(" ", 1)
        sys.stdout.write(run(int(number), Path(place.strip())) + "\n")
        sys.stdout.flush()
