"""From a file's bytes to one frame of strings: every row of the sheet, in its order, blank ones included."""

import fastexcel
import polars as pl

from bilan.contracts import Contract
from bilan.intake.headings import HEADER_WITHIN, score
from bilan.intake.quoting import requoted, well_quoted
from bilan.intake.text import SPACES, trimmed
from bilan.intake.workbook import fits

SEPARATORS = (";", ",", "\t")
_SNIFFED = 1 << 18  # bytes in which the separator shows
_WIDEST = 1024  # columns that are looked at
_LONGEST_LINE = 1 << 20  # characters
_LONGEST_CELL = 32_767  # characters, a spreadsheet's own limit; more is damage, such as a stray quote
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOTHING = SPACES + "".join(SEPARATORS) + '"'


class UnreadableFileError(Exception):
    """The bytes are no sheet of that kind. It holds nothing of them."""


def read_cells(content: bytes, suffix: str, contract: Contract) -> pl.DataFrame:
    """The cells of the sheet that matches the contract best: strings, trimmed, null when blank.

    Row i of the frame is row i + 1 of the sheet. Raises UnreadableFileError, also for a cell or a
    line longer than any that is one.
    """
    frame = _read_xlsx(content, contract) if suffix == ".xlsx" else _read_csv(_decoded(content), contract)
    if _longest_cell(frame) > _LONGEST_CELL:
        raise UnreadableFileError
    return frame.select(trimmed(pl.all()))


def _longest_cell(frame: pl.DataFrame) -> int:
    """In characters; 0 in a frame without any."""
    longest = frame.select(pl.all().str.len_chars().max())
    return max((column.item() or 0 for column in longest), default=0)


def _read_csv(text: str, contract: Contract) -> pl.DataFrame:
    if not text.strip(_NOTHING):
        return pl.DataFrame()
    data = text.encode()
    sniffed = data if len(data) <= _SNIFFED else data[:_SNIFFED].rpartition(b"\n")[0]
    heads = {
        sep: _split(sniffed, sep, _widest(sniffed, sep), HEADER_WITHIN).select(trimmed(pl.all()))
        for sep in SEPARATORS
    }
    separator = max(SEPARATORS, key=lambda sep: (score(heads[sep], contract), _width(heads[sep])))
    return _split(data, separator, max(1, _width(heads[separator])), None)


def _widest(data: bytes, separator: str) -> int:
    """No row has more cells than this, up to the widest that is looked at."""
    separators = max(line.count(separator.encode()) for line in data.split(b"\n", HEADER_WITHIN))
    return min(separators + 1, _WIDEST)


def _decoded(content: bytes) -> str:
    """Strict UTF-8, else Windows-1252: a guess from letter frequencies is wrong too often."""
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp1252")
    decoded = (_decoded_as(content, encoding) for encoding in encodings)
    text = next((text for text in decoded if text is not None), None)
    if text is None or "\0" in text:
        raise UnreadableFileError
    plain = _with_plain_lines(text) if "\r" in text else text
    if _has_endless_line(plain):
        raise UnreadableFileError
    return plain


def _has_endless_line(text: str) -> bool:
    """Whether some line is longer than any row of a log."""
    start = 0
    while len(text) - start > _LONGEST_LINE:
        start = text.rfind("\n", start, start + _LONGEST_LINE) + 1
        if not start:
            return True
    return False


def _with_plain_lines(text: str) -> str:
    """Lines that end in LF; a lone CR ends a line only in a file that knows no other end."""
    text = text.replace("\r\n", "\n")
    return text.replace("\r", " " if "\n" in text else "\n")


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _split(data: bytes, separator: str, width: int, limit: int | None) -> pl.DataFrame:
    """The cells of a CSV text, `width` of each row. Raises UnreadableFileError."""
    schema = {f"c{index}": pl.String() for index in range(width)}
    if well_quoted(data, separator):
        try:
            return _split_fast(data, separator, schema, limit)
        except pl.exceptions.PolarsError:
            pass  # its message would quote the file; what it cannot split is split with care
    mended = requoted(data.decode(), separator).encode()
    try:
        return _split_fast(mended, separator, schema, limit)
    except pl.exceptions.PolarsError:
        raise UnreadableFileError from None


def _split_fast(data: bytes, separator: str, schema: dict[str, pl.String], limit: int | None) -> pl.DataFrame:
    return pl.read_csv(
        data,
        has_header=False,
        infer_schema=False,
        schema=schema,
        separator=separator,
        missing_columns="insert",
        extra_columns="ignore",
        truncate_ragged_lines=True,
        n_rows=limit,
    )


def _width(frame: pl.DataFrame) -> int:
    """The number of columns up to the last one that holds anything."""
    filled = [index for index, column in enumerate(frame) if column.null_count() < len(column)]
    return filled[-1] + 1 if filled else 0


def _read_xlsx(content: bytes, contract: Contract) -> pl.DataFrame:
    if not fits(content):
        raise UnreadableFileError
    try:
        book = fastexcel.read_excel(content)
    except fastexcel.FastExcelError:
        raise UnreadableFileError from None  # the reader's own message may quote the file
    loaded = [_load(book, index, HEADER_WITHIN) for index in range(len(book.sheet_names))]
    heads = [pl.DataFrame() if head is None else head.select(trimmed(pl.all())) for head in loaded]
    if not any(_width(head) for head in heads):
        if any(head is None for head in loaded):
            raise UnreadableFileError
        return pl.DataFrame()
    best = max(range(len(heads)), key=lambda index: (score(heads[index], contract), _width(heads[index]) > 0))
    cells = _load(book, best, None)
    return pl.DataFrame() if cells is None else cells


def _load(book: fastexcel.ExcelReader, index: int, limit: int | None) -> pl.DataFrame | None:
    """A sheet's cells as strings; None for one that cannot be read, such as a sheet that is a chart."""
    try:
        sheet = book.load_sheet(index, header_row=None, skip_rows=0, n_rows=limit, dtypes="string")
    except fastexcel.FastExcelError:
        return None
    frame: pl.DataFrame = sheet.to_polars()
    return frame
