"""Releases frozen and packed by hand, over a small ledger."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bilan.home import Home
from bilan.ledger.chain import GENESIS, BatchRecord
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.events import ASSERT, DRAFT_COLUMNS, SCHEMA, chain_rows, number_events
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.findings import findings
from bilan.release.candidate.folder import candidate_folder, put_in_place, write_draft
from bilan.release.candidate.provenance import ledger_state
from bilan.release.package import make
from bilan.release.package.making import described
from bilan.release.register.approvers import sign
from bilan.release.schema import FROZEN_CATALOGUE, FROZEN_FIGURES

NOON = "2026-11-22T12:00:00.000000+00:00"
KINDS = {"VARCHAR": pl.String, "DATE": pl.Date, "DOUBLE": pl.Float64, "BIGINT": pl.Int64}
Row = dict[str, Any]
PEOPLE = ("Anne", "Boris")


class Resign(Protocol):
    def __call__(self, package: Path, *, approved: bool = False) -> None: ...


def row(status: str = "value", figure: float | None = 12.0, /, **changes: Any) -> Row:
    """A public figure; one that is not shown has no measure at all."""
    told: Row = {
        **dict.fromkeys(FROZEN_FIGURES.columns),
        "code": "M02",
        "programme": "MOBILIS",
        "period_kind": "quarter",
        "period_start": date(2010, 1, 1),
        "period_end": date(2010, 3, 31),
        "value": figure,
        "numerator": figure,
        "n_persons": None if figure is None else int(figure),
        "status": status,
        "known_at": date(2011, 9, 30),
        "status_fr": status,
        "period_label": "T1 2010",
        "programme_name": "MOBILIS",
    }
    return {**told, **changes}


ROWS: tuple[Row, ...] = (
    row(territory="Longueuil"),
    row("suppressed", None, territory="Brossard"),
    row("true_zero", 0.0, territory="=1+1"),
    row("missing", None, territory="Chambly", denominator=0.0),
    row("not_yet_reported", None, code="P09"),
    row(code="P09", value=0.1 + 0.2, territory="@x", breakdown="sexe", breakdown_value="F"),
)


def person_key(who: str) -> Ed25519PrivateKey:
    """The same key for the same name."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(who.encode()).digest())


@dataclass
class Packing:
    """What a test does with the home."""

    home: Home
    records: list[BatchRecord] = field(default_factory=list)

    def grow(self, count: int) -> None:
        """One more batch in the ledger."""
        before = self.records[-1] if self.records else None
        told = {
            "source": "SPAL", "log": "arrestations", "type": "mobilis.arrest.made.v1", "subject": "p_1",
            "time": date(2010, 3, 1), "time_precision": "day", "reporteddate": date(2010, 3, 31),
            "programme": "MOBILIS", "territory": None, "action": ASSERT, "supersedes": None, "data": "{}",
        }  # fmt: skip
        number = len(self.records) + 1
        keys = [{**told, "natural_key": f"{number}-{place}"} for place in range(count)]
        drafts = pl.DataFrame(keys, schema={name: SCHEMA[name] for name in DRAFT_COLUMNS})
        first = before.last_sequence + 1 if before else 1
        events = number_events(
            drafts, batch=f"b{number}", first_sequence=first, recordedtime=datetime(2026, 1, 1, tzinfo=UTC)
        )
        record = BatchRecord(
            number, f"b{number}", before.hash if before else GENESIS, "2026-01-01T00:00:00.000000Z", first,
            count, chain_rows(events["row_hash"]), (),
        )  # fmt: skip
        DeltaLedger(self.home.ledger).append(events, record)
        self.records.append(record)

    def freeze(
        self,
        release: int,
        rows: Sequence[Row] = ROWS,
        *,
        protection: Row | None = None,
        synthetic: bool = True,
    ) -> str:
        """A candidate of what the ledger holds now; the hash of its manifest."""
        schema = {name: KINDS[kind] for name, kind in FROZEN_FIGURES.columns.items()}
        public = pl.DataFrame(rows, schema=schema)
        entries = [
            dict.fromkeys(FROZEN_CATALOGUE.columns, f"dit de {code}") for code in ("M02", "P09", "X01")
        ]
        told = [{**entry, "code": code} for entry, code in zip(entries, ("M02", "P09", "X01"), strict=True)]
        provenance = {
            "release": release,
            "made_at": NOON,
            "made_by": "Intendance",
            "code_version": "0",
            "model_hashes": {},
            "ledger": ledger_state(self.home, DeltaLedger(self.home.ledger).version()),
            "until": None,
            "known_at": "2011-09-30",
            "synthetic": synthetic,
        }
        contents = Contents(public, {}, pl.DataFrame(told))
        guarded = protection or {"safe": True, "coarsened": []}
        draft = write_draft(
            self.home,
            release,
            contents,
            public,
            provenance=provenance,
            protection=guarded,
            findings=findings(release, contents, guarded, checks=(), last=None, explain=None),
        )
        put_in_place(self.home, {release: draft.sha256})
        return draft.sha256

    def approvals(self, release: int, people: Sequence[str] = PEOPLE) -> list[Row]:
        """Their signatures of the candidate."""
        manifest = (candidate_folder(self.home, release) / "manifest.json").read_bytes()
        digest = hashlib.sha256(manifest).hexdigest()
        return [approval(who, release, digest) for who in people]

    def pack(self, release: int, previous: int | None = None, people: Sequence[str] = PEOPLE) -> Path:
        """The package of a candidate that these people approved."""
        return make(
            self.home,
            release,
            approvals=self.approvals(release, people),
            previous=previous,
        )


def approval(who: str, release: int, candidate_sha256: str) -> Row:
    """A person's signature of a candidate."""
    public_key, signature = sign(person_key(who), release, candidate_sha256)
    told = {"who": who, "account": who.lower(), "when": NOON}
    return {**told, "public_key": public_key, "signature": signature}


def approve_again(package: Path) -> None:
    """Have the candidate list what the package shows now, and the two people sign it."""
    candidate = json.loads((package / "candidate.json").read_bytes())
    candidate["files"] = [described(package, package / file["path"]) for file in candidate["files"]]
    (package / "candidate.json").write_text(json.dumps(candidate))
    digest = hashlib.sha256((package / "candidate.json").read_bytes()).hexdigest()
    signed = [approval(who, candidate["release"], digest) for who in PEOPLE]
    edit(package / "approvals.json", lambda told: told.update(candidate_sha256=digest, approvals=signed))


def codes(verdict: dict[str, Any]) -> set[str]:
    """What a verifier found."""
    assert (verdict["verdict"] == "altered") == bool(verdict["findings"])
    assert verdict["sound"] == (verdict["verdict"] == "sound")
    return {finding["code"] for finding in verdict["findings"]}


def edit(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a JSON document in its place."""
    told = json.loads(file.read_bytes())
    change(told)
    file.write_text(json.dumps(told))
