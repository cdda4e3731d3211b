"""Where the rooms meet: partners' files through intake and identity into the ledger, all or nothing."""

from bilan.ingest.report import FileReport, Refusal, Report
from bilan.ingest.service import HeldError, accept_held, held_files, ingest, refuse_held

__all__ = [
    "FileReport",
    "HeldError",
    "Refusal",
    "Report",
    "accept_held",
    "held_files",
    "ingest",
    "refuse_held",
]
