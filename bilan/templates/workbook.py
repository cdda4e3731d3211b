"""One log's workbook: the sheet to fill in, what each column means, and the closed lists.

The same contract, sender and reference data give the same bytes.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bilan.contracts import Column, Contract, Kind
from bilan.contracts.sentences import facts, needed, reading
from bilan.contracts.version import version_of
from bilan.intake import Reference
from bilan.intake.tables import EXAMPLE_MARK
from bilan.templates.checks import check, plain
from bilan.templates.example import example_row
from bilan.templates.values import listed_values

JOURNAL, HELP, LISTS = "Journal", "Aide", "Listes"
TITLE_ROW, NAMING_ROW, NEEDED_ROW, MEANING_ROW, HEADINGS_ROW, EXAMPLE_ROW = range(6)
LAST_ROW = EXAMPLE_ROW + 10_000
_NARROWEST, _MARGIN = 16, 4
_HELP_WIDTHS = (26, 12, 34, 60, 60)
_MADE_ON = datetime(1980, 1, 1)  # noqa: DTZ001 - a property without a zone; a fixed one, for equal bytes
_NUMBER_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.BIRTH_DATE: "yyyy-mm-dd",
    Kind.INTEGER: "0",
    Kind.DECIMAL: "0.00",
}
_TEXT = "@"  # keeps « 001 », and a code made of figures, as they are typed
_NEEDED = {"oui": "obligatoire", "non": "facultatif"}
_WRITING = (
    ("Jour inconnu", "écrire le mois ou l'année après une apostrophe : '2010-03 ou '2010"),
    ("Exemple", f"toute ligne qui commence par « {EXAMPLE_MARK} » est laissée de côté"),
    ("Colonne nominative (N)", "son contenu n'est conservé que dans la voûte"),
)


@dataclass(frozen=True)
class _Formats:
    """How cells look."""

    title: Format
    note: Format
    meaning: Format
    required: Format
    optional: Format
    wrapped: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "_Formats":
        heading = {"bold": True, "border": 1, "font_color": "#FFFFFF"}
        return cls(
            title=book.add_format({"bold": True, "font_size": 14}),
            note=book.add_format({"italic": True}),
            meaning=book.add_format({"text_wrap": True, "valign": "top", "font_size": 9}),
            required=book.add_format({**heading, "bg_color": "#1F3864"}),
            optional=book.add_format({**heading, "bg_color": "#5B7BB4"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        )


def template(contract: Contract, sender: str, reference: Reference) -> bytes:
    """The content of the .xlsx file that the sender fills in for that log."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    version = version_of(contract)
    title = f"{contract.title} ({sender}), contrat « {contract.log} », version {version}"
    book.set_properties({"title": title, "created": _MADE_ON})
    journal, help_, lists = (book.add_worksheet(name) for name in (JOURNAL, HELP, LISTS))
    formats = _Formats.of(book)
    _write_above(journal, contract, title, formats)
    _write_example(book, journal, contract, example_row(contract, sender, reference))
    _write_help(help_, contract, formats)
    ranges = _write_lists(lists, contract, reference, formats)
    _set_checks(journal, contract, reference, ranges)
    _set_view(journal, contract)
    book.close()
    return content.getvalue()


def _write_above(sheet: Worksheet, contract: Contract, title: str, formats: _Formats) -> None:
    """The title, how to name the file, and over each heading what it asks for."""
    sheet.write_string(TITLE_ROW, 0, title, formats.title)
    naming = (
        f"Une fois rempli, nommer le fichier {contract.log}_AAAA-MM-JJ.xlsx, à la date de l'état. "
        f"L'onglet « {HELP} » dit ce que chaque colonne attend."
    )
    sheet.write_string(NAMING_ROW, 0, naming, formats.note)
    for place, column in enumerate(contract.columns):
        sheet.write_string(NEEDED_ROW, place, _mark(column, contract), formats.meaning)
        sheet.write_string(MEANING_ROW, place, column.meaning, formats.meaning)
        heading = formats.required if column.required else formats.optional
        sheet.write_string(HEADINGS_ROW, place, column.name, heading)


def _mark(column: Column, contract: Contract) -> str:
    asked = needed(column, contract)
    nominative = " (N)" if column.name in contract.subject.columns else ""
    return plain(_NEEDED.get(asked, asked)) + nominative


def _write_example(
    book: xlsxwriter.Workbook, sheet: Worksheet, contract: Contract, row: dict[str, str | int | date]
) -> None:
    """The formats of the columns, and the row that shows how to fill them in."""
    for place, column in enumerate(contract.columns):
        number_format = {"num_format": _NUMBER_FORMATS.get(column.kind, _TEXT)}
        width = max(_NARROWEST, len(column.name) + _MARGIN, (len(EXAMPLE_MARK) + _MARGIN) * (place == 0))
        sheet.set_column(place, place, width, book.add_format(number_format))
        grey = book.add_format({**number_format, "italic": True, "font_color": "#7F7F7F"})
        value = row.get(column.name)
        if place == 0:
            sheet.write_string(EXAMPLE_ROW, place, f"{EXAMPLE_MARK} : {value}", grey)
        elif isinstance(value, date):
            sheet.write_datetime(EXAMPLE_ROW, place, value, grey)
        elif isinstance(value, int):
            sheet.write_number(EXAMPLE_ROW, place, value, grey)
        elif value is not None:
            sheet.write_string(EXAMPLE_ROW, place, value, grey)


def _write_help(sheet: Worksheet, contract: Contract, formats: _Formats) -> None:
    for place, width in enumerate(_HELP_WIDTHS):
        sheet.set_column(place, place, width, formats.wrapped)
    lines = (*facts(contract), *_WRITING)
    for row, (label, words) in enumerate(lines):
        sheet.write_string(row, 0, label, formats.note)
        sheet.merge_range(row, 1, row, len(_HELP_WIDTHS) - 1, plain(words), formats.wrapped)
    top = len(lines) + 1
    sheet.write_row(top, 0, ("Colonne", "Nominative", "À remplir", "Se lit comme", "Sens"), formats.optional)
    for row, column in enumerate(contract.columns, start=top + 1):
        nominative = "N" if column.name in contract.subject.columns else ""
        asked = needed(column, contract)
        texts = (column.name, nominative, _NEEDED.get(asked, asked), reading(column), column.meaning)
        sheet.write_row(row, 0, [plain(text) for text in texts], formats.wrapped)


def _write_lists(
    sheet: Worksheet, contract: Contract, reference: Reference, formats: _Formats
) -> dict[str, str]:
    """One closed list per column of the sheet; the range of each, by the column of the log."""
    ranges: dict[str, str] = {}
    for column in contract.columns:
        values = listed_values(column, reference)
        if values:
            place = len(ranges)
            sheet.set_column(place, place, max(_NARROWEST, *map(len, values)) + _MARGIN)
            sheet.write_string(0, place, f"Valeurs de {column.name}", formats.optional)
            for row, value in enumerate(values, start=1):
                sheet.write_string(row, place, value)
            ranges[column.name] = f"{LISTS}!{xl_range_abs(1, place, len(values), place)}"
    sheet.freeze_panes(1, 0)
    return ranges


def _set_checks(sheet: Worksheet, contract: Contract, reference: Reference, ranges: dict[str, str]) -> None:
    cells = {
        column.name: xl_rowcol_to_cell(EXAMPLE_ROW, place) for place, column in enumerate(contract.columns)
    }
    for place, column in enumerate(contract.columns):
        options = check(column, contract, reference, cells, ranges.get(column.name))
        sheet.data_validation(EXAMPLE_ROW, place, LAST_ROW, place, options)


def _set_view(sheet: Worksheet, contract: Contract) -> None:
    """The headings stay in sight and are printed on each page."""
    sheet.freeze_panes(HEADINGS_ROW + 1, 1)
    sheet.repeat_rows(HEADINGS_ROW)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    last = len(contract.columns) - 1
    sheet.ignore_errors(
        {"number_stored_as_text": xl_range_abs(EXAMPLE_ROW, 0, LAST_ROW, last).replace("$", "")}
    )
