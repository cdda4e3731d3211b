"""Cells that are not what they look: what a workbook shows of them is read, or their row is refused."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from bilan.intake import Statement
from tests.unit.intake.test_intake_sheets import HEADINGS, codes, row, saved

Read = Callable[..., Statement]


def arrests(read: Read, change: Callable[[Worksheet], None], rows: int = 3, log: str = "") -> Statement:
    """Rows of arrests, changed in the sheet itself."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number in range(1, rows + 1):
        sheet.append(row(number))
    change(sheet)
    return read("arrestations", saved(made), ".xlsx")


def put(sheet: Worksheet, place: str, value: Any, number_format: str = "General") -> None:
    sheet[place] = value
    sheet[place].number_format = number_format


def test_days_that_begin_in_1904(read: Read) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append([*row(1)[:1], date(2010, 3, 12), *row(1)[2:4], date(1980, 2, 3), "autre", "non"])
    statement = read("arrestations", saved(made), ".xlsx")
    assert statement.accepted.select("date_arrestation", "suspect_naissance").rows() == [
        (date(2010, 3, 12), date(1980, 2, 3))
    ]


def test_a_bare_number_for_a_day_says_nothing_where_days_begin_in_1904(read: Read) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append([*row(1)[:1], 38787, *row(1)[2:]])
    statement = read("arrestations", saved(made), ".xlsx")
    assert (statement.accepted.height, statement.refusals["column"].to_list()) == (0, ["date_arrestation"])


@pytest.mark.parametrize("place", ["A3", "B3", "C3", "E3", "F3", "G3"])
@pytest.mark.parametrize("value", ["#N/A", "#REF!", "=1/0"])
def test_an_error_or_a_formula_never_computed_refuses_its_row(read: Read, place: str, value: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, place, value))
    assert statement.accepted["no_evenement"].to_list() == ["E-1", "E-3"]
    assert set(statement.refusals["row"]) == {3}


def test_a_value_merged_downwards_is_that_of_every_row_it_covers(read: Read) -> None:
    def merge(sheet: Worksheet) -> None:
        for place in ("G2", "G3", "G4"):
            put(sheet, place, None)
        put(sheet, "G2", "oui")
        sheet.merge_cells("G2:G400")

    statement = arrests(read, merge)
    assert (statement.rows, statement.accepted["gang"].to_list()) == (3, ["oui"] * 3)


def test_a_value_merged_over_columns_refuses_its_row(read: Read) -> None:
    statement = arrests(read, lambda sheet: sheet.merge_cells("F3:G3"))
    assert statement.refusals.select("row", "code").rows() == [(3, "merged_across")]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("000", "017"),
        ('"EV-"000', "EV-017"),
        ('"2010-"0000', "2010-0017"),
        ('0000"-10"', "0017-10"),
        ('"EV-"#', "EV-17"),
        ('"EV-"General', "EV-17"),
        ("\\E\\V#", "EV17"),
        ("0000", "0017"),
        ("General", "17"),
        ("0", "17"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(read: Read, number_format: str, shown: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "A2", 17, number_format), rows=1)
    assert statement.accepted["no_evenement"].to_list() == [shown]


@pytest.mark.parametrize(
    "number_format",
    ["00-000", "#,##0,", ";;;", "[<1000]0;#,##0,", '"EV-"#,##0', '"EV-"0.0', "0 [$k$]", '#,##0" k$"'],
)
def test_a_number_shown_in_a_way_that_cannot_be_told_is_refused(read: Read, number_format: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "A2", 17000, number_format), rows=1)
    assert statement.accepted.is_empty()


def test_struck_and_hidden_rows_are_read_and_told(read: Read) -> None:
    def mark(sheet: Worksheet) -> None:
        sheet["C2"].font = Font(strike=True)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["F"].hidden = True

    statement = arrests(read, mark)
    assert (statement.accepted.height, sorted(codes(statement))) == (
        3,
        ["hidden_columns", "hidden_rows", "struck_rows"],
    )
    assert {(warning.code, warning.row) for warning in statement.warnings} == {
        ("struck_rows", 2),
        ("hidden_rows", 3),
        ("hidden_columns", None),
    }


@pytest.mark.parametrize("number_format", ["0;;", '0;-0;"n.d."'])
def test_a_zero_that_is_not_shown_as_one_is_refused(read: Read, number_format: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "G2", 0, number_format), rows=1)
    assert statement.refusals["code"].to_list() == ["shown_otherwise"]


def test_the_first_of_a_year_shown_alone_is_that_year(read: Read) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "E2", date(1985, 1, 1), "yyyy"), rows=1)
    assert statement.accepted["suspect_naissance_precision"].to_list() == ["year"]


@pytest.mark.parametrize("number_format", ['yyyy-mm-dd" ?"', '"avant le "yyyy-mm-dd'])
def test_a_date_in_words_that_its_value_lacks_is_refused(read: Read, number_format: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "B2", date(2010, 3, 12), number_format), rows=1)
    assert statement.refusals["code"].to_list() == ["shown_otherwise"]


def test_a_footnote_s_mark_is_no_figure(read: Read) -> None:
    raised = CellRichText("E", TextBlock(InlineFont(vertAlign="superscript"), "2"))

    def mark(sheet: Worksheet) -> None:
        sheet["A2"].value = raised

    assert arrests(read, mark, rows=1).refusals["code"].to_list() == ["partly_struck"]


@pytest.mark.parametrize("number_format", ["mmm-yy", "mmmm yyyy", "yyyy/mm", "mmmm aaaa"])
def test_the_first_of_a_month_shown_without_its_day_is_that_month(read: Read, number_format: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "B2", date(2010, 3, 1), number_format), rows=1)
    dates = statement.accepted.select("date_arrestation", "date_arrestation_precision").rows()
    assert dates == [(date(2010, 3, 1), "month")]


@pytest.mark.parametrize(
    ("day", "number_format"), [(date(2010, 3, 12), "mmm-yy"), (date(2010, 3, 1), "d mmm yy")]
)
def test_any_other_day_is_that_day_however_it_is_shown(read: Read, day: date, number_format: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "B2", day, number_format), rows=1)
    dates = statement.accepted.select("date_arrestation", "date_arrestation_precision").rows()
    assert dates == [(day, "day")]


def test_a_number_of_which_a_month_or_an_exponent_was_made_is_refused(read: Read) -> None:
    def made(sheet: Worksheet) -> None:
        put(sheet, "A2", date(2010, 1, 1), "mmm-yy")
        put(sheet, "A3", 3e10, "0.00E+00")

    statement = arrests(read, made)
    assert statement.refusals.select("row", "code").rows() == [(2, "became_date"), (3, "became_number")]


@pytest.mark.parametrize("shared", [True, False])
def test_a_name_struck_through_beside_another_refuses_its_row(read: Read, *, shared: bool) -> None:
    statement = read("arrestations", _with_runs(True, False, shared=shared), ".xlsx")
    assert statement.refusals.select("row", "column", "code").rows() == [(2, "suspect_nom", "partly_struck")]


@pytest.mark.parametrize("shared", [True, False])
def test_a_text_all_of_whose_runs_are_struck_through_is_read_and_told(read: Read, *, shared: bool) -> None:
    statement = read("arrestations", _with_runs(True, True, shared=shared), ".xlsx")
    assert (statement.accepted.height, codes(statement)) == (3, ["struck_rows"])


def _with_runs(*struck: bool, shared: bool) -> bytes:
    """Three rows, of which the first one's surname has those runs: in its cell, or among the shared texts."""
    column, rows = HEADINGS.index("suspect_nom"), [HEADINGS, *(row(number) for number in range(1, 4))]
    content = BytesIO()
    if shared:
        with xlsxwriter.Workbook(content) as made:
            sheet = made.add_worksheet()
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            runs = ((made.add_format({"font_strikeout": one}), "Roy") for one in struck)
            sheet.write_rich_string(1, column, *(part for run in runs for part in run))
        return content.getvalue()
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    texts = (TextBlock(InlineFont(strike=one), "Roy") for one in struck)
    sheet.cell(2, column + 1).value = CellRichText(*texts)
    return saved(made)


def test_an_empty_cell_far_away_costs_nothing(read: Read) -> None:
    def style(sheet: Worksheet) -> None:
        sheet.cell(1_048_576, 60).font = Font(bold=True)

    assert arrests(read, style).accepted.height == 3


def test_a_tidy_workbook_has_nothing_told(read: Read) -> None:
    statement = arrests(read, lambda _: None)
    assert (statement.accepted.height, statement.warnings, statement.refusals.height) == (3, (), 0)
