"""Cells that are not what they look: what a workbook shows of them is read, or their row is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
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
    [("000", "017"), ('"EV-"000', "EV-017"), ("0000", "0017"), ("General", "17"), ("0", "17")],
)
def test_a_number_is_read_as_its_format_shows_it(read: Read, number_format: str, shown: str) -> None:
    statement = arrests(read, lambda sheet: put(sheet, "A2", 17, number_format), rows=1)
    assert statement.accepted["no_evenement"].to_list() == [shown]


@pytest.mark.parametrize("number_format", ["00-000", "#,##0,", ";;;"])
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


def test_an_empty_cell_far_away_costs_nothing(read: Read) -> None:
    def style(sheet: Worksheet) -> None:
        sheet.cell(1_048_576, 60).font = Font(bold=True)

    assert arrests(read, style).accepted.height == 3


def test_a_tidy_workbook_has_nothing_told(read: Read) -> None:
    statement = arrests(read, lambda _: None)
    assert (statement.accepted.height, statement.warnings, statement.refusals.height) == (3, (), 0)
