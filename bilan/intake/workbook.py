"""Whether a workbook can be opened at all: its reader fills the rectangle of all its cells, however empty.

One stray cell in the last corner of a sheet asks for hundreds of gigabytes. What is told here, from the
sheets' own XML, spares the reading process that death; what escapes it dies there.
"""

import re
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14  # of a sheet, by its format
_MOST_CELLS = 50_000_000
_MOST_BYTES = 1 << 30  # of the whole workbook, unpacked
_CHUNK = 1 << 16
_REFERENCE = re.compile(r"([A-Za-z]+)(\d+)")
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class _UnfitError(Exception):
    """No workbook of a partner's claims that."""


class _OtherPartError(Exception):
    """A part of the workbook that is no sheet."""


def fits(content: bytes) -> bool:
    """Whether no sheet of a zipped workbook claims more cells than can be held; true for other formats."""
    if not content.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > _MOST_BYTES:
                return False
            for part in parts:
                _measure(book, part)
    except (_UnfitError, *_UNREADABLE):
        return False
    return True


def _measure(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raise _UnfitError for a sheet, wherever it lies, that claims too much; others are passed over."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Extent().start
    parser.StartDoctypeDeclHandler = _refuse_definitions
    try:
        with book.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
    except (_OtherPartError, expat.ExpatError):
        return


def _refuse_definitions(*_: object) -> None:
    """A sheet defines no entity: only a bomb does."""
    raise _UnfitError


class _Extent:
    """The rectangle from A1 to a sheet's last row and column, while its elements go by."""

    def __init__(self) -> None:
        self._in_sheet = False
        self._row = self._column = 0
        self._height = self._width = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See an element begin."""
        local = name.rpartition(":")[2]
        if not self._in_sheet:
            if local != "worksheet":
                raise _OtherPartError
            self._in_sheet = True
        elif local == "row":
            self._row, self._column = self._number(attributes.get("r"), self._row + 1), 0
        elif local == "c":
            self._see_cell(attributes.get("r"))

    def _number(self, text: str | None, otherwise: int) -> int:
        return int(text) if text and text.isdecimal() else otherwise

    def _see_cell(self, reference: str | None) -> None:
        told = _REFERENCE.fullmatch(reference) if reference else None
        if told:
            self._row, self._column = int(told[2]), _column_number(told[1])
        else:
            self._column += 1
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        too_far = self._height > _MOST_ROWS or self._width > _MOST_COLUMNS
        if too_far or self._height * self._width > _MOST_CELLS:
            raise _UnfitError


def _column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
