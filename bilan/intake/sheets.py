"""From a file's bytes to one frame of strings: every row of the sheet, in its order, blank ones included."""

import fastexcel
import polars as pl

from bilan.contracts import Contract
from bilan.intake.headings import HEADER_WITHIN, score
from bilan.intake.quoting import split_carefully, well_quoted
from bilan.intake.text import trimmed

SEPARATORS = (";", ",", "\t")
_SNIFFED = 1 << 18  # bytes in which the separator shows
_WIDEST = 256  # columns looked at while the width is unknown
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableFileError(Exception):
    """The bytes are no sheet of that kind. It holds nothing of them."""


def read_cells(content: bytes, suffix: str, contract: Contract) -> pl.DataFrame:
    """The cells of the sheet that matches the contract best: strings, trimmed, null when blank.

    Row i of the frame is row i + 1 of the sheet. Raises UnreadableFileError.
    """
    try:
        frame = _read_xlsx(content, contract) if suffix == ".xlsx" else _read_csv(content, contract)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, UnicodeError, ValueError):
        raise UnreadableFileError from None  # the reader's own message quotes the file
    return frame.select(trimmed(pl.all()))


def _read_csv(content: bytes, contract: Contract) -> pl.DataFrame:
    data = _decoded(content).encode()
    sniffed = data if len(data) <= _SNIFFED else data[:_SNIFFED].rpartition(b"\n")[0]
    heads = {
        sep: _split(sniffed, sep, _WIDEST, HEADER_WITHIN).select(trimmed(pl.all())) for sep in SEPARATORS
    }
    separator = max(SEPARATORS, key=lambda sep: (score(heads[sep], contract), _width(heads[sep])))
    return _split(data, separator, max(1, _width(heads[separator])), None)


def _decoded(content: bytes) -> str:
    """Strict UTF-8, else Windows-1252: a guess from letter frequencies is wrong too often."""
    if content.startswith(_UTF16):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
    if "\0" in text:
        raise UnreadableFileError
    return text if "\n" in text else text.replace("\r", "\n")


def _split(data: bytes, separator: str, width: int, limit: int | None) -> pl.DataFrame:
    names = [f"c{index}" for index in range(width)]
    if not data.strip():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    if not well_quoted(data, separator):
        rows = split_carefully(data.decode(errors="ignore"), separator, limit)
        padded = [(row + [""] * width)[:width] for row in rows]
        return pl.DataFrame(padded, schema=dict.fromkeys(names, pl.String), orient="row")
    return pl.read_csv(
        data,
        has_header=False,
        infer_schema=False,
        schema=dict.fromkeys(names, pl.String),
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
    book = fastexcel.read_excel(content)
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
