"""Which files a run takes, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bilan.home import Home
from bilan.ingest.report import FileReport, Refusal
from bilan.intake import Reference, Source, UnknownSource, source_of

# .xls and the like are not read, but a partner's spreadsheet is never passed over in silence
SPREADSHEETS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".tsv"})


@dataclass(frozen=True)
class Overrides:
    """What the steward says of the files, where their paths do not."""

    sender: str | None = None
    log: str | None = None
    statement_date: date | None = None


@dataclass(frozen=True)
class Landing:
    """A file to take: where it is, how the report names it, whether it leaves the inbox once taken."""

    file: Path
    shown: str
    source: Source
    from_inbox: bool


def find_landings(
    home: Home, paths: Sequence[Path], overrides: Overrides, reference: Reference
) -> tuple[list[Landing], list[FileReport]]:
    """The files to take, by statement date, and a report for each one whose source is unknown."""
    landings, unknown = [], []
    for file, shown in _files(home, paths):
        if not file.is_file():
            unknown.append(unknown_file(shown, "Fichier introuvable."))
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
        inside = file.resolve().is_relative_to(home.inbox.resolve())
        landings.append(Landing(file, shown, source, inside))
    landings.sort(key=lambda landing: (landing.source.statement_date, landing.shown))
    return landings, unknown


def unknown_file(shown: str, message: str) -> FileReport:
    """The report of a file that can't be taken: nobody knows whose it is, or it is not there."""
    return FileReport(shown, None, None, None, refusals=(Refusal(None, None, "unreadable_file", message),))


def _files(home: Home, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    if not paths:
        for file in _spreadsheets(home.inbox):
            yield file, file.relative_to(home.inbox).as_posix()
    seen = set()
    for path in paths:
        for file in _spreadsheets(path) if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file.as_posix()


def _spreadsheets(folder: Path) -> list[Path]:
    """The spreadsheets under a folder; hidden files and those that an open office program leaves apart."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and file.suffix.lower() in SPREADSHEETS
        and not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    )
