"""Changes a home's master key, and is killed at a chosen point."""

import os
from pathlib import Path

from bilan.durable import alone
from bilan.home import Home
from bilan.identity import rotation
from bilan.identity.store import Store
from tests.integration.killing import Step, serve

STEPS: list[Step] = [
    (os, "fsync"),
    (Path, "replace"),
    (Store, "scrub"),
    (rotation, "write"),
    (rotation, "write_ring"),
    (rotation, "owe_scrub"),
]


def rotate(home: Home) -> None:
    with alone(home.create().root):
        rotation.rotate_key(home)


if __name__ == "__main__":
    serve(rotate, STEPS)
