"""Which files a run takes, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bilan.home import Home
from bilan.ingest.inbox import GONE, TAKING, Received, listed, receive, receive_from_inbox
from bilan.ingest.report import FileReport, Refusal
from bilan.intake import Reference, Source, UnknownSource, source_of
from bilan.printable import printable


@dataclass(frozen=True)
class Overrides:
    """What the steward says of the files, where their paths do not."""

    sender: str | None = None
    log: str | None = None
    statement_date: date | None = None


@dataclass(frozen=True)
class Landing:
    """A file to take: where it is, how the report names it, the inbox that it leaves once taken."""

    file: Path
    shown: str
    source: Source
    inbox: Path | None

    def receive(self) -> Received:
        """Its bytes, read once it has left the inbox. Raises NotTakenError."""
        return receive_from_inbox(self.inbox, self.file) if self.inbox else receive(self.file, follow=True)

    def read(self) -> bytes:
        """Its bytes, for a look at them: it stays where it is. Raises NotTakenError."""
        return receive(self.file, follow=self.inbox is None).content


def find_landings(
    home: Home, paths: Sequence[Path], overrides: Overrides, reference: Reference
) -> tuple[list[Landing], list[FileReport]]:
    """The files to take, by statement date, and a report for each one whose source is unknown.

    In the inbox, what a killed run had begun to take comes before what is named as it is.
    """
    landings, unknown = [], []
    for file, name, wrong in _files(home, paths):
        shown = printable(name)
        if wrong:
            unknown.append(unknown_file(shown, wrong))
            continue
        try:
            source = source_of(
                file.absolute(),
                sender=overrides.sender,
                log=overrides.log,
                statement_date=overrides.statement_date,
                reference=reference,
            )
        except UnknownSource as problem:
            unknown.append(unknown_file(shown, str(problem)))
            continue
        place, inbox = file.parent.resolve() / file.name, home.inbox.resolve()
        landings.append(Landing(place, shown, source, inbox if place.is_relative_to(inbox) else None))
    landings.sort(key=lambda landing: (landing.source.statement_date, landing.shown))
    return landings, unknown


def unknown_file(shown: str, message: str) -> FileReport:
    """The report of a file that can't be taken: nobody knows whose it is, or it can't be opened."""
    return FileReport(shown, None, None, None, refusals=(Refusal(None, None, "unreadable_file", message),))


def _files(home: Home, paths: Sequence[Path]) -> Iterator[tuple[Path, str, str | None]]:
    """Each file once, what a report calls it, and what forbids to open it."""
    if not paths:
        inbox = home.inbox.resolve()
        for folder in (inbox / TAKING, inbox):
            for file, wrong in listed(folder):
                yield file, file.relative_to(folder).as_posix(), wrong
    seen = set()
    for path in paths:
        for file, wrong in listed(path) if path.is_dir() else _named(path):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file.as_posix(), wrong


def _named(path: Path) -> Iterator[tuple[Path, str | None]]:
    yield path, None if path.is_file() else GONE
