"""Changes the master key in forked children and kills each one, without warning, at a chosen point.

Reads lines « target home » and answers each with killed, done or failed.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bilan.home import Home
from bilan.identity import rotation
from bilan.identity.store import Store
from bilan.identity.vault import Vault
from bilan.ingest.locking import alone
from tests.integration.ingest.kill_harness import Bomb

STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (Path, "replace"),
    (Store, "scrub"),
    (rotation, "write"),
    (rotation, "write_ring"),
    (rotation, "owe_scrub"),
]


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


def run(target: int, home: Home) -> str:
    child = os.fork()
    if child == 0:
        arm(Bomb(target))
        with alone(home):
            rotation.rotate_key(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"


if __name__ == "__main__":
    for line in sys.stdin:
        number, place = line.split(" ", 1)
        sys.stdout.write(run(int(number), Home(Path(place.strip()))) + "\n")
        sys.stdout.flush()
