"""`bilan.xlsx`: the same figures for whoever opens a spreadsheet. The same release gives the same bytes.

A value that begins with = + - or @ is written as text, never as a formula.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bilan.release.package.fields import CATALOGUE_FIELDS, FIGURES, Column
from bilan.release.package.frozen import Frozen
from bilan.release.package.statuses import STATUSES

COVER, FIGURE_SHEET, CATALOGUE_SHEET = "Bilan", "Chiffres", "Indicateurs"
ROWS_OF_A_SHEET = 1_000_000  # a spreadsheet takes 1,048,576
_MADE_ON = datetime(1980, 1, 1)  # noqa: DTZ001 - a property without a zone; a fixed one, for equal bytes
_WIDTHS = {"string": 22, "number": 14, "integer": 14, "date": 12}
_LABELS, _VALUES, _CODE, _CONF, _FRENCH = 34, 24, 8, 8, 44
_NO_FORMULA = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,  # of a candidate that no check lets pass
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}


def write_workbook(file: Path, frozen: Frozen) -> None:
    """Write the cover, the figures (as many sheets as they need) and the catalogue."""
    book = xlsxwriter.Workbook(file, _NO_FORMULA)
    title = f"Bilan, publication n° {frozen.release}"
    book.set_properties({"title": title, "created": _MADE_ON})
    bold = book.add_format({"bold": True})
    _write_cover(book.add_worksheet(COVER), frozen, bold)
    for number, start in enumerate(range(0, max(1, frozen.rows.height), ROWS_OF_A_SHEET), 1):
        name = FIGURE_SHEET if number == 1 else f"{FIGURE_SHEET} {number}"
        _write_table(book.add_worksheet(name), frozen.rows.slice(start, ROWS_OF_A_SHEET), FIGURES, bold)
    _write_table(book.add_worksheet(CATALOGUE_SHEET), frozen.catalogue, CATALOGUE_FIELDS, bold)
    book.close()


def _write_cover(sheet: Worksheet, frozen: Frozen, bold: Format) -> None:
    ledger = frozen.provenance["ledger"]
    lines: list[Sequence[object]] = [
        ("Bilan", f"publication n° {frozen.release} / release {frozen.release}"),
        *([("DONNÉES SYNTHÉTIQUES", "SYNTHETIC DATA")] if frozen.synthetic else []),
        ("Figé le / frozen", frozen.provenance["made_at"]),
        ("Connu au / known at", frozen.provenance["known_at"]),
        ("Jusqu'au / until", frozen.provenance["until"] or "—"),
        ("Version du grand livre / ledger version", ledger["version"]),
        ("Racine de Merkle / Merkle root", ledger["merkle_root"]),
        ("Vérifier / verify", "python bilan-verify.py DOSSIER --key release.pub --approvers approvers.txt"),
        (),
        ("Statut / status", "OBS_STATUS", "CONF_STATUS", "français", "English"),
        *((name, s.obs_status, s.conf_status, s.french, s.english) for name, s in STATUSES.items()),
    ]
    for place, width in enumerate((_LABELS, _VALUES, _CODE, _CONF, _FRENCH)):
        sheet.set_column(place, place, width)
    for row, cells in enumerate(lines):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell, bold if place == 0 else None)


def _write_table(sheet: Worksheet, rows: pl.DataFrame, fields: dict[str, Column], bold: Format) -> None:
    for place, name in enumerate(rows.columns):
        sheet.set_column(place, place, _WIDTHS[fields[name].kind])
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 1)
    for row, cells in enumerate(_rows(rows), start=1):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell)
    if rows.height:
        sheet.autofilter(0, 0, rows.height, rows.width - 1)


def _rows(rows: pl.DataFrame) -> Iterable[tuple[object, ...]]:
    return rows.iter_rows()


def _write(sheet: Worksheet, row: int, place: int, cell: object, form: Format | None = None) -> None:
    """A cell by its type; nothing for what is empty."""
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, place, cell, form)
        case date():
            sheet.write_datetime(row, place, cell, form)
        case int() | float():
            sheet.write_number(row, place, cell, form)
        case _:
            raise TypeError(f"a workbook can't hold a {type(cell).__name__}")
