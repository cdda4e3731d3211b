"""The report of `bilan ingest`: what became of each file, without any cell's value."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bilan.ingest.horizons import Silences
from bilan.intake.inputs import Accounted, Warned

ALL_ACCEPTED, SOMETHING_REFUSED = 0, 3


@dataclass(frozen=True)
class Refusal:
    """One fault: `row` is the sheet's own number, null for the file; `column` null for a rule on a row."""

    row: int | None
    column: str | None
    code: str
    message: str  # French
    sheet: str | None = None  # null where the file has one


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    `rows` = `accepted` + `refused`, unless the file waits for an answer; `asserted`, `corrected`, `retracted`
    count events, `unchanged` keys. `accounted` is of all that the file holds, null of one never opened.
    """

    path: str
    log: str | None
    sender: str | None
    statement_date: date | None
    rows: int = 0
    accepted: int = 0
    refused: int = 0
    held: bool = False
    asserted: int = 0
    corrected: int = 0
    retracted: int = 0
    unchanged: int = 0
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Warned, ...] = ()
    accounted: Accounted | None = None
    extra_columns: tuple[str, ...] = ()
    held_id: str | None = None
    held_reason: str | None = None  # French

    @property
    def clean(self) -> bool:
        """Whether everything was taken."""
        return not (self.held or self.refused or self.refusals)


@dataclass(frozen=True)
class Report:
    """What one run took in, file by file in the order they were taken; then what does not come any more."""

    files: list[FileReport] = field(default_factory=list)
    ledger_version: int = -1
    silences: Silences = field(default_factory=Silences)

    @property
    def exit_code(self) -> int:
        """0 when everything was accepted, 3 when something was refused or held."""
        return ALL_ACCEPTED if all(file.clean for file in self.files) else SOMETHING_REFUSED

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        on = self.silences.on
        return {
            "files": [_plain(file) for file in self.files],
            "ledger_version": self.ledger_version,
            "nothing_since": {
                "on": on.isoformat() if on else None,
                "logs": [asdict(one) | {"since": one.since.isoformat()} for one in self.silences.logs],
            },
        }


def _plain(file: FileReport) -> dict[str, Any]:
    fields = asdict(file)
    day = file.statement_date
    return fields | {
        "statement_date": day.isoformat() if day else None,
        "refusals": [asdict(refusal) for refusal in file.refusals],
        "warnings": [asdict(warning) for warning in file.warnings],
        "accounted": _plain_account(file.accounted) if file.accounted else None,
        "extra_columns": list(file.extra_columns),
    }


def _plain_account(account: Accounted) -> dict[str, Any]:
    return account.total | {
        "read": account.read,
        "ignored": [asdict(ignored) for ignored in account.ignored],
    }
