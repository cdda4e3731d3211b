"""A draft as the bytes of a file."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Literal

import openpyxl
import xlsxwriter
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.mutations.draft import CSV, Cell, Draft, Sheet, Writing

_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def written(draft: Draft) -> bytes:
    """The file that a draft makes. UnicodeEncodeError when its encoding has no such letter."""
    writing = draft.writing
    if draft.suffix == CSV:
        content = _text(draft.sheets[0], writing).encode(writing.encoding)
    else:
        content = written_workbook(draft)
    for edit in writing.on_bytes:
        content = edit(content)
    return content


def written_workbook(draft: Draft) -> bytes:
    """The workbook that a draft makes, before its bytes are edited."""
    library = next(iter(draft.writing.needed), draft.writing.library)
    by = _by_xlsxwriter if library == "xlsxwriter" else _by_openpyxl
    return by(draft.sheets, draft.writing)


def _text(sheet: Sheet, writing: Writing) -> str:
    out = StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if writing.quote_all else csv.QUOTE_MINIMAL
    lines = csv.writer(out, delimiter=writing.separator, lineterminator=writing.newline, quoting=quoting)
    lines.writerows([as_text(cell, writing) for cell in row] for row in sheet.grid)
    text = out.getvalue()
    for edit in writing.on_text:
        text = edit(text)
    return text


def as_text(cell: Any, writing: Writing) -> str:
    """A cell as a text file holds it."""
    value = cell.value if isinstance(cell, Cell) else cell
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case date():
            return value.strftime(writing.date_format)
        case float():
            return f"{value:.10g}".replace(".", writing.decimal)
        case _:
            return str(value)


def _by_openpyxl(sheets: list[Sheet], writing: Writing) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if writing.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.grid, 1):
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    _fill(page.cell(row, column), cell)
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for row in sheet.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].hidden = True
        page.sheet_state = sheet.state
    book.active = next(index for index, sheet in enumerate(sheets) if sheet.state == "visible")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(target: WriteOnlyCell, cell: Any) -> None:
    if not isinstance(cell, Cell):
        cell = Cell(cell)
    if cell.error:
        target.value, target.data_type = cell.error, "e"
        return
    target.value = f"={cell.formula}" if cell.formula else cell.value
    if isinstance(cell.value, str) and not cell.formula:
        target.data_type = "s"  # text stays text, whatever it looks like
    if form := _format(cell):
        target.number_format = form
    if cell.strike:
        target.font = Font(strike=True)


def _format(cell: Cell) -> str | None:
    if cell.form is None and isinstance(cell.value, date):
        return _MOMENT if isinstance(cell.value, datetime) else _DAY
    return cell.form


def _by_xlsxwriter(sheets: list[Sheet], writing: Writing) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": writing.epoch_1904})
    pages = [book.add_worksheet(sheet.name) for sheet in sheets]
    for page, sheet in zip(pages, sheets, strict=True):
        for row, cells in enumerate(sheet.grid):
            for column, cell in enumerate(cells):
                if cell is not None:
                    _write(book, page, row, column, cell if isinstance(cell, Cell) else Cell(cell))
        _arrange(page, sheet)
    next(page for page, sheet in zip(pages, sheets, strict=True) if sheet.state == "visible").activate()
    book.close()
    return out.getvalue()


def _arrange(page: Any, sheet: Sheet) -> None:
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    if sheet.state == "hidden":
        page.hide()
    elif sheet.state == "veryHidden":
        page.very_hidden()


def _write(book: Any, page: Any, row: int, column: int, cell: Cell) -> None:
    form = book.add_format({"num_format": _format(cell) or "General", "font_strikeout": cell.strike})
    match cell:
        case Cell(error=str() as error):
            page.write_formula(row, column, "=NA()", form, error)
        case Cell(formula=str() as formula):
            page.write_formula(row, column, f"={formula}", form, cell.value if cell.cached else "")
        case Cell(value=bool() as value):
            page.write_boolean(row, column, value, form)
        case Cell(value=date() as value):
            page.write_datetime(row, column, value, form)
        case Cell(value=int() | float() as value):
            page.write_number(row, column, value, form)
        case Cell(value=str() as value):
            page.write_string(row, column, value, form)
