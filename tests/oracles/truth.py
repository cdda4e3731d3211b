"""The ground truth of the samples: what must be said of each file."""

from dataclasses import dataclass
from datetime import date

from bilan.contracts import CONTRACTS
from bilan.samples import Samples
from bilan.samples.sheets import Sheet
from bilan.samples.statements import Line, Statement
from bilan.samples.untidy import Style
from tests.oracles.replay import Counts, replay


@dataclass(frozen=True)
class ExpectedRefusal:
    """One entry of a file's report: the sheet's own row number, the column if one is to blame, the code."""

    row: int
    column: str | None
    code: str


@dataclass(frozen=True)
class ExpectedFile:
    """What a report must say of one file, when all are taken in the order of their dates."""

    path: str  # relative to the folder of the samples
    sender: str
    log: str
    statement_date: date
    rows: int
    accepted: int
    refused: int
    held: bool
    asserted: int
    corrected: int
    retracted: int
    unchanged: int
    refusals: tuple[ExpectedRefusal, ...]
    extra_columns: tuple[str, ...]
    style: Style


def expected_of(samples: Samples) -> tuple[ExpectedFile, ...]:
    """What a report must say of each file, in the order of the statements' dates."""
    counts = replay(list(samples.statements))
    parts = zip(samples.styles, samples.sheets, samples.statements, counts, strict=True)
    return tuple(_expect(*part) for part in parts)


def _expect(style: Style, sheet: Sheet, statement: Statement, counts: Counts) -> ExpectedFile:
    """The truth about one file."""
    refused = sum(bool(line.refusals) for line in sheet.lines)
    return ExpectedFile(
        path=f"{statement.sender}/{statement.log}_{statement.date.isoformat()}{style.suffix}",
        sender=statement.sender,
        log=statement.log,
        statement_date=statement.date,
        rows=len(sheet.lines),
        accepted=len(sheet.lines) - refused,
        refused=refused,
        held=counts.held,
        asserted=counts.asserted,
        corrected=counts.corrected,
        retracted=counts.retracted,
        unchanged=counts.unchanged,
        refusals=_refusals(sheet, statement.log),
        extra_columns=sheet.extras,
        style=style,
    )


def _refusals(sheet: Sheet, log: str) -> tuple[ExpectedRefusal, ...]:
    """Every entry, by row and then in the order of the contract's columns."""
    order = {column.name: place for place, column in enumerate(CONTRACTS[log].columns)}

    def placed(row: int, line: Line) -> list[ExpectedRefusal]:
        entries = sorted(line.refusals, key=lambda entry: order.get(entry[0] or "", len(order)))
        return [ExpectedRefusal(row, column, code) for column, code in entries]

    pairs = sorted(zip(sheet.rows, sheet.lines, strict=True), key=lambda pair: pair[0])
    return tuple(entry for row, line in pairs for entry in placed(row, line))
