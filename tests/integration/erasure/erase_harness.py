"""Runs `erase` in forked children and kills each one at a chosen point, as the harness of `ingest` does."""

import os
import sys
from pathlib import Path

from bilan.erasure import copies, service
from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity import erasures
from bilan.identity.access import Access
from bilan.identity.store import Store
from tests.integration.ingest import kill_harness
from tests.integration.ingest.kill_harness import Bomb, arm, outcome_of

kill_harness.STEPS += [
    (Store, "scrub"),
    (erasures, "drop_landed"),
    (service, "settle_erasures"),
    (service, "keep_receipt"),
    (service, "erase_in_copies"),
    (copies, "write_manifest"),
    (copies, "note_copy"),
]
ASKED = Request(Access("demande"), sender="SPAL", reference="REF-77")


def run(target: int, home: Path) -> str:
    child = os.fork()
    if child == 0:
        arm(Bomb(target))
        erase(Home(home), ASKED)
        os._exit(0)
    return outcome_of(child)


if __name__ == "__main__":
    for line in sys.stdin:
        number, place = line.split(" ", 1)
        sys.stdout.write(run(int(number), Path(place.strip())) + "\n")
        sys.stdout.flush()
