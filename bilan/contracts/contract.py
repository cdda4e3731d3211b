"""What a log's contract says: its columns, its key, the person it speaks of and the events it yields.

A contract is data. Intake, the checks on landed files, the documentation, the candidates for the
ledger and dbt's staging models are all derived from it; nothing here reads a file or knows a library.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are read."""

    NUMBER = "number"  # the sender's own number of a file or event: the ledger holds its keyed hash
    DATE = "date"
    NAME = "name"  # nominative
    BIRTH_DATE = "birth_date"  # nominative
    REFERENCE = "reference"  # the sender's own reference to a person; nominative
    CHOICE = "choice"  # one value of a closed list
    CHOICES = "choices"  # one or several values of a closed list
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    PARTNER = "partner"  # a partner's code, or « autre : ... »
    INTEGER = "integer"
    DECIMAL = "decimal"
    FREE_TEXT = "free_text"  # read by people, never kept in an event


class Choice(str):
    """One value of a closed list: the text that partners write, and what readers of English are shown."""

    en: str

    def __new__(cls, fr: str, en: str) -> "Choice":
        """The French text, which is what a choice is wherever it is read or kept."""
        choice = super().__new__(cls, fr)
        choice.en = en
        return choice

    def __reduce__(self) -> tuple[type["Choice"], tuple[str, str]]:
        """What a copy in another process is made of."""
        return Choice, (str(self), self.en)


class Restates(StrEnum):
    """What a statement says of the keys it does not hold."""

    ALL = "all"  # a key that is gone was withdrawn
    PERIOD = "period"  # likewise, within the period that the statement covers
    NOTHING = "nothing"  # silence says nothing


class Presence(StrEnum):
    """What a row must hold of the person it speaks of."""

    NAMED = "named"  # every nominative cell of the contract
    NAMED_OR_REFERENCE = "named_or_reference"  # names and birth date, or the sender's reference
    OPTIONAL = "optional"  # nothing, or as above
    NOBODY = "nobody"  # the log speaks of no person


@dataclass(frozen=True)
class Column:
    """One column of a log: its heading as the template prints it, and how its cells are read."""

    name: str
    kind: Kind
    meaning: str  # French, one line, for the template and the documentation
    required: bool = False
    choices: tuple[Choice, ...] = ()
    default: str | None = None  # what an empty cell means
    minimum: int | None = None
    maximum: int | None = None
    required_if: tuple[str, str] | None = None  # (other column, its value that makes this one necessary)
    admits_other: bool = True  # PARTNER alone: whether « autre : ... » may stand for a code
    not_before: tuple[str, ...] = ()  # DATE alone: the date columns that it can't come before
    planned_years: int = 0  # DATE alone: how long after the statement it may be, where it may be planned


@dataclass(frozen=True)
class Subject:
    """The columns that tell who the row speaks of."""

    surname: str | None
    given_name: str | None
    birth_date: str | None
    reference: str | None
    presence: Presence
    consent: str | None = None  # the column that says whether nominative data may be exchanged
    required_if: tuple[str, str] | None = None  # (column, its value that makes an optional person necessary)
    ages: tuple[int, int] | None = None  # at the principal date, in years: no younger, no older

    @property
    def named_columns(self) -> tuple[str, ...]:
        """The nominative columns other than the reference."""
        named = (self.surname, self.given_name, self.birth_date)
        return tuple(column for column in named if column is not None)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every nominative column."""
        return self.named_columns + ((self.reference,) if self.reference else ())


@dataclass(frozen=True)
class EventSpec:
    """One event that a row yields, and the condition under which it does."""

    type: str
    description: str  # English, one sentence: what it is, for who reads the models
    time: str  # the date column that says when it happened
    data: tuple[str, ...] = ()  # the columns its payload keeps; numbers are kept as keyed hashes
    when: tuple[str, frozenset[str]] | None = None  # yielded if that column holds one of these
    when_present: str | None = None  # yielded if that column is filled
    derives_time: bool = False  # a missing date is the month of the first statement that gave it


@dataclass(frozen=True)
class Contract:
    """One log: a partner's spreadsheet on one side, one or more event types on the other."""

    log: str
    title: str  # French
    title_en: str
    senders: tuple[str, ...]  # partner codes; empty means every partner
    programme: str | None  # None: by date, the programme that was running then
    key: tuple[str, ...]  # columns; the subject is part of the key where `key_has_subject`
    key_has_subject: bool
    principal_date: str
    columns: tuple[Column, ...]
    subject: Subject
    events: tuple[EventSpec, ...]
    restates: Restates = Restates.ALL
    precedes_programme: bool = False  # what prepares a programme may be dated before it began

    @property
    def has_territory(self) -> bool:
        """Whether its rows are of a place; otherwise what they tell counts for the whole territory alone."""
        return any(column.name == "territoire" for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.log} has no column {name}")
