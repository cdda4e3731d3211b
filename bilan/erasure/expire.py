"""`bilan expire`: note whose access period is over, and close those records by erasing them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import ACCESS_DUE_TYPE, ERASED_TYPE
from bilan.erasure.access_table import load_rules
from bilan.erasure.periods import CONCLUSION, Due, Record, due_of_person
from bilan.erasure.receipt import Receipt
from bilan.erasure.scope import Scope, senders_of
from bilan.erasure.service import ACCESS_PERIOD, Request, Stores, destroy, finish, finish_all
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.crypto import keyed_hash
from bilan.identity.subjects import read_many
from bilan.identity.vault import Vault
from bilan.ingest.own_events import IDENTITY_LOG, own_drafts
from bilan.ingest.service import REFERENCE_FOLDER, opened
from bilan.intake import load_reference
from bilan.ledger.chain import canonical
from bilan.ledger.decide import believe
from bilan.ledger.delta import DeltaLedger

ALL, CONFIRMED, NONE = "all", "confirmed", "none"  # which of the due records are closed
CHARGE, CONCLUDED = "mobilis.charge.laid.v1", "mobilis.case.concluded.v1"
_OF_CASES = ("accusations", "arrestations")


@dataclass(frozen=True)
class Expiry:
    """What was due: tokens noted for the first time, tokens closed, and those that still wait."""

    noted: dict[str, Due]
    closed: tuple[str, ...]
    overdue: tuple[str, ...]
    receipt: Receipt | None

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "noted": [
                {"token": token, **asdict(due), "day": due.day.isoformat()}
                for token, due in self.noted.items()
            ],
            "closed": list(self.closed),
            "overdue": list(self.overdue),
            "receipt": self.receipt.content if self.receipt else None,
        }


def expire(home: Home, on: date, access: Access, *, close: str = ALL, dry_run: bool = False) -> Expiry:
    """Note and close what is due on a day. Birth dates are read in the vault's process, which is logged."""
    rules = load_rules(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        finish_all(home, vault)
        events = DeltaLedger(home.ledger).events()
        records = _records(events)
        spoken_of = {rule.log for rule in rules}
        closable = [token for token, held in records.items() if {record.log for record in held} <= spoken_of]
        known = sorted(senders_of(vault, closable))  # nobody else's birth date is read
        cells = read_many(vault, known, access) if known else {}
        dues = {
            token: due
            for token in known
            if (due := due_of_person(records[token], rules, _born(cells.get(token, {})))) and due.day <= on
        }
        noted = _told(events, ACCESS_DUE_TYPE)
        fresh = {token: due for token, due in dues.items() if token not in noted}
        closing = [t for t, due in dues.items() if close == ALL or (close == CONFIRMED and due.confirmed)]
        overdue = tuple(sorted(dues.keys() - {*closing}))
        if dry_run:
            return Expiry(fresh, tuple(closing), overdue, None)
        if fresh:
            taker.batches.append(_drafts(vault, events, fresh), (), _nothing_else)
        if not closing:
            return Expiry(fresh, (), overdue, None)
        stores = Stores(home, vault, taker.batches, load_reference(home.root / REFERENCE_FOLDER))
        request = Request(access, ground=ACCESS_PERIOD)
        erasure = destroy(stores, Scope(tuple(closing), ()), request)
        return Expiry(fresh, tuple(closing), overdue, finish(home, vault, erasure))


def _born(cells: dict[str, str | None]) -> date | None:
    written = cells.get("birth_date")
    return date.fromisoformat(written) if written else None


def _told(events: pl.DataFrame, kind: str) -> set[str]:
    return set(events.filter(pl.col("type") == kind)["subject"])


def _records(events: pl.DataFrame) -> dict[str, list[Record]]:
    """The rows that the ledger believes, by the token they speak of; those of erased tokens left out."""
    gone = _told(events, ERASED_TYPE)
    facts = events.filter((pl.col("log") != IDENTITY_LOG) & pl.col("subject").is_not_null())
    found: dict[str, list[Record]] = {}
    for (_, log), of_log in facts.group_by("source", "log", maintain_order=True):
        for token, record in _rows(str(log), believe(of_log)):
            if token not in gone:
                found.setdefault(token, []).append(record)
    return found


def _rows(log: str, believed: pl.DataFrame) -> Iterator[tuple[str, Record]]:
    """The token and the record of each row; one row may have yielded several events."""
    cells: dict[str, list[tuple[Any, ...]]] = {}
    names = ("natural_key", "subject", "type", "time", "time_precision", "data")
    for key, *event in believed.select(names).iter_rows():
        cells.setdefault(key, []).append(tuple(event))
    for held in cells.values():
        yield held[0][0], _record(log, held)


def _record(log: str, held: list[tuple[Any, ...]]) -> Record:
    outcome, facts, police_event, charged_on = "", [], None, None
    for _, kind, day, precision, text in held if log in _OF_CASES else ():
        data = json.loads(text)
        police_event = data.get("no_evenement") or police_event
        if kind == CHARGE:
            charged_on = day
        if kind == CONCLUDED:
            outcome = data["issue"]
            facts.append((CONCLUSION, _last_day(day, precision)))
    return Record(log, outcome, tuple(facts), police_event, charged_on)


def _last_day(day: date, precision: str) -> date:
    """The last day that an imprecise date may stand for: a period never ends too early."""
    every = {"day": "0d", "month": "1mo", "year": "1y"}[precision]
    if precision == "day":
        return day
    return pl.select(pl.lit(day).dt.truncate(every).dt.offset_by(every).dt.offset_by("-1d")).item()  # type: ignore[no-any-return]


def _drafts(vault: Vault, events: pl.DataFrame, dues: dict[str, Due]) -> pl.DataFrame:
    own = events.filter(pl.col("subject").is_in(list(dues)) & (pl.col("log") != IDENTITY_LOG)).sort(
        "sequence"
    )
    last = {row["subject"]: row for row in own.iter_rows(named=True)}
    return own_drafts(
        {
            "type": ACCESS_DUE_TYPE,
            "subject": token,
            "time": due.day,
            "time_precision": due.precision,
            "reporteddate": datetime.now(UTC).date(),
            "programme": last[token]["programme"],
            "territory": last[token]["territory"],
            "natural_key": keyed_hash(vault.keys.natural, f"access_due|{token}"),
            "data": canonical({"rule": due.rule}),
        }
        for token, due in dues.items()
    )


def _nothing_else(_connection: Connection, _batch: str) -> None:
    """The event stands alone."""
