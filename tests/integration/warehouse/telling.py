"""Make ledgers by hand: events as senders would have told them, straight into a real ledger."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from bilan.contracts import CONTRACTS, LINK_TYPE, UNLINK_TYPE
from bilan.home import Home
from bilan.ledger.chain import GENESIS, BatchRecord
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.events import SCHEMA

LOGS = {event.type: contract.log for contract in CONTRACTS.values() for event in contract.events}
LOGS[LINK_TYPE] = LOGS[UNLINK_TYPE] = "identity"


def first_day(when: str) -> tuple[date, str]:
    """« 2010-03 » -> (2010-03-01, month)."""
    precision = {1: "year", 2: "month", 3: "day"}[len(when.split("-"))]
    year, month, day = [*when.split("-"), "1", "1"][:3]
    return date(int(year), int(month), int(day)), precision


@dataclass
class Telling:
    """What senders told, in order. `on` is the statement's date of what is told next."""

    on: str = "2010-06-30"
    sender: str = "SPAL"
    programme: str = "MOBILIS"
    rows: list[dict[str, Any]] = field(default_factory=list)

    def tell(
        self,
        kind: str,
        when: str,
        who: str | None = None,
        *,
        key: str = "",
        action: str = "assert",
        territory: str | None = "Longueuil",
        sender: str | None = None,
        programme: str | None = None,
        on: str | None = None,
        **data: Any,
    ) -> None:
        """One event. `kind` is its type without the version; `key` what makes its row unique."""
        time, precision = first_day(when)
        event_type = f"{kind}.v1"
        row = {
            "sequence": len(self.rows) + 1,
            "id": str(uuid.uuid4()),
            "source": sender or self.sender,
            "log": LOGS[event_type],
            "type": event_type,
            "subject": who,
            "time": time,
            "time_precision": precision,
            "recordedtime": datetime(2026, 1, 1, tzinfo=UTC),
            "reporteddate": date.fromisoformat(on or self.on),
            "programme": programme or self.programme,
            "territory": territory,
            "batch": "b",
            "natural_key": f"{key}|{who}" if key else json.dumps([when, who, data], sort_keys=True),
            "action": action,
            "supersedes": None,
            "data": json.dumps(data, sort_keys=True, ensure_ascii=False),
            "row_hash": f"{len(self.rows) + 1:064x}",
        }
        self.rows.append(row)

    def link(self, one: str, other: str, on: str) -> None:
        """Two tokens are one person, as told on that day."""
        first, second = sorted((one, other))
        self.tell(
            "identity.tokens.linked", on, first, key=f"{first}{second}", on=on, territory=None,
            method="exact", other=second, score=None,
        )  # fmt: skip
        self.rows[-1]["programme"] = None

    def unlink(self, one: str, other: str, on: str) -> None:
        """Two tokens are two persons after all, as told on that day."""
        first, second = sorted((one, other))
        self.tell(
            "identity.tokens.unlinked",
            on,
            first,
            key=f"un{first}{second}",
            on=on,
            territory=None,
            other=second,
        )
        self.rows[-1]["programme"] = None

    def arrest(self, number: str, when: str, who: str, motif: str = "autre", **more: Any) -> None:
        """An arrest."""
        details = {"motif": motif, "gang": None, **more}
        self.tell("mobilis.arrest.made", when, who, key=f"A{number}", no_evenement=number, **details)

    def charge(self, number: str, when: str, who: str, event: str | None = None, **more: Any) -> None:
        """A charge."""
        details = {"chefs": 1, "infraction": "autre", **more}
        self.tell(
            "mobilis.charge.laid", when, who, key=f"C{number}", no_cour=number, no_evenement=event, **details
        )

    def conclude(self, number: str, when: str, who: str, issue: str, **more: Any) -> None:
        """The outcome of a case."""
        derived = len(when.split("-")) == 2
        details = {"issue": issue, "date_deduite": derived, **more}
        self.tell("mobilis.case.concluded", when, who, key=f"C{number}", no_cour=number, **details)

    def meet(self, number: str, when: str, who: str, ressource: str | None = None, **more: Any) -> None:
        """A youth met; referred when there is a resource."""
        details = {"sexe": "F", "fugue": None, "date_devoilement": None, **more}
        referred = ressource is not None
        self.tell(
            "mobilis.youth.met", when, who, key=f"R{number}", no_rencontre=number, referee=referred,
            ressource=ressource, **details,
        )  # fmt: skip

    def exchange(self, number: str, when: str, who: str | None = None, rang: int = 1, **more: Any) -> None:
        """A row of an exchange."""
        details = {
            "de": "CJM", "vers": "SPAL", "formel": True, "nature": ["véhicule"],
            "consentement_nominatif": None, **more,
        }  # fmt: skip
        self.tell(
            "mobilis.exchange.made",
            when,
            who,
            key=f"X{number}.{rang}",
            no_echange=number,
            rang=rang,
            **details,
        )

    def attend(self, number: str, when: str, who: str, organisation: str, **more: Any) -> None:
        """A person at a session."""
        details = {"theme": "exploitation sexuelle", "score_avant": None, "score_apres": None, **more}
        self.tell(
            "pj.training.attended", when, who, key=f"S{number}", no_session=number, organisation=organisation,
            **details,
        )  # fmt: skip

    def refer(self, step: str, number: str, when: str, who: str, **more: Any) -> None:
        """A step of a referral: referral.made, referral.accepted, service.started..."""
        self.tell(f"partnership.{step}", when, who, key=f"N{number}", no_reference=number, **more)

    def events(self) -> pl.DataFrame:
        """All of it, as the ledger stores it."""
        return pl.DataFrame(self.rows, schema=SCHEMA)

    def home(self, root: Path) -> Home:
        """A home whose ledger holds all of it, in one batch."""
        home = Home(root).create()
        ledger = DeltaLedger(home.ledger)
        ledger.create()
        append(ledger, self.events())
        return home


def append(ledger: DeltaLedger, events: pl.DataFrame, number: int = 1) -> None:
    """One batch more."""
    batch = str(uuid.uuid4())
    first = int(events["sequence"][0])
    ledger.append(
        events.with_columns(pl.lit(batch).alias("batch")),
        BatchRecord(
            number, batch, GENESIS, "2026-01-01T00:00:00.000000Z", first, events.height, "0" * 64, ()
        ),
    )
