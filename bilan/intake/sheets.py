"""From a file's bytes to one frame of strings: every row of the sheet, in its order, blank ones included."""

import fastexcel
import polars as pl

from bilan.contracts import Contract
from bilan.intake.headings import HEADER_WITHIN, score
from bilan.intake.quoting import split_carefully, well_quoted
from bilan.intake.text import SPACES, trimmed

SEPARATORS = (";", ",", "\t")
_SNIFFED = 1 << 18  # bytes in which the separator shows
_WIDEST = 256  # columns looked at while the width is unknown
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOTHING = SPACES + "".join(SEPARATORS) + '"'


class UnreadableFileError(Exception):
    """The bytes are no sheet of that kind. It holds nothing of them."""


def read_cells(content: bytes, suffix: str, contract: Contract) -> pl.DataFrame:
    """The cells of the sheet that matches the contract best: strings, trimmed, null when blank.

    Row i of the frame is row i + 1 of the sheet. Raises UnreadableFileError.
    """
    frame = _read_xlsx(content, contract) if suffix == ".xlsx" else _read_csv(_decoded(content), contract)
    return frame.select(trimmed(pl.all()))


def _read_csv(text: str, contract: Contract) -> pl.DataFrame:
    if not text.strip(_NOTHING):
        return pl.DataFrame()
    data = text.encode()
    sniffed = data if len(data) <= _SNIFFED else data[:_SNIFFED].rpartition(b"\n")[0]
    heads = {
        sep: _split(sniffed, sep, _WIDEST, HEADER_WITHIN).select(trimmed(pl.all())) for sep in SEPARATORS
    }
    separator = max(SEPARATORS, key=lambda sep: (score(heads[sep], contract), _width(heads[sep])))
    return _split(data, separator, max(1, _width(heads[separator])), None)


def _decoded(content: bytes) -> str:
    """Strict UTF-8, else Windows-1252: a guess from letter frequencies is wrong too often."""
    encodings = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp1252")
    decoded = (_decoded_as(content, encoding) for encoding in encodings)
    text = next((text for text in decoded if text is not None), None)
    if text is None or "\0" in text:
        raise UnreadableFileError
    return text if "\n" in text else text.replace("\r", "\n")


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _split(data: bytes, separator: str, width: int, limit: int | None) -> pl.DataFrame:
    schema = {f"c{index}": pl.String() for index in range(width)}
    if not well_quoted(data, separator):
        rows = split_carefully(data.decode(), separator, limit)
        padded = [(row + [""] * width)[:width] for row in rows]
        return pl.DataFrame(padded, schema=schema, orient="row")
    return pl.read_csv(
        data,
        has_header=False,
        infer_schema=False,
        schema=schema,
        separator=separator,
        missing_columns="insert",
        truncate_ragged_lines=True,
        n_rows=limit,
    )


def _width(frame: pl.DataFrame) -> int:
    """The number of columns up to the last one that holds anything."""
    filled = [index for index, column in enumerate(frame) if column.null_count() < len(column)]
    return filled[-1] + 1 if filled else 0


def _read_xlsx(content: bytes, contract: Contract) -> pl.DataFrame:
    try:
        book = fastexcel.read_excel(content)
    except fastexcel.FastExcelError:
        raise UnreadableFileError from None  # the reader's own message may quote the file
    heads = [
        _load(book, index, HEADER_WITHIN).select(trimmed(pl.all())) for index in range(len(book.sheet_names))
    ]
    if not any(_width(head) for head in heads):
        return pl.DataFrame()
    best = max(range(len(heads)), key=lambda index: (score(heads[index], contract), _width(heads[index]) > 0))
    return _load(book, best, None)


def _load(book: fastexcel.ExcelReader, index: int, limit: int | None) -> pl.DataFrame:
    """A sheet's cells; a chart sheet has none."""
    try:
        sheet = book.load_sheet(index, header_row=None, skip_rows=0, n_rows=limit, dtypes="string")
    except fastexcel.FastExcelError:
        return pl.DataFrame()
    frame: pl.DataFrame = sheet.to_polars()
    return frame
