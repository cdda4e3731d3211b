"""CSV text whose quotes are badly placed, which a fast reader would split wrongly without a word."""

import csv
import re
from dataclasses import dataclass, field
from io import StringIO

from bilan.intake.grids import LONGEST_CELL
from bilan.intake.scanning import Scan

_WHOLE_DATE = re.compile(r"\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\s*")


@dataclass(frozen=True)
class RowShape:
    """What a log's row has at least and at most, in cells."""

    least: int  # up to the last one that is required
    most: int


@dataclass
class Mended:
    """Well-quoted text, and the records (from 0) of it that a stray quote ran together or cut short."""

    text: str
    swallowed: list[int] = field(default_factory=list)


def swallows(scan: Scan, shape: RowShape) -> bool:
    """Whether some quoted cell over several lines may hold rows (`mended` tells)."""
    over_lines = scan.hidden_lines > 0
    full = (scan.hidden_separators >= shape.least - 1) | (scan.cells > shape.most)
    return bool((over_lines & full).any())


def mended(text: str, separator: str, shape: RowShape) -> Mended:
    """Text with its quotes where they belong, the same rows and cells; lines end in LF.

    A quote inside an unquoted cell is a character. A quoted cell may go over lines if what it holds is no
    row; otherwise, or where it is never closed, each line is a record of its own and the damage stays in it.
    """
    return _Mender(text, separator, shape).mended()


class _Mender:
    def __init__(self, text: str, separator: str, shape: RowShape) -> None:
        self._text, self._separator, self._shape = text, separator, shape
        edge = re.escape(separator)
        # possessive throughout: no character is tried twice
        quoted, bare = rf'"(?:[^"]++|"")*+"(?=[{edge}\n]|\Z)', rf'[^"{edge}\n]*+'
        literal = rf'(?:[^"{edge}\n][^{edge}\n]*+)?+'
        self._tidy_line = re.compile(rf"(?:{quoted}|{bare})(?:{edge}(?:{quoted}|{bare}))*+(?=\n|\Z)")
        self._record = re.compile(rf"(?:{quoted}|{literal})(?:{edge}(?:{quoted}|{literal}))*+(?=\n|\Z)")
        self._records: list[str] = []
        self._swallowed: list[int] = []

    def mended(self) -> Mended:
        start = 0
        while start < len(self._text):
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            if self._text.find('"', start, end) < 0:
                self._records.append(self._text[start:end])
            else:
                end = self._see_quotes(start, end)
            start = end + 1
        return Mended("".join(f"{record}\n" for record in self._records), self._swallowed)

    def _see_quotes(self, start: int, end: int) -> int:
        """Take the record that begins there, in a line with quotes; where its last line ends."""
        tidy = self._tidy_line.match(self._text, start)
        if tidy and tidy.end() == end:
            self._records.append(tidy[0])
            return end
        record = self._record.match(self._text, start)
        if not record:
            self._take_alone(self._text[start:end])
            return end
        cells = self._cells(record[0])
        if record.end() == end or not self._holds_rows(cells):
            self._records.append(self._written(cells))
        else:
            for line in record[0].split("\n"):
                self._take_faulty(line)
        return record.end()

    def _holds_rows(self, cells: list[str]) -> bool:
        """Whether a record over several lines is several rows that a stray quote ran together."""
        over_lines = [cell for cell in cells if "\n" in cell]
        if len(cells) > self._shape.most or any(len(cell) > LONGEST_CELL for cell in over_lines):
            return True
        return any(
            cell.count(self._separator) >= self._shape.least - 1 and not is_prose(cell, self._separator)
            for cell in over_lines
        )

    def _take_alone(self, line: str) -> None:
        """A line whose quotes open or close where no cell does: it is faulty if cells were lost in one."""
        cells = self._cells(line)
        if any(self._separator in cell for cell in cells):
            self._take_faulty(line)
        else:
            self._records.append(self._written(cells))

    def _take_faulty(self, line: str) -> None:
        """A line whose quotes say nothing: without them."""
        self._swallowed.append(len(self._records))
        odd = line.count('"') % 2
        bare = line.replace('"', "").split(self._separator)
        self._records.append(self._written(bare if odd else self._cells(line)))

    def _cells(self, record: str) -> list[str]:
        try:
            return next(csv.reader(StringIO(record, newline=""), delimiter=self._separator), [""])
        except csv.Error:  # a cell longer than any
            return record.split(self._separator)

    def _written(self, cells: list[str]) -> str:
        out = StringIO(newline="")
        csv.writer(out, delimiter=self._separator, lineterminator="\n").writerow(cells)
        return out.getvalue().removesuffix("\n")


def is_prose(cell: str, separator: str) -> bool:
    """Whether the separators in a cell are a sentence's (a space follows them), not those of a row."""
    pieces = cell.split(separator)[1:]
    spaced = sum(piece[:1].isspace() for piece in pieces)
    return spaced * 2 > len(pieces) and not any(_WHOLE_DATE.fullmatch(piece) for piece in pieces)
