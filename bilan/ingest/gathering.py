"""What came in and what became of it, for a release to tell: from the vault's journal and from the outbox.

Of the journal only senders, logs, dates and outcomes are read; of what went back to senders, which rows
of which of the contract's columns were refused and why.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from bilan.contracts import CONTRACTS
from bilan.durable import alone
from bilan.home import Home
from bilan.identity.journal import HELD as WAITING
from bilan.identity.journal import REFUSED as SET_ASIDE
from bilan.identity.journal import Journal
from bilan.identity.vault import open_vault, vault_exists
from bilan.ingest.outbox import HEADER, SUFFIX
from bilan.ingest.outbox import REFUSED as A_REFUSAL
from bilan.ledger.findings import Verdict
from bilan.reception import HELD, REFUSALS, REFUSED, STATEMENTS, Reception, Verified

Key = tuple[str, str, date, str, str]  # sender, log, statement date, code, heading


def gather(home: Home, verdict: Verdict | None = None, *, now: datetime | None = None) -> Reception:
    """All that was taken, refused or held so far, and what a verification that was just made found."""
    with alone(home.create().root):
        statements = _statements(home) if vault_exists(home) else []
    refusals = [(*key, rows) for key, rows in sorted(_refusals(home.outbox).items())]
    on = (now or datetime.now(UTC)).date()
    return Reception(
        statements=pl.DataFrame(statements, schema=STATEMENTS, orient="row"),
        refusals=pl.DataFrame(refusals, schema=REFUSALS, orient="row"),
        verified=Verified(on, verdict.events, len(verdict.findings)) if verdict else None,
    )


def _statements(home: Home) -> list[tuple[str, str, date, str]]:
    """Statements by date; a held file that was accepted is a statement taken."""
    vault = open_vault(home)
    try:
        journal = Journal(vault)
        found = {*journal.statements()}
        for state, outcome in ((WAITING, HELD), (SET_ASIDE, REFUSED)):
            keys = [held.key for held in journal.held(state)]
            found |= {(key.sender, key.log, key.statement_date, outcome) for key in keys}
        return sorted(found)
    finally:
        vault.close()


def _refusals(outbox: Path) -> dict[Key, int]:
    """How many rows were refused for each reason; one for a fault of a whole file, none for a warning."""
    rows: dict[Key, set[str]] = defaultdict(set)
    for file in sorted(outbox.glob(f"*/*{SUFFIX}")):
        log, _, day = file.name.removesuffix(SUFFIX).rpartition("_")
        if log in CONTRACTS:
            for row, heading, code in _told(file):
                rows[file.parent.name, log, date.fromisoformat(day), code, heading] |= row
    return {key: len(numbers) for key, numbers in rows.items()}


def _told(file: Path) -> Iterator[tuple[set[str], str, str]]:
    """Refused row, heading and code of all that went back to a sender; earlier ones had no sheet or kind."""
    _, sheet, row, heading, kind, code, _ = HEADER
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream, delimiter=";"):
            refused = line.get(kind, A_REFUSAL) == A_REFUSAL
            yield ({f"{line.get(sheet, '')}{line[row]}"} if refused else set()), line[heading], line[code]
