"""Takes the next step of a release, and is killed at a chosen point.

What is left of a step is told by the home itself: no candidate yet, a candidate to sign, a release to
take back.
"""

import shutil
from pathlib import Path

from bilan import durable
from bilan.home import Home
from bilan.release import approve, withdraw
from bilan.release.publication import extracts
from bilan.release.register import entries
from bilan.release.register.entries import read_register
from bilan.release.register.releases import releases_of
from bilan.release.register.transitions import State
from tests.integration.killing import Step, serve
from tests.releasing import MAKER, candidate, keys_of

STEPS: list[Step] = [
    (entries, "_write"),
    (durable, "replace"),
    (extracts, "write_archive"),
    (extracts, "write_extracts"),
    (Path, "rename"),
    (Path, "replace"),
    (shutil, "rmtree"),
]
LAST = 2  # the release that is made, approved and withdrawn


def next_step(home: Home) -> None:
    """Make the last release, approve it twice, or withdraw it: whichever comes next."""
    release = releases_of(read_register(home)).get(LAST)
    if release is None or release.state is State.CANDIDATE:
        candidate(home)
    elif release.state is State.PUBLISHED:
        withdraw(home, LAST, who=MAKER, why="Un relevé était faux.")
    else:
        for key in keys_of(home)[len(release.signatures) :]:
            approve(home, LAST, key)


if __name__ == "__main__":
    serve(next_step, STEPS)
