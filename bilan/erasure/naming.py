"""Whether a partner's file names a person: read by its contract as it was taken, and cell by cell."""

import json
from dataclasses import dataclass
from datetime import date

from bilan.contracts import CONTRACTS
from bilan.erasure.sought import Sought
from bilan.identity.access import Access
from bilan.identity.subjects import read_many
from bilan.identity.tokens import Whose, hash_persons
from bilan.identity.vault import Vault
from bilan.intake import Answers, Reference, Source, UnreadError, read_statement
from bilan.intake.apart import read_texts
from bilan.intake.dates import Order
from bilan.intake.inputs import UNANSWERED

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Naming:
    """What tokens go by at their senders."""

    vault: Vault
    lists: Reference
    senders: frozenset[str]
    hashes: frozenset[str]
    references: frozenset[str]  # those of the hashes that are of a reference
    sought: Sought
    is_known: bool  # whether the vault still told any cell of theirs: otherwise no text can be searched

    @classmethod
    def of(cls, vault: Vault, tokens: tuple[str, ...], lists: Reference, access: Access | None) -> "Naming":
        """Read, and log the reading of, what a vault knows of tokens; without access, their hashes alone."""
        rows = vault.rows(
            f"select l.token, l.sender, l.hash from {vault.store.listed('tokens')}"  # noqa: S608 - our own words
            " join lookups as l on l.token = wanted.value",
            tokens=json.dumps(list(tokens)),
        )
        known = read_many(vault, tokens, access) if access else {}
        referred = {token for token, cells in known.items() if cells.get("reference")}
        return cls(
            vault,
            lists,
            frozenset(sender for _, sender, _ in rows),
            frozenset(name for _, _, name in rows),
            frozenset(name for token, _, name in rows if token in referred),
            Sought.of(known.values()),
            bool(known),
        )

    def in_file(self, content: bytes, sender: str, log: str, day: str) -> bool:
        """Whether a file of a sender names her; one that can't be read might."""
        suffix = ".xlsx" if content.startswith(_ZIP) else ".csv"
        source = Source("", sender, log, date.fromisoformat(day), suffix)
        try:
            rows = read_texts(content, suffix, log) if content.strip() else []
            return any(self.sought.is_named(row) for row in rows) or self._is_told(content, source)
        except UnreadError:
            return True

    def _is_told(self, content: bytes, source: Source, answers: Answers = UNANSWERED) -> bool:
        """Whether a row of the file is hers by its keys; a file in doubt is read in each order of dates."""
        contract = CONTRACTS[source.log]
        statement = read_statement(content, source, self.lists, answers)
        if statement.doubt:
            return any(self._is_told(content, source, Answers(dates=order)) for order in Order)
        space = "person" if contract.subject.birth_date else "participant"
        whose = Whose(source.sender, source.log, space, source.statement_date)
        for rows in (statement.accepted, statement.refused_keys):
            hashed = hash_persons(self.vault, rows.select("subject_key", "subject_ref"), whose)
            if self.hashes & {*hashed["named_hash"], *hashed["referred_hash"]}:
                return True
        return False
