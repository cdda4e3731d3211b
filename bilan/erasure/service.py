"""`bilan erase`: one outcome over vault and ledger, then every other place, then a receipt.

What can be searched only while her name is known is searched first, and what was found is noted,
without the name, in the transaction that destroys it. From there on a run that is cut short is
finished without knowing who she was: by the next opening of the vault for its own files, by the next
erasure for copies and receipt.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import ERASED_TYPE
from bilan.erasure.copies import erase_in_copies, reachable_copies
from bilan.erasure.naming import Naming
from bilan.erasure.places import CLEAN, DESTROYED, REMAINS, UNREACHABLE, Place, search_folder, search_home
from bilan.erasure.plan import Plan, erased_key, make_plan
from bilan.erasure.receipt import FOLDER, Receipt, keep_receipt, make_receipt, read_receipt
from bilan.erasure.scope import Scope, ScopeError, references, scope_of, senders_of, tokens_of
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.crypto import keyed_hash
from bilan.identity.erasures import (
    DONE,
    OPEN,
    Erasure,
    count_rows,
    erasures,
    note_erasure,
    settle_erasures,
)
from bilan.identity.vault import Vault
from bilan.ingest.batches import Batches
from bilan.ingest.inbox import NotTakenError
from bilan.ingest.outbox import contract_name
from bilan.ingest.own_events import IDENTITY_LOG, OWN_SOURCE, own_drafts
from bilan.ingest.service import REFERENCE_FOLDER, opened
from bilan.ingest.sources import Overrides, find_landings
from bilan.intake import Reference, load_reference
from bilan.ledger.chain import canonical
from bilan.ledger.delta import DeltaLedger

_UNKNOWN = "un fichier dont le nom ne suit pas le contrat"
_NOT_SEARCHED = "non cherché : ses attributs étaient déjà détruits (consentement retiré)"
REQUEST, ACCESS_PERIOD, CONSENT_WITHDRAWN = "request", "access_period", "consent_withdrawn"


@dataclass(frozen=True)
class Request:
    """Whom to erase, by token or by a sender's own reference, and why."""

    access: Access
    token: str | None = None
    sender: str | None = None
    reference: str | None = None
    linked: bool = False
    ground: str = REQUEST


@dataclass(frozen=True)
class Outcome:
    """What an erasure did, or would do (`receipt` is null then)."""

    scope: Scope
    plan: Plan | None
    receipt: Receipt | None
    already: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        answer: dict[str, Any] = {
            "already_erased": self.already,
            "tokens": list(self.scope.tokens),
            "linked_left_alone": list(self.scope.linked),
            "receipt": self.receipt.content if self.receipt else None,
        }
        if self.plan and not self.receipt:
            answer["would"] = {
                "tombstones": len(self.plan.stones),
                "landed_files": len(self.plan.landed),
                "held_files": list(self.plan.held),
            }
        return answer


def erase(home: Home, request: Request, *, dry_run: bool = False) -> Outcome:
    """Erase a person. Raises ScopeError when nobody is known by what was given."""
    reference = load_reference(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        ledger = DeltaLedger(home.ledger)
        before = _known_erasure(vault, request)
        if before is not None and dry_run:
            return Outcome(Scope(before.tokens, before.linked), None, None, already=True)
        if before is not None:
            receipt = finish(home, vault, before)
            return Outcome(Scope(before.tokens, before.linked), None, receipt, already=True)
        identity = ledger.events(source=OWN_SOURCE, log=IDENTITY_LOG)
        scope = scope_of(vault, identity, asked(vault, request), linked=request.linked)
        if dry_run:
            naming = Naming.of(vault, scope.tokens, reference, request.access)
            return Outcome(scope, make_plan(vault, ledger.events(), scope.tokens, naming), None)
        stores = Stores(home, vault, taker.batches, reference)
        erasure = destroy(stores, scope, request)
        return Outcome(scope, None, finish(home, vault, erasure))


@dataclass(frozen=True)
class Stores:
    """A home, open: its vault, its ledger's batches, and the lists that reading its files needs."""

    home: Home
    vault: Vault
    batches: Batches
    lists: Reference


def destroy(
    stores: Stores, scope: Scope, request: Request, *, erasure_id: str = "", day: date | None = None
) -> Erasure:
    """Destroy what the home's own vault holds of a scope, and say so in the ledger, all or nothing."""
    home, vault = stores.home, stores.vault
    naming = Naming.of(vault, scope.tokens, stores.lists, request.access)
    places = [*search_home(home, naming.sought), _inbox(home, naming)]
    places.append(search_folder("vault", home.vault, naming.sought))
    for copy in reachable_copies(vault):
        places.append(search_folder("backups", copy, naming.sought))
    if not naming.is_known:
        for place in places:
            place.note(UNREACHABLE, _NOT_SEARCHED)
    events = DeltaLedger(home.ledger).events()
    plan = make_plan(vault, events, scope.tokens, naming)
    landed = Place("landed", files=plan.looked_at)
    if plan.landed:
        landed.note(DESTROYED, f"{len(plan.landed)} fichiers")
    if plan.held:
        landed.note(DESTROYED, f"dont {len(plan.held)} retenus, à redemander à leur expéditeur")
    erased_on = day or datetime.now(UTC).date()
    erasure = Erasure(
        id=erasure_id or secrets.token_hex(8),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        ground=request.ground,
        tokens=scope.tokens,
        who=request.access.reader,
        why=request.access.why,
        linked=scope.linked,
        landed=plan.landed,
        aliases=tuple(keyed_hash(vault.keys.natural, f"alias|{name}") for name in sorted(naming.references)),
        places=[asdict(place) for place in (*places, landed)],
    )

    def write(connection: Connection, batch: str) -> None:
        plan.carry_out(vault, connection, erased_on.isoformat())
        note_erasure(vault, connection, replace(erasure, batch=batch))

    stores.batches.append(_drafts(vault, scope.tokens, request.ground, erased_on), (), write)
    settle_erasures(vault)
    return next(known for known in erasures(vault) if known.id == erasure.id)


def _drafts(vault: Vault, tokens: Sequence[str], ground: str, day: date) -> pl.DataFrame:
    return own_drafts(
        {
            "type": ERASED_TYPE,
            "subject": token,
            "time": day,
            "reporteddate": day,
            "natural_key": erased_key(vault, token),
            "data": canonical({"ground": ground}),
        }
        for token in tokens
    )


def asked(vault: Vault, request: Request) -> list[str]:
    """The tokens that a request names."""
    if request.token:
        tokens = sorted(senders_of(vault, [request.token]))
    else:
        tokens = tokens_of(vault, references(vault, str(request.sender), str(request.reference)))
    if not tokens:
        raise ScopeError(
            "Le coffre ne connaît personne sous ce jeton ou cette référence : rien n'a été fait."
        )
    return tokens


def _known_erasure(vault: Vault, request: Request) -> Erasure | None:
    """The last erasure of whom the request names, unless new facts have made her known again."""
    done = erasures(vault)[::-1]
    if request.token:
        return next((erasure for erasure in done if request.token in erasure.tokens), None)
    hashes = references(vault, str(request.sender), str(request.reference))
    if tokens_of(vault, hashes):
        return None
    asked = {keyed_hash(vault.keys.natural, f"alias|{name}") for name in hashes}
    return next((erasure for erasure in done if asked & {*erasure.aliases}), None)


def finish(home: Home, vault: Vault, erasure: Erasure) -> Receipt:
    """Erase in the copies, look at the vault again and issue the receipt; repeated while it is incomplete."""
    file = vault.folder / FOLDER / f"{erasure.id}.json"
    if erasure.state == DONE and file.is_file():
        receipt = read_receipt(file)
        if receipt.complete:
            return receipt
    places = [Place(**place) for place in erasure.places]
    for place in places:
        if place.place == "inbox":
            _look_again(home, place, load_reference(home.root / REFERENCE_FOLDER))
        if place.place == "vault":
            remains = count_rows(vault, erasure.tokens)
            place.note(REMAINS if remains else DESTROYED, f"{len(erasure.tokens)} jetons")
    places.append(erase_in_copies(home, vault, erasure, [p for p in places if p.place == "backups"]))
    content = {
        "id": erasure.id,
        "erased_at": erasure.at,
        "ground": erasure.ground,
        "tokens": list(erasure.tokens),
        "linked_left_alone": list(erasure.linked),
        "batch": erasure.batch,
    }
    receipt = make_receipt(home.keys, content, [p for p in places[:-1] if p.place != "backups"] + places[-1:])
    keep_receipt(vault, receipt)
    with vault.transaction() as connection:
        note_erasure(vault, connection, replace(erasure, state=DONE))
    return receipt


def finish_all(home: Home, vault: Vault) -> list[Receipt]:
    """Issue the receipts that runs cut short still owe."""
    return [finish(home, vault, erasure) for erasure in erasures(vault) if erasure.state not in (OPEN, DONE)]


def _inbox(home: Home, naming: Naming) -> Place:
    """Files that wait in the inbox and name her: known by what contracts call them."""
    place = Place("inbox")
    landings, unknown = find_landings(home, (), Overrides(), naming.lists)
    place.files = len(landings) + len(unknown)
    for landing in landings:
        source = landing.source
        if source.sender not in naming.senders:
            continue
        try:
            content = landing.read()
        except NotTakenError:
            place.note(UNREACHABLE, contract_name(source))
            continue
        if naming.in_file(content, source.sender, source.log, source.statement_date.isoformat()):
            place.note(REMAINS, contract_name(source))
    if unknown:
        found = search_folder("inbox", home.inbox, naming.sought)
        place.bytes = found.bytes
        # no contract names that file: as long as one like it waits, it may be that one
        if found.state != CLEAN:
            place.note(REMAINS, _UNKNOWN)
    return place


def _look_again(home: Home, place: Place, reference: Reference) -> None:
    """A file that has left the inbox since was taken, and her rows refused, or was removed."""
    landings, unknown = find_landings(home, (), Overrides(), reference)
    waiting = {contract_name(landing.source) for landing in landings} | ({_UNKNOWN} if unknown else set())
    place.details = [name for name in place.details if name in waiting]
    place.state = REMAINS if place.details else CLEAN
