"""Takes a home's inbox, and is killed at a chosen point."""

import os
from pathlib import Path

from bilan.identity.journal import Journal
from bilan.ingest import service, taking
from bilan.ledger.delta import DeltaLedger
from tests.integration.killing import Step, serve

STEPS: list[Step] = [
    (os, "fsync"),
    (Path, "replace"),
    (Path, "rename"),
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

if __name__ == "__main__":
    serve(service.ingest, STEPS)
