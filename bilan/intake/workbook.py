"""Whether a workbook can be opened at all: its reader fills the rectangle of all its cells, however empty.

One stray cell in the last corner of a sheet asks for hundreds of gigabytes, and ends the process.
"""

import re
import zipfile
import zlib
from io import BytesIO

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_MOST_CELLS = 10**9
_MOST_BYTES = 1 << 31  # of one sheet, unpacked
# A reference is letters (the column) and figures (the row); how many of each bounds the rectangle.
_WIDTHS = ((re.compile(rb'r="[A-Z]{3}\d'), 26**3), (re.compile(rb'r="[A-Z]{2}\d'), 26**2))
_HEIGHTS = tuple((re.compile(rb'r="[A-Z]*\d{%d}"' % figures), 10**figures) for figures in range(7, 3, -1))
_BEYOND = re.compile(rb'r="(?:[A-Z]{4,}\d|[A-Z]*\d{8,}")')


def fits(content: bytes) -> bool:
    """Whether no sheet of a zipped workbook claims more cells than can be held; true for other formats."""
    if not content.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            sheets = [part for part in book.infolist() if _SHEET.fullmatch(part.filename)]
            return all(part.file_size <= _MOST_BYTES and _fits(book.read(part)) for part in sheets)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False


def _fits(sheet: bytes) -> bool:
    if _BEYOND.search(sheet):
        return False
    width = next((most for pattern, most in _WIDTHS if pattern.search(sheet)), 26)
    height = next((most for pattern, most in _HEIGHTS if pattern.search(sheet)), 10**3)
    return width * height <= _MOST_CELLS
