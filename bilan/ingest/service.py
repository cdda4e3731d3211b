"""`bilan ingest` and `bilan held`: take partners' files into the ledger, and report what became of each."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from bilan.durable import alone
from bilan.errors import PlainError, describe
from bilan.home import Home
from bilan.identity.erasures import settle_erasures
from bilan.identity.journal import ACCEPTED, REFUSED, HeldFile, Journal
from bilan.identity.landed import drop_landed, forget_landed, keep_landed, read_landed
from bilan.identity.mark import lost
from bilan.identity.vault import Vault, open_vault, vault_exists
from bilan.ingest.barred import ERASED
from bilan.ingest.checkpoints import hand_checkpoints
from bilan.ingest.horizons import silences
from bilan.ingest.inbox import NotTakenError
from bilan.ingest.outbox import contract_name, write_refusals
from bilan.ingest.report import FileReport, Report
from bilan.ingest.sources import Landing, Overrides, find_landings, unknown_file
from bilan.ingest.taking import OLDER, REASONS, UNREAD, Taker
from bilan.intake import Answers, Reference, Source, UnreadError, load_reference, read_statement
from bilan.intake.apart import READER
from bilan.intake.inputs import UNANSWERED
from bilan.ledger.delta import DeltaLedger

REFERENCE_FOLDER = "reference"


class Progress(Protocol):
    """Called before each file is taken, and once at the end (`done` = `total`)."""

    def __call__(self, done: int, total: int, name: str) -> None:
        """`name` is the file that comes next; blank at the end."""


class IngestError(PlainError):
    """A file could not be taken, for a reason that lies with the program; it says where, never what."""


class HeldError(PlainError):
    """What the steward decided on a held file can't be done."""


def silent(done: int, total: int, name: str) -> None:
    """A `Progress` that shows nothing."""


def ingest(
    home: Home,
    paths: Sequence[Path] = (),
    *,
    sender: str | None = None,
    log: str | None = None,
    statement_date: date | None = None,
    on: date | None = None,
    progress: Progress = silent,
) -> Report:
    """Take the files of `paths`, folders included, or else the inbox's, by order of statement date.

    `sender`, `log` and `statement_date` replace what a file's path says. `on` is the day on which the report
    judges which logs are overdue; if not given, the date of the newest statement.

    What a killed run left half done is finished first. Files given by path are left where they are. A file
    of the inbox is moved out of it, sealed into the vault, read, and deleted only then. A file that can't be
    opened is reported and one that brings its reader down is held; the run goes on with the next one.
    Raises PlainError, whose words are safe to show.
    """
    READER.warm()
    reference = load_reference(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        landings, unknown = find_landings(home, paths, Overrides(sender, log, statement_date), reference)
        reports = []
        for done, landing in enumerate(landings):
            progress(done, len(landings), landing.shown)
            reports.append(_take(home, vault, taker, landing, reference))
        hand_checkpoints(home, vault, {landing.source.sender for landing in landings})
        progress(len(landings), len(landings), "")
        ledger = DeltaLedger(home.ledger)
        return Report([*reports, *unknown], ledger.version(), silences(ledger, on))


def held_files(home: Home) -> list[HeldFile]:
    """The files that wait for the steward, oldest first."""
    with opened(home) as (vault, _):
        return Journal(vault).held()


def accept_held(home: Home, held_id: str, answers: Answers = UNANSWERED) -> Report:
    """Take a held file after all. `answers`: what the steward says where the file can be read in two ways.

    Raises HeldError when what came since forbids it, or when it can't be read without an answer.
    """
    reference = load_reference(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        held = _find(vault, held_id)
        last = taker.last_date(held.key.sender, held.key.log)
        if last is not None and held.key.statement_date < last:
            raise HeldError(f"{REASONS[OLDER]} Dernier état pris : {last}. Il ne peut qu'être refusé.")
        source = Source(shown(held), held.key.sender, held.key.log, held.key.statement_date, held.suffix)
        content = read_landed(vault, held.key.sha256)
        try:
            report = _guarded(taker, source, content, reference, confirmed=answers)
        except UnreadError as reason:
            raise HeldError(f"{REASONS[UNREAD]} Toujours : {reason}. Il ne peut qu'être refusé.") from None
        if report.held:
            raise HeldError(f"Il faut une réponse pour le prendre. {report.held_reason}")
        write_refusals(home, vault, source, report)
        _settle(vault, held, ACCEPTED)
        _drop_if_erased(vault, report, content)
        return Report([report], DeltaLedger(home.ledger).version())


def refuse_held(home: Home, held_id: str) -> HeldFile:
    """Set a held file aside for good; nothing of it reaches the ledger."""
    with opened(home) as (vault, _):
        held = _find(vault, held_id)
        _settle(vault, held, REFUSED)
        return replace(held, state=REFUSED)


def shown(held: HeldFile) -> str:
    """A held file's name as contracts name it."""
    return f"{held.key.sender}/{held.key.log}_{held.key.statement_date}{held.suffix}"


def held_to_dict(held: HeldFile) -> dict[str, Any]:
    """A held file as `--json` prints it."""
    return {
        "id": held.id,
        "path": shown(held),
        "sender": held.key.sender,
        "log": held.key.log,
        "statement_date": held.key.statement_date.isoformat(),
        "rows": held.rows,
        "reason": held.reason,
        "reason_fr": REASONS[held.reason],
        "held_at": held.held_at,
        "state": held.state,
    }


@contextmanager
def opened(home: Home) -> Iterator[tuple[Vault, Taker]]:
    """Open the vault and the ledger for this run alone, once what a killed run left half done is finished."""
    with alone(home.create().root):
        ledger = DeltaLedger(home.ledger)
        if ledger.version() > 0 and not vault_exists(home):
            raise lost()
        vault = open_vault(home)
        try:
            taker = Taker(vault, ledger)
            taker.batches.resume()
            settle_erasures(vault)
            waiting = frozenset(held.key.sha256 for held in taker.journal.held())
            forget_landed(vault, datetime.now(UTC), keep=waiting)
            yield vault, taker
        finally:
            vault.close()


def _take(home: Home, vault: Vault, taker: Taker, landing: Landing, reference: Reference) -> FileReport:
    try:
        received = landing.receive()
    except NotTakenError as reason:
        return unknown_file(landing.shown, str(reason))
    content = received.content
    if landing.inbox:
        keep_landed(vault, hashlib.sha256(content).hexdigest(), content)
    try:
        report = replace(_guarded(taker, landing.source, content, reference), path=landing.shown)
    except UnreadError as reason:
        report = taker.hold_unread(landing.source, content, str(reason), shown=landing.shown)
    write_refusals(home, vault, landing.source, report)
    _drop_if_erased(vault, report, content)
    if landing.inbox:
        received.let_go()
    return report


def _drop_if_erased(vault: Vault, report: FileReport, content: bytes) -> None:
    """Keep no copy of a file that names someone whose record was destroyed, unless it waits for a word."""
    if not report.held and any(refusal.code == ERASED for refusal in report.refusals):
        drop_landed(vault, [hashlib.sha256(content).hexdigest()])


def _guarded(
    taker: Taker,
    source: Source,
    content: bytes,
    reference: Reference,
    *,
    confirmed: Answers | None = None,
) -> FileReport:
    """Read and take one statement; `confirmed` are the steward's answers, if it was held before.

    An unforeseen error is replaced by an IngestError without its words, which may quote a cell. It names the
    file by sender, log and date and not by its path, which may hold a person's name: Dagster keeps errors.
    """
    try:
        statement = read_statement(content, source, reference, confirmed or UNANSWERED)
        return taker.take(statement, content, shown=source.path, confirmed=confirmed is not None)
    except PlainError:
        raise
    except Exception as error:
        raise IngestError(f"{contract_name(source)} : {describe(error)}") from None


def _find(vault: Vault, held_id: str) -> HeldFile:
    for held in Journal(vault).held():
        if held.id == held_id:
            return held
    raise HeldError("Aucun fichier n'attend sous ce numéro ; « bilan held list » les donne.")


def _settle(vault: Vault, held: HeldFile, state: str) -> None:
    with vault.transaction() as connection:
        Journal(vault).settle(connection, held.id, state)
