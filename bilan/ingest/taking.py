"""Taking one statement: hold it, find it known, or append what it changes."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import polars as pl
from sqlalchemy import Connection

from bilan.contracts import CONTRACTS, LINK_TYPE
from bilan.identity.journal import REFUSED, TAKEN, HeldFile, Journal, StatementKey
from bilan.identity.landed import keep_landed
from bilan.identity.links import Link, find_links, write_links
from bilan.identity.numbers import write_numbers
from bilan.identity.tokens import write_persons
from bilan.identity.vault import Vault
from bilan.ingest.barred import ERASED, ERASED_MESSAGE, WITHDRAWN, WITHDRAWN_MESSAGE
from bilan.ingest.batches import Batches
from bilan.ingest.natural_keys import waiting_warning
from bilan.ingest.own_events import IDENTITY_LOG, OWN_SOURCE, breach_drafts, breaches_of, own_drafts
from bilan.ingest.reading import DUPLICATE, DUPLICATE_MESSAGE, Reading, link_key, originals, read
from bilan.ingest.received import beliefs, received_drafts
from bilan.ingest.report import FileReport, Refusal
from bilan.intake import Source, Statement
from bilan.intake.date_order import QUESTIONS
from bilan.intake.inputs import Doubt
from bilan.intake.messages import UNREADABLE_FILE, UNREADABLE_MESSAGE
from bilan.ledger.chain import StatementFile, canonical
from bilan.ledger.decide import Decision, believe, decide
from bilan.ledger.port import Ledger
from bilan.printable import printable

OLDER, EMPTY, WITHDRAWS, UNREAD = "older", "empty", "withdraws", "unread"
REASONS = {
    **QUESTIONS,
    OLDER: "Un état plus récent de ce journal a déjà été pris : celui-ci réécrirait ce qui a suivi.",
    EMPTY: "Le fichier n'a aucune ligne : tout le journal serait retiré.",
    WITHDRAWS: "L'état retirerait une grande part de ce qui est au grand livre.",
    UNREAD: "Le fichier n'a pas pu être lu jusqu'au bout ; rien n'en a été pris. Demander à l'expéditeur de "
    "recopier le seul tableau dans un classeur neuf, puis écarter celui-ci.",
}


class Taker:
    """Takes statements one after the other; what the ledger believes stays in memory between them."""

    def __init__(self, vault: Vault, ledger: Ledger) -> None:
        self.vault = vault
        self.journal = Journal(vault)
        self.batches = Batches(vault, ledger)
        self._ledger = ledger
        self._histories: dict[tuple[str, str], pl.DataFrame] = {}

    def take(
        self, statement: Statement, content: bytes, *, shown: str, confirmed: bool = False
    ) -> FileReport:
        """Take the statement that `content` holds; `confirmed`: the steward accepts what would be held."""
        key = _key(statement.source, content)
        report = _plain_report(statement, shown)
        if statement.file_refused:
            with self.vault.transaction() as connection:
                self.journal.take(connection, key, REFUSED)
            return report
        taken = self.journal.is_taken(key)
        if not taken and (reason := self._reason_to_hold(statement, confirmed)):
            return self._hold(key, statement, content, reason, report)
        if statement.doubt:
            return self._hold(
                key, statement, content, statement.doubt.code, _doubtful(report, statement.doubt)
            )
        belief = believe(beliefs(self._history(key.sender, key.log)))
        reading = read(self.vault, statement, belief["natural_key"])
        for rows, code, message in (
            (reading.contradicted, DUPLICATE, DUPLICATE_MESSAGE),
            (reading.erased, ERASED, ERASED_MESSAGE),
            (reading.withdrawn, WITHDRAWN, WITHDRAWN_MESSAGE),
        ):
            report = _with_refused(report, statement, rows, code, message)
        if taken:
            return replace(report, unchanged=reading.question.accepted_keys.len())
        decision = decide(belief, reading.question)
        if decision.waiting:
            warned = waiting_warning(decision.waiting, reading.question.unread)
            report = replace(report, warnings=(*report.warnings, warned))
        if decision.withdraws_much and not confirmed:
            return self._hold(key, statement, content, WITHDRAWS, report)
        self._write(key, reading, decision, statement)
        return replace(
            report,
            asserted=decision.asserted,
            corrected=decision.corrected,
            retracted=decision.retracted,
            unchanged=decision.unchanged,
        )

    def hold_unread(self, source: Source, content: bytes, why: str, *, shown: str) -> FileReport:
        """Hold a file that brought its reader down. `why`: the reason in French, without its data."""
        key = _key(source, content)
        keep_landed(self.vault, key.sha256, content)
        held = self.journal.hold(key, source.suffix, UNREAD, 0)
        return FileReport(
            path=shown,
            log=source.log,
            sender=source.sender,
            statement_date=source.statement_date,
            held=True,
            refusals=(Refusal(None, None, UNREADABLE_FILE, UNREADABLE_MESSAGE),),
            held_id=held.id,
            held_reason=f"{REASONS[UNREAD]} Cause : {why}.",
        )

    def last_date(self, sender: str, log: str) -> date | None:
        """The date of the newest statement taken, as the journal or the ledger knows it."""
        newest = self._history(sender, log)["reporteddate"].max()
        dates = [self.journal.last_date(sender, log), newest if isinstance(newest, date) else None]
        return max((day for day in dates if day), default=None)

    def _reason_to_hold(self, statement: Statement, confirmed: bool) -> str | None:
        source = statement.source
        last = self.last_date(source.sender, source.log)
        if last is not None and source.statement_date < last:
            return OLDER
        return EMPTY if statement.rows == 0 and not confirmed else None

    def _hold(
        self, key: StatementKey, statement: Statement, content: bytes, reason: str, report: FileReport
    ) -> FileReport:
        keep_landed(self.vault, key.sha256, content)
        held: HeldFile = self.journal.hold(key, statement.source.suffix, reason, statement.rows)
        return replace(report, held=True, held_id=held.id, held_reason=REASONS[reason])

    def _write(self, key: StatementKey, reading: Reading, decision: Decision, statement: Statement) -> None:
        links = find_links(self.vault, reading.persons)
        breaches = self._breach_drafts(statement, reading)
        history, natural = self._history(key.sender, key.log), self.vault.keys.natural
        received = received_drafts(natural, statement, history, decision.drafts)
        drafts = pl.concat([decision.drafts, received, self.link_drafts(links), breaches])
        numbers = originals(reading, decision.drafts)

        def write(connection: Connection, batch: str) -> None:
            write_persons(self.vault, connection, reading.persons)
            write_links(connection, links)
            write_numbers(self.vault, connection, batch, numbers)
            self.journal.take(connection, key, TAKEN, batch or None)

        if drafts.is_empty():
            with self.vault.transaction() as connection:
                write(connection, "")
            return
        file = StatementFile(key.sha256, key.sender, key.log, key.statement_date.isoformat())
        events = self.batches.append(drafts, (file,), write)
        self._remember(key.sender, key.log, events)
        self._remember(OWN_SOURCE, IDENTITY_LOG, events)

    def _breach_drafts(self, statement: Statement, reading: Reading) -> pl.DataFrame:
        """The events of rows refused for what they bore of a person."""
        contract = CONTRACTS[statement.source.log]
        found = breaches_of(statement, contract, reading.withdrawn)
        if found.is_empty():
            return own_drafts(())
        known_keys = self._history(OWN_SOURCE, IDENTITY_LOG)["natural_key"]
        return breach_drafts(self.vault.keys.natural, statement.source, found, known_keys)

    def link_drafts(self, links: Iterable[Link]) -> pl.DataFrame:
        """The drafts of events that link two tokens."""
        return own_drafts(
            {
                "type": LINK_TYPE,
                "subject": link.token,
                "time": link.reported_on,
                "reporteddate": link.reported_on,
                "natural_key": link_key(self.vault, link.token, link.other, link.method),
                "data": canonical({"method": link.method, "other": link.other, "score": link.score}),
            }
            for link in links
        )

    def _history(self, sender: str, log: str) -> pl.DataFrame:
        if (sender, log) not in self._histories:
            self._histories[sender, log] = self._ledger.events(source=sender, log=log)
        return self._histories[sender, log]

    def _remember(self, sender: str, log: str, events: pl.DataFrame) -> None:
        """Add to what is already in memory; what was never asked for is read when it is."""
        if (sender, log) in self._histories:
            own = events.filter(pl.col("log") == log)
            self._histories[sender, log] = pl.concat([self._histories[sender, log], own])


def _key(source: Source, content: bytes) -> StatementKey:
    return StatementKey(hashlib.sha256(content).hexdigest(), source.sender, source.log, source.statement_date)


def _plain_report(statement: Statement, shown: str) -> FileReport:
    source = statement.source
    return FileReport(
        path=shown,
        log=source.log,
        sender=source.sender,
        statement_date=source.statement_date,
        rows=statement.rows,
        accepted=statement.accepted.height,
        refused=statement.rows - statement.accepted.height,
        refusals=tuple(_refusal(statement, *cells) for cells in statement.refusals.iter_rows()),
        warnings=statement.warnings,
        accounted=statement.accounted,
        extra_columns=tuple(printable(heading) for heading in statement.extra_columns),
    )


def _refusal(statement: Statement, row: int | None, column: str | None, code: str, message: str) -> Refusal:
    sheet, number = statement.place(row)
    return Refusal(number, column, code, message, sheet)


def _doubtful(report: FileReport, doubt: Doubt) -> FileReport:
    """The report of a file that nobody has read yet: its rows are neither good nor bad."""
    asked = Refusal(None, None, doubt.code, doubt.message)
    return replace(report, accepted=0, refused=0, refusals=(asked,))


def _with_refused(
    report: FileReport, statement: Statement, rows: list[int], code: str, message: str
) -> FileReport:
    """The report, with rows refused for what only the vault knows of their persons."""
    if not rows:
        return report
    more = [_refusal(statement, row, None, code, message) for row in rows]
    refusals = sorted((*report.refusals, *more), key=lambda refusal: (refusal.sheet or "", refusal.row or 0))
    return replace(
        report,
        accepted=report.accepted - len(rows),
        refused=report.refused + len(rows),
        refusals=tuple(refusals),
    )
