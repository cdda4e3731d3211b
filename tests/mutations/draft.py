"""A statement on its way to a file: what is typed, what a careful person would write, how it is saved."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from bilan.contracts import Column, Kind
from tests.mutations.clean import Clean

CSV, XLSX = ".csv", ".xlsx"
REMARKS = "Remarques"
_SAID = ("dossier complet", "à vérifier", "vu avec l'équipe", "rappel fait", "suivi au dossier")


@dataclass
class Cell:
    """A workbook's cell that is more than its value."""

    value: Any = None
    form: str | None = None  # number format
    formula: str | None = None  # without « = »
    cached: bool = True  # whether the formula was computed
    error: str | None = None
    strike: bool = False


@dataclass
class Line:
    """One row as it will be written; `place` is that of the clean row it tells."""

    place: int
    cells: dict[str, Any]
    lost: bool = False  # nobody could know what it meant


@dataclass
class Sheet:
    """A sheet of a workbook; rows and columns count from 0."""

    name: str
    grid: list[list[Any]]
    state: str = "visible"
    merged: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, column, last row, column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Writing:
    """How the file is saved."""

    separator: str = ";"
    newline: str = "\r\n"
    encoding: str = "utf-8"
    quote_all: bool = False
    date_format: str = "%Y-%m-%d"  # of the dates of a text file
    decimal: str = ","
    library: str = "openpyxl"  # or xlsxwriter
    needed: set[str] = field(default_factory=set)  # the library that a mutation must have, if any
    epoch_1904: bool = False
    on_text: list[Callable[[str], str]] = field(default_factory=list)
    on_bytes: list[Callable[[bytes], bytes]] = field(default_factory=list)


class Draft:
    """What mutations change, in stages: the lines, their layout in sheets, the writing.

    `truth`: by place, the row that a careful person would have written, None where nobody could know it.
    """

    def __init__(self, clean: Clean, suffix: str, random: Random) -> None:
        self.clean = clean
        self.suffix = suffix
        self.random = random
        self._state = random.getstate()
        self.columns = [column.name for column in clean.contract.columns]
        if random.random() < 0.3:
            random.shuffle(self.columns)
        self.columns.append(REMARKS)
        self.headings = {name: name for name in self.columns}
        self.lines = [
            Line(place, {**row, REMARKS: random.choice(_SAID)}) for place, row in enumerate(clean.rows)
        ]
        self.truth: list[dict[str, Any] | None] = [dict(row) for row in clean.rows]
        self.sheets: list[Sheet] = []
        self.writing = Writing(
            separator=random.choice(";;,\t"),
            newline=random.choice(["\r\n", "\n"]),
            quote_all=random.random() < 0.2,
            date_format=random.choice(["%Y-%m-%d", "%d/%m/%Y"]),
            library=random.choice(["openpyxl", "xlsxwriter"]),
        )
        self.touched_rows: set[int] = set()
        self.touched_columns: set[str] = set()
        self.taken: set[tuple[int, str]] = set()
        self.must_tell = False  # the events are the same, but something must be said
        self.renamed = False  # a heading is no longer the contract's: naming it among the others is telling
        self.abreast = 1  # rows of the log on one line of the file
        self.unnamed = False  # a heading was left blank
        self.most_lines: int | None = None  # of the report
        self.canaries: list[str] = []
        self.merged_runs: list[
            tuple[str, int, int]
        ] = []  # column, first and last line of a cell merged downwards

    def again(self) -> Random:
        """The chance that it was drawn by: another draft drawn by it begins alike."""
        random = Random()
        random.setstate(self._state)
        return random

    def kinds(self, *kinds: Kind) -> list[Column]:
        """The contract's columns of those kinds."""
        return [column for column in self.clean.contract.columns if column.kind in kinds]

    def column(self, name: str) -> Column:
        """The contract's column of that name."""
        return self.clean.contract.column(name)

    def free(self, columns: Iterable[Column], wanted: Callable[[Any], bool]) -> list[tuple[Line, str]]:
        """The cells of those columns that hold what is wanted and that no mutation has touched, shuffled."""
        found = [
            (line, column.name)
            for column in columns
            for line in self.lines
            if (line.place, column.name) not in self.taken and wanted(line.cells[column.name])
        ]
        self.random.shuffle(found)
        return found

    def untouched(self, name: str) -> bool:
        """Whether no cell of that column was touched."""
        return all((line.place, name) not in self.taken for line in self.lines)

    def put(self, line: Line, name: str, value: Any) -> None:
        """Write a cell otherwise; what a careful person would have written stays the same."""
        line.cells[name] = value
        self.taken.add((line.place, name))
        self.touched_rows.add(line.place)
        self.touched_columns.add(name)

    def value(self, line: Line, name: str) -> Any:
        """What a cell holds, however it is written."""
        cell = line.cells[name]
        return cell.value if isinstance(cell, Cell) else cell

    def mean(self, line: Line, name: str, value: Any) -> None:
        """Say what a careful person would have written in a cell, unless the row stands elsewhere too."""
        row = self.truth[line.place]
        if row is not None and row[name] == value:
            return
        if any(other is not line and other.place == line.place for other in self.lines):
            self.lose(line)
        elif row is not None:
            row[name] = value

    def lose(self, *lines: Line) -> None:
        """Say that nobody could know what a row meant; what it says elsewhere in the file, one still can."""
        for line in lines:
            line.lost = True
            self.touched_rows.add(line.place)
            if all(other.lost for other in self.lines if other.place == line.place):
                self.truth[line.place] = None

    def touch_all(self) -> None:
        """Say that every row is concerned."""
        self.touched_rows.update(line.place for line in self.lines)

    def row_of(self, line: Line) -> list[Any]:
        """A line's cells, as they stand in a sheet."""
        return [line.cells.get(name) for name in self.columns]

    @property
    def heading_row(self) -> list[Any]:
        """The headings, as they stand in a sheet."""
        return [self.headings[name] for name in self.columns]

    def lay_out(self) -> None:
        """One sheet: the headings, then the lines."""
        self.sheets = [Sheet("Journal", [self.heading_row, *(self.row_of(line) for line in self.lines)])]

    @property
    def sheet(self) -> Sheet:
        """The sheet of the log, or its first one."""
        visible = [sheet for sheet in self.sheets if sheet.state == "visible"]
        return next((sheet for sheet in visible if sheet.name == "Journal"), visible[0])


def is_text(value: Any) -> bool:
    """Whether a cell holds plain text."""
    return isinstance(value, str) and bool(value)


def is_day(value: Any) -> bool:
    """Whether a cell holds a whole date."""
    return isinstance(value, date) and not isinstance(value, datetime)


def is_number(value: Any) -> bool:
    """Whether a cell holds a plain number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_filled(value: Any) -> bool:
    """Whether a cell holds anything."""
    return value is not None
