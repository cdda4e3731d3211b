"""`bilan consent withdraw`: from that day on her name is exchanged no more, and its cells are destroyed.

What the sender's other logs say of her goes on counting under the same tokens; a keyed hash of the name
stays, by which a row that bears it is known and refused (`bilan.ingest.withdrawn`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import WITHDRAWN_TYPE
from bilan.erasure.naming import Naming
from bilan.erasure.plan import make_plan
from bilan.erasure.scope import scope_of, senders_of
from bilan.erasure.service import Request, asked
from bilan.errors import PlainError
from bilan.home import Home
from bilan.identity.crypto import keyed_hash
from bilan.identity.landed import drop_landed
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import forget_attributes, note_withdrawals, withdrawn
from bilan.ingest.own_events import IDENTITY_LOG, OWN_SOURCE, own_drafts
from bilan.ingest.service import REFERENCE_FOLDER, opened
from bilan.intake import load_reference
from bilan.ledger.chain import canonical
from bilan.ledger.delta import DeltaLedger


class ConsentError(PlainError):
    """A withdrawal that can't be noted as it is asked for."""


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did: `since` is the day from which it stands."""

    tokens: tuple[str, ...]
    since: date
    destroyed_files: int
    already: bool

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "tokens": list(self.tokens),
            "since": self.since.isoformat(),
            "destroyed_files": self.destroyed_files,
            "already_withdrawn": self.already,
        }


def withdraw(home: Home, request: Request, day: date) -> Withdrawal:
    """Note that whom the request names withdrew her consent on a day. Raises ScopeError or ConsentError."""
    if day > datetime.now(UTC).date():
        raise ConsentError("La date du retrait est à venir.")
    with opened(home) as (vault, taker):
        ledger = DeltaLedger(home.ledger)
        identity = ledger.events(source=OWN_SOURCE, log=IDENTITY_LOG)
        tokens = scope_of(vault, identity, asked(vault, request), linked=request.linked).tokens
        known = withdrawn(vault, tokens)
        fresh = tuple(token for token in tokens if known.get(token, date.max) > day)
        if not fresh:
            vault.store.scrub()
            return Withdrawal(tokens, min(known.values()), 0, already=True)
        events = ledger.events()
        # first, while her name is still known; a run cut short here has lost copies of files, nothing else
        files = _naming_files(home, vault, events, tokens, request)
        drop_landed(vault, files)

        def write(connection: Connection, batch: str) -> None:
            note_withdrawals(connection, tokens, day)
            forget_attributes(connection, tokens)

        taker.batches.append(_drafts(vault, events, fresh, day), (), write)
        vault.store.scrub()
        return Withdrawal(tokens, day, len(files), already=False)


def _naming_files(
    home: Home, vault: Vault, events: pl.DataFrame, tokens: tuple[str, ...], request: Request
) -> list[str]:
    """The sealed copies of files taken that name her; one that waits for a word stays until it is given."""
    naming = Naming.of(vault, tokens, load_reference(home.root / REFERENCE_FOLDER), request.access)
    plan = make_plan(vault, events, tokens, naming)
    waiting = {sha256 for (sha256,) in vault.rows("select sha256 from held where state = 'held'")}
    return [sha256 for sha256 in plan.landed if sha256 not in waiting]


def _drafts(vault: Vault, events: pl.DataFrame, tokens: tuple[str, ...], day: date) -> pl.DataFrame:
    """An event per token, in the programme and place of the last exchange that spoke of her."""
    hers = events.filter(pl.col("subject").is_in(list(tokens))).sort("type", "sequence")
    exchanged = hers.filter(pl.col("type").str.contains("exchange", literal=True))
    last = (exchanged if exchanged.height else hers).tail(1)
    programme, territory = last.select("programme", "territory").row(0) if last.height else (None, None)
    senders = senders_of(vault, tokens)
    return own_drafts(
        {
            "type": WITHDRAWN_TYPE,
            "subject": token,
            "time": day,
            "reporteddate": datetime.now(UTC).date(),
            "programme": programme,
            "territory": territory,
            "natural_key": keyed_hash(vault.keys.natural, f"withdrawn|{token}"),
            "data": canonical({"sender": senders.get(token)}),
        }
        for token in tokens
    )


def withdrawals(home: Home) -> list[dict[str, str]]:
    """Every consent withdrawn: token, sender, since; by day."""
    with opened(home) as (vault, _):
        rows = vault.rows(
            "select distinct w.token, l.sender, w.withdrawn_on from withdrawals as w"
            " join lookups as l on l.token = w.token order by w.withdrawn_on, w.token"
        )
        return [{"token": token, "sender": sender, "since": since} for token, sender, since in rows]
