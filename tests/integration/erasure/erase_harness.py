"""Erases the person of the story from a home, and is killed at a chosen point."""

from bilan.erasure import copies, service
from bilan.erasure.service import Request, erase
from bilan.home import Home
from bilan.identity import erasures
from bilan.identity.access import Access
from bilan.identity.store import Store
from tests.integration.ingest.kill_harness import STEPS as TAKING
from tests.integration.killing import Step, serve

STEPS: list[Step] = [
    *TAKING,
    (Store, "scrub"),
    (erasures, "drop_landed"),
    (service, "settle_erasures"),
    (service, "keep_receipt"),
    (service, "erase_in_copies"),
    (copies, "write_manifest"),
    (copies, "note_copy"),
]
ASKED = Request(Access("demande"), sender="SPAL", reference="REF-77")


def erase_her(home: Home) -> None:
    erase(home, ASKED)


if __name__ == "__main__":
    serve(erase_her, STEPS)
