"""From a file's bytes to one frame of strings: every row of the sheet, in its order, blank ones included."""

import fastexcel
import polars as pl

from bilan.contracts import Contract
from bilan.intake.delimited import read_delimited
from bilan.intake.grids import Grid, UnreadableFileError, bounded
from bilan.intake.headings import HEADER_WITHIN, score
from bilan.intake.nature import kind_of_file
from bilan.intake.text import trimmed
from bilan.intake.workbook import fits


def read_cells(content: bytes, suffix: str, contract: Contract) -> pl.DataFrame:
    """The cells of the sheet that matches the contract best (`read_grid`)."""
    return read_grid(content, suffix, contract).cells


def read_grid(content: bytes, suffix: str, contract: Contract) -> Grid:
    """The sheet that matches the contract best. Raises UnreadableFileError, also for a cell or a line longer
    than any that is one.
    """
    if kind_of_file(content, suffix) == "workbook":
        return Grid(bounded(_read_xlsx(content, contract)))
    return read_delimited(content, contract)


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
