"""What intake takes and gives: a file's source, the reference data it needs, a statement read."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from bilan.errors import PlainError
from bilan.intake.protocol import Protocol

ROWS_OF_A_SHEET = 1 << 21  # more than a sheet can have


class UnknownSource(PlainError):  # noqa: N818 - the name says what is wrong, and callers know it
    """A path that does not say whose file it is, of which log and of which date; the message is French."""


@dataclass(frozen=True)
class Source:
    """Whose statement a file is."""

    path: str
    sender: str  # a partner's code
    log: str  # a contract's name
    statement_date: date
    suffix: str  # ".csv" or ".xlsx"


@dataclass(frozen=True)
class Reference:
    """The lists that are data rather than contract: who, where, under which programme, who may send what."""

    partners: tuple[str, ...]  # codes
    territories: tuple[str, ...]  # the first one is the default
    programmes: dict[str, date]  # code -> the day it starts on
    protocol: Protocol


@dataclass(frozen=True)
class Warned:
    """What a sender should know of a file though no row is refused for it; no field quotes a cell.

    `sheet`: its place among the workbook's (« feuille 2 »), null where the file has one. `row` is the
    sheet's own number, null when several rows or the whole file are meant.
    """

    code: str
    message: str  # French
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Answers:
    """What the steward says of a file that nobody could read with certainty; null: not asked yet."""

    dates: str | None = None  # "day-first" or "month-first"


UNANSWERED = Answers()


@dataclass(frozen=True)
class Doubt:
    """A question about the whole file, which is held until the steward answers it."""

    code: str
    message: str  # French: what was seen, and the question


@dataclass(frozen=True)
class Ignored:
    """How many of a file's sheets, rows or cells were not read, and why."""

    what: str  # "sheets", "rows" or "cells"
    why: str  # a code
    count: int


@dataclass(frozen=True)
class Accounted:
    """All that a file holds: of sheets, rows and cells that are not blank, how many, and which were read.

    Of each, the total is what was read and what was ignored.
    """

    total: dict[str, int]  # "sheets", "rows", "cells"
    read: dict[str, int]
    ignored: tuple[Ignored, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One file, read against its contract; `rows` = accepted rows + refused rows.

    `accepted` has one row per accepted sheet row: `row` (Int64, 1-based, as the sheet numbers it, and
    ROWS_OF_A_SHEET more for each sheet before its own: `place` tells them apart),
    `repeat` (Boolean, true from the second occurrence of an exact repeat on), then the contract's
    columns, free text left out, by kind:
    NUMBER String; DATE and BIRTH_DATE `<name>` Date (first possible day) and `<name>_precision`
    (day, month, year); CHOICE String; CHOICES List(String), sorted, unique; YES_NO Boolean;
    YES_NO_UNKNOWN oui, non or inconnu; PARTNER a code or `autre`; INTEGER Int64; DECIMAL String
    without exponent or trailing zeros; NAME and REFERENCE String, trimmed. Defaults are applied,
    `programme` never null, nor `territoire` where the log has it. Last `subject_key`
    ("nom|prenom|naissance", normalised) and `subject_ref`, both String, null when the row does not hold
    them whole.

    `refusals`: `row` (Int64, null for the file), `column` (null for a rule about several cells),
    `code`, `message` (French, without any cell's value), by row then by the contract's columns.

    `refused_keys`: for every refused row, `row`, the key columns, `subject_key`, `subject_ref` (null where
    unreadable), `person_readable` and `key_readable`. Empty when the whole file is refused.

    `places` names the sheet of each table; `warnings`, `accounted` and `doubt` are those of the whole file. A
    file in doubt is read as it would be without an answer, for whoever searches it: it is not to be taken.

    `breaches`: the refused rows that bore more of a person than may be sent: `row`, `code`, `programme`,
    `territory` (null where the log's rows are of no place) and `key`, the key columns as one text,
    or where unreadable whatever else the row says: the same in every file that restates it.
    """

    source: Source
    rows: int
    accepted: pl.DataFrame
    refusals: pl.DataFrame
    refused_keys: pl.DataFrame
    breaches: pl.DataFrame
    extra_columns: tuple[str, ...]
    file_refused: bool
    places: tuple[str | None, ...] = (None,)
    warnings: tuple[Warned, ...] = ()
    accounted: Accounted = Accounted({}, {})
    doubt: Doubt | None = None

    def place(self, row: int | None) -> tuple[str | None, int | None]:
        """The sheet, null where the file has one, and the sheet's own number of a row."""
        if row is None:
            return None, None
        table, number = divmod(row, ROWS_OF_A_SHEET)
        return self.places[table] if table < len(self.places) else None, number
