"""What a sheet says of its cells that their values do not: errors, formulas, formats, merged cells.

Told from the sheet's own XML; what its cells hold is read by a library.
"""

import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from bilan.intake.formats import Shown, as_shown, date_shown
from bilan.intake.grids import UnreadableFileError
from bilan.intake.package import Package, Style
from bilan.intake.parts import Attributes, local, parse_with
from bilan.intake.runs import Runs, Struck
from bilan.intake.troubles import ERROR_CELL, PARTLY_STRUCK, SHOWN_OTHERWISE, UNCOMPUTED, trouble

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet, by its format
_MOST_CELLS = 50_000_000
_REFERENCE = re.compile(r"([A-Za-z]+)(\d+)")
_RANGE = re.compile(r"\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)")
_ZERO = re.compile(r"-?0*\.?0*(?:[eE][+-]?\d+)?")
_NUMBERS, _SHARED = (None, "n"), "s"
_DATES = (Shown.DATE, Shown.MONTH, Shown.YEAR)


@dataclass(frozen=True)
class Area:
    """Merged cells: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Marks:
    """What a sheet's XML says. Rows and columns count from 1."""

    first_column: int | None = None  # of those that hold a value
    shown: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column): text or trouble
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_by_rule: bool = False


def marks_of(book: zipfile.ZipFile, part: str, package: Package) -> Marks:
    """The marks of a sheet. Raises UnreadableFileError for one that claims more cells than can be held."""
    reading = _Reading(package)
    parse_with(reading.parser, book, part, reading.start)
    reading.end_cell()
    return reading.marks


def numbers_among(
    book: zipfile.ZipFile, part: str, package: Package, cells: Collection[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Those of the cells (row, column) that are stored as numbers; the others are texts."""
    reading = _Reading(package, cells)
    parse_with(reading.parser, book, part, reading.start)
    return reading.numbers


class _Reading:
    """A sheet's marks, while its elements go by."""

    def __init__(self, package: Package, asked: Collection[tuple[int, int]] = ()) -> None:
        self.parser: Any = expat.ParserCreate()
        self.marks = Marks()
        self.numbers: set[tuple[int, int]] = set()
        self._asked = asked
        self._package = package
        self._odd = frozenset(str(index) for index, style in enumerate(package.styles) if self._is_odd(style))
        self._struck = frozenset(str(index) for index, style in enumerate(package.styles) if style.struck)
        self._row = self._column = 0
        self._height = self._width = 0
        self._kind: str | None = None
        self._style: str | None = None
        self._is_watched = self._has_formula = self._hides_zeros = False
        self._text: list[str] | None = None
        self._runs = Runs()

    def start(self, name: str, attributes: Attributes) -> None:
        """See an element begin."""
        element = local(name)
        if element == "c":
            self.end_cell()
            self._begin_cell(attributes)
        elif element in ("v", "is"):
            self._begin_value()
        elif element in ("r", "strike", "vertAlign"):
            self._runs.start(element, attributes)
            self._is_watched = True
        elif element == "f":
            self._is_watched = self._has_formula = True
        elif element == "row":
            self.end_cell()
            self._begin_row(attributes)
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif element == "sheetView":
            self._hides_zeros |= attributes.get("showZeros") in ("0", "false")
        elif element == "cfRule":
            self.marks.struck_by_rule |= attributes.get("dxfId") in self._package.striking
        elif element == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.marks.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def end_cell(self) -> None:
        """Note what the last cell that was begun shows, if that is not what it holds."""
        if self._is_watched:
            raw = "".join(self._text or ()).strip()
            if self._struck_in(raw) is Struck.WHOLE:
                self.marks.struck_rows.add(self._row)
            shown = self._shown(raw)
            if shown is not None:
                self.marks.shown[self._row, self._column] = shown
            self._is_watched, self._text = False, None
            self.parser.CharacterDataHandler = None

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = int(number) if number and number.isdecimal() else self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.marks.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        cell = _REFERENCE.fullmatch(reference) if reference else None
        if cell:
            self._row, self._column = int(cell[2]), column_number(cell[1])
        else:
            self._column += 1
        self._kind, self._style = attributes.get("t"), attributes.get("s")
        self._has_formula = False
        self._runs = Runs()
        is_odd = (self._style or "0") in self._odd or self._hides_zeros
        is_struck = self._kind == _SHARED and bool(self._package.struck_texts)
        self._is_watched = self._kind == "e" or (is_odd and self._kind in _NUMBERS) or is_struck

    def _begin_value(self) -> None:
        """The cell is no empty one: it counts in the rectangle that its reader fills."""
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        too_far = self._height > MOST_ROWS or self._width > MOST_COLUMNS
        if too_far or self._height * self._width > _MOST_CELLS:
            raise UnreadableFileError
        first = self.marks.first_column
        self.marks.first_column = self._column if first is None else min(first, self._column)
        if self._asked and self._kind in _NUMBERS and (self._row, self._column) in self._asked:
            self.numbers.add((self._row, self._column))
        if self._style in self._struck:
            self.marks.struck_rows.add(self._row)
        if self._is_watched:
            self._text = []
            self.parser.CharacterDataHandler = self._text.append

    def _struck_in(self, raw: str) -> Struck | None:
        """How much of a watched cell's text is struck through, by marks within it."""
        shared = self._package.struck_texts.get(raw) if self._kind == _SHARED else None
        return shared or self._runs.struck

    def _shown(self, raw: str) -> str | None:
        """What a watched cell shows; null for one that shows what it holds."""
        if self._kind == "e":
            return trouble(ERROR_CELL)
        if self._struck_in(raw) is Struck.PART:
            return trouble(PARTLY_STRUCK)
        if self._has_formula and (self._package.computes_on_opening or not (raw or self._kind == "str")):
            return trouble(UNCOMPUTED)
        return self._number_shown(raw) if raw and self._kind in _NUMBERS else None

    def _number_shown(self, raw: str) -> str | None:
        """What a watched cell shows of a number; null for one that shows it as it is."""
        if self._hides_zeros and _ZERO.fullmatch(raw):
            return trouble(SHOWN_OTHERWISE)
        if (self._style or "0") not in self._odd:
            return None
        style = self._package.styles[int(self._style or 0)]
        if style.shown in _DATES:
            return date_shown(raw, style.shown, since_1904=self._package.days_since_1904)
        return as_shown(raw, style.number, style.code)

    def _is_odd(self, style: Style) -> bool:
        if style.shown is Shown.DATE:
            return self._package.days_since_1904
        return style.shown is not Shown.AS_STORED

    def _merge(self, reference: str) -> None:
        area = _RANGE.fullmatch(reference)
        if area:
            rows, columns = (int(area[2]), int(area[4])), (column_number(area[1]), column_number(area[3]))
            self.marks.merged.append(Area(min(rows), min(columns), max(rows), max(columns)))


@lru_cache(MOST_COLUMNS)
def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
