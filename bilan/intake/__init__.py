"""The first room: a partner's untidy file in, accepted rows and refused rows out.

Files are opened in a process of their own (`apart`). Nothing here knows the ledger or the vault, and no
message or exception quotes a cell.
"""

from bilan.intake.apart import UnreadError, read_statement
from bilan.intake.inputs import Answers, Reference, Source, Statement, UnknownSource, Warned
from bilan.intake.reference import load_reference
from bilan.intake.source import source_of

__all__ = [
    "Answers",
    "Reference",
    "Source",
    "Statement",
    "UnknownSource",
    "UnreadError",
    "Warned",
    "load_reference",
    "read_statement",
    "source_of",
]
