"""A sheet as the bytes of a file; the same sheet gives the same bytes, whenever it is written."""

import csv
import io
from datetime import date, datetime

import xlsxwriter

from bilan.samples.sheets import Sheet
from bilan.samples.spelling import Cell
from bilan.samples.untidy import CSV, Style


def encode(style: Style, sheet: Sheet, made_on: date) -> bytes:
    """The content of a `.csv` or `.xlsx` file; `made_on` is the date that its properties bear."""
    return _csv(style, sheet) if style.suffix == CSV else _xlsx(style, sheet, made_on)


def _csv(style: Style, sheet: Sheet) -> bytes:
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=style.delimiter,
        lineterminator=style.newline,
        quoting=csv.QUOTE_ALL if style.quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows(sheet.cells)
    return text.getvalue().encode(style.encoding)


def _xlsx(style: Style, sheet: Sheet, made_on: date) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    created = datetime.combine(made_on, datetime.min.time())
    book.set_properties({"created": created, "comments": style.mark, "title": style.mark})
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    if style.notes_sheet:
        notes = book.add_worksheet("Notes")
        notes.write_string(0, 0, style.mark)
        notes.write_string(1, 0, "Voir l'autre onglet.")
    page = book.add_worksheet("Journal")
    for row, cells in enumerate(sheet.cells):
        for column, cell in enumerate(cells):
            _write(page, row, column, cell, as_date)
    book.close()
    return content.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    as_date: xlsxwriter.format.Format,
) -> None:
    """One cell, by its type: text stays text, whatever it looks like."""
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, as_date)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell:
        page.write_string(row, column, cell)
