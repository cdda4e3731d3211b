"""`bilan consent withdraw`: from that day on her name is exchanged no more, and its cells are destroyed.

What the sender's other logs say of her goes on counting under the same tokens; a keyed hash of the name
stays, by which a row that bears it is known and refused (`bilan.ingest.barred`). A signed receipt, to be
kept elsewhere with those of erasures, has a home that is restored from before the withdrawal note it again.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import WITHDRAWN_TYPE
from bilan.erasure.naming import Naming
from bilan.erasure.plan import make_plan
from bilan.erasure.receipt import WITHDRAWAL_FORMAT, Receipt, keep_receipt, sign
from bilan.erasure.scope import scope_of, senders_of
from bilan.erasure.service import Request, Stores, asked
from bilan.errors import PlainError
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.crypto import keyed_hash
from bilan.identity.erasures import write_tombstones
from bilan.identity.landed import drop_landed
from bilan.identity.vault import Vault
from bilan.identity.withdrawals import forget_attributes, note_withdrawals, stones_of, withdrawn
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
    """Note that the person of the request withdrew consent on a day. Raises ScopeError or ConsentError."""
    if day > datetime.now(UTC).date():
        raise ConsentError("La date du retrait est à venir.")
    lists = load_reference(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        stores = Stores(home, vault, taker.batches, lists)
        events = DeltaLedger(home.ledger).events()
        identity = events.filter(source=OWN_SOURCE, log=IDENTITY_LOG)
        tokens = scope_of(vault, identity, asked(vault, request), linked=request.linked).tokens
        if not _fresh(events, tokens, day):
            vault.store.scrub()
            return Withdrawal(tokens, min(withdrawn(vault, tokens).values()), 0, already=True)
        receipt = Receipt(sign(home.keys, _told(vault, events, tokens, day)))
        keep_receipt(vault, receipt)  # first: what is noted has its receipt, and one too many does no harm
        destroyed = carry_out(stores, events, receipt, request.access)
        return Withdrawal(tokens, day, destroyed, already=False)


def carry_out(stores: Stores, events: pl.DataFrame, receipt: Receipt, access: Access) -> int:
    """Note in a home the withdrawal that a receipt tells; returns how many copies of files it destroyed.

    `events`: the whole ledger; what it tells already is not done again. Of tokens that the vault does not
    know, the event and the tombstones are kept.
    """
    vault, content = stores.vault, receipt.content
    day, tokens = date.fromisoformat(content["withdrawn_on"]), tuple(content["tokens"])
    known = senders_of(vault, tokens)
    fresh = _fresh(events, tokens, day)
    if not fresh:
        return 0
    # first, while her name is still known; a run cut short here has lost copies of files, nothing else
    files = _naming_files(stores, events, tuple(known), access)
    drop_landed(vault, files)

    def write(connection: Connection, batch: str) -> None:
        note_withdrawals(connection, known, day)
        if len(known) < len(tokens):
            write_tombstones(connection, content["names"])
        forget_attributes(connection, tokens)

    stores.batches.append(_drafts(vault, content, fresh), (), write)
    vault.store.scrub()
    return len(files)


def _fresh(events: pl.DataFrame, tokens: Iterable[str], day: date) -> tuple[str, ...]:
    """The tokens of which the ledger tells no withdrawal by that day."""
    withdrawn = events.filter((pl.col("type") == WITHDRAWN_TYPE) & (pl.col("time") <= day))["subject"]
    return tuple(sorted({*tokens} - {*withdrawn}))


def _naming_files(stores: Stores, events: pl.DataFrame, tokens: tuple[str, ...], access: Access) -> list[str]:
    """The sealed copies of files taken that name her; one that waits for a word stays until it is given."""
    naming = Naming.of(stores.vault, tokens, stores.lists, access)
    plan = make_plan(stores.vault, events, tokens, naming)
    waiting = {sha256 for (sha256,) in stores.vault.rows("select sha256 from held where state = 'held'")}
    return [sha256 for sha256 in plan.landed if sha256 not in waiting]


def _told(vault: Vault, events: pl.DataFrame, tokens: tuple[str, ...], day: date) -> dict[str, Any]:
    """What the receipt says; the programme and place are those of the last exchange that spoke of her."""
    hers = events.filter(pl.col("subject").is_in(list(tokens))).sort("type", "sequence")
    exchanged = hers.filter(pl.col("type").str.contains("exchange", literal=True))
    last = (exchanged if exchanged.height else hers).tail(1)
    programme, territory = last.select("programme", "territory").row(0) if last.height else (None, None)
    now = datetime.now(UTC)
    return {
        "format": WITHDRAWAL_FORMAT,
        "id": secrets.token_hex(8),
        "told_at": now.isoformat(timespec="seconds"),
        "withdrawn_on": day.isoformat(),
        "tokens": senders_of(vault, tokens),
        "programme": programme,
        "territory": territory,
        "names": stones_of(vault, dict.fromkeys(tokens, day)),
    }


def _drafts(vault: Vault, content: Mapping[str, Any], fresh: tuple[str, ...]) -> pl.DataFrame:
    """An event per token."""
    return own_drafts(
        {
            "type": WITHDRAWN_TYPE,
            "subject": token,
            "time": date.fromisoformat(content["withdrawn_on"]),
            "reporteddate": date.fromisoformat(content["told_at"][:10]),
            "programme": content["programme"],
            "territory": content["territory"],
            "natural_key": keyed_hash(vault.keys.natural, f"withdrawn|{token}"),
            "data": canonical({"sender": content["tokens"][token]}),
        }
        for token in fresh
    )


def withdrawals(home: Home) -> list[dict[str, str]]:
    """Every consent withdrawn: token, sender, since; by day."""
    with opened(home) as (vault, _):
        rows = vault.rows(
            "select distinct w.token, l.sender, w.withdrawn_on from withdrawals as w"
            " join lookups as l on l.token = w.token order by w.withdrawn_on, w.token"
        )
        return [{"token": token, "sender": sender, "since": since} for token, sender, since in rows]
