"""Cells that hold no value but a trouble: refused as such, whatever their kind, and never defaulted."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from bilan.contracts import CONTRACTS, Column, Kind
from bilan.intake import Reference, Statement
from bilan.intake.cells import fault
from bilan.intake.inputs import Source
from bilan.intake.messages import message
from bilan.intake.troubles import (
    BECAME_DATE,
    BECAME_NUMBER,
    ERROR_CELL,
    GARBLED,
    SHOWN_OTHERWISE,
    UNCOMPUTED,
    stored,
    trouble,
)
from tests.unit.intake.one_column import read_column

Rows = Callable[..., Statement]
CODES = (ERROR_CELL, UNCOMPUTED, GARBLED, BECAME_DATE, BECAME_NUMBER, SHOWN_OTHERWISE)
COLUMNS = {column.kind: column for contract in CONTRACTS.values() for column in contract.columns}
ERRORS = (
    *(
        "#N/A",
        "#N/D",
        "#n/a",
        "#REF!",
        "#VALEUR!",
        "#VALEUR\u00a0!",
        "#VALUE!",
        "#NOM?",
        "#NAME?",
        "#DIV/0!",
        "#NOMBRE!",
        "#NUM!",
    ),
    *("#NUL!", "#NULL!", "#ÉPARS!", "#CALC!", "#####", "Err:502", "Err:508"),
)


def codes(cells: Sequence[str | None], column: Column, reference: Reference) -> list[str | None]:
    read = read_column(cells, column, reference)
    return read[fault(column.name)].to_list()


def values(cells: Sequence[str | None], column: Column, reference: Reference) -> list[Any]:
    return read_column(cells, column, reference)[column.name].to_list()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FREE_TEXT])
def test_a_trouble_refuses_its_cell_with_its_own_code(reference: Reference, kind: Kind, code: str) -> None:
    assert codes([trouble(code), None], COLUMNS[kind], reference) == [code, None]
    assert values([trouble(code)], COLUMNS[kind], reference) == [None]


def test_a_text_that_nobody_keeps_is_blank(reference: Reference) -> None:
    assert codes([trouble(ERROR_CELL)], COLUMNS[Kind.FREE_TEXT], reference) == [None]
    assert values([trouble(ERROR_CELL)], COLUMNS[Kind.FREE_TEXT], reference) == [None]


@pytest.mark.parametrize("code", CODES)
def test_every_trouble_is_told_in_words(reference: Reference, code: str) -> None:
    source = Source("x", "SPAL", "arrestations", date(2011, 9, 30), ".csv")
    text = message(code, "motif", CONTRACTS["arrestations"], source, reference)
    assert text.startswith("« motif »")
    assert text.endswith(".")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FREE_TEXT])
def test_an_error_that_a_spreadsheet_wrote_is_no_blank_and_no_value(reference: Reference, kind: Kind) -> None:
    assert set(codes(ERRORS, COLUMNS[kind], reference)) == {ERROR_CELL}


def test_a_failed_lookup_is_not_taken_for_a_case_that_goes_on(sent: Rows) -> None:
    failed = sent("accusations", {"issue": "#N/A"}, {"no_cour": "C-2", "issue": "#REF!"})
    assert failed.refusals.select("column", "code").rows() == [("issue", "error_cell")] * 2


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FREE_TEXT])
def test_a_formula_left_as_text_is_no_value(reference: Reference, kind: Kind) -> None:
    texts = ["=RECHERCHEV(A2;B:C;2;FAUX)", "=A1", '="017"', "=1+1"]
    assert set(codes(texts, COLUMNS[kind], reference)) == {UNCOMPUTED}


def test_numbers_that_look_like_troubles_are_numbers(reference: Reference) -> None:
    texts = ["#12", "A#1", "n° 7", "ERR:", "E&B", "1-2", "MAR-12", "JAN-10", "2E14", "1E5"]
    assert set(codes(texts, CONTRACTS["arrestations"].column("no_evenement"), reference)) == {None}


MADE_DATES = ("2010-02-01 00:00:00", "01-févr", "1-Feb", "févr-10", "01-janv.", "Feb-10", "1-Feb-10")


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind not in (Kind.DATE, Kind.BIRTH_DATE, Kind.FREE_TEXT)]
)
def test_a_date_that_a_spreadsheet_made_is_refused(reference: Reference, kind: Kind) -> None:
    assert set(codes(MADE_DATES, COLUMNS[kind], reference)) == {BECAME_DATE}


def test_numbers_that_are_all_dates_are_the_sender_s_own_way(reference: Reference) -> None:
    number = CONTRACTS["arrestations"].column("no_evenement")
    assert codes(["2010-02-01", "2010-03-04"], number, reference) == [None, None]
    assert codes(["2010-02-01", "10-17"], number, reference) == [BECAME_DATE, None]
    assert codes(["01/02/2010", "10-17"], number, reference) == [BECAME_DATE, None]
    assert codes([stored("2010-02-01"), stored("2010-03-04")], number, reference) == [BECAME_DATE] * 2


@pytest.mark.parametrize("text", ["2,01003E+11", "2.01003E+11", "2E+11", "2,01003e+11"])
@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.REFERENCE, Kind.NAME, Kind.DECIMAL])
def test_a_number_that_a_spreadsheet_rounded_is_refused(reference: Reference, kind: Kind, text: str) -> None:
    assert codes([text], COLUMNS[kind], reference) == [BECAME_NUMBER]


def test_a_spreadsheet_keeps_fifteen_figures_of_a_number(reference: Reference) -> None:
    number = CONTRACTS["arrestations"].column("no_evenement")
    assert codes([stored("201003000000001"), stored("2010030000000012")], number, reference) == [
        None,
        BECAME_NUMBER,
    ]
    assert codes(["2010030000000010", "2010030000000020"], number, reference) == [BECAME_NUMBER] * 2
    assert codes(["2010030000000010", "2010030000000021"], number, reference) == [None] * 2


def test_what_a_workbook_stored_is_its_text(reference: Reference) -> None:
    arrests = CONTRACTS["arrestations"]
    assert values([stored("2010123")], arrests.column("no_evenement"), reference) == ["2010123"]
    assert values([stored("12")], COLUMNS[Kind.REFERENCE], reference) == ["12"]
    assert values([stored("12")], arrests.column("suspect_nom"), reference) == ["12"]
    assert values([stored("40249")], arrests.column("date_arrestation"), reference) == [date(2010, 3, 12)]
    assert values([stored("2159")], CONTRACTS["references"].column("vers"), reference) == ["2159"]
    assert values([stored("1")], CONTRACTS["references"].column("decision"), reference) == [None]
    assert values([stored("1"), "oui"], COLUMNS[Kind.YES_NO], reference) == [True, True]


def test_the_key_of_a_row_whose_number_is_a_trouble_can_t_be_read(sent: Rows) -> None:
    kept = sent("arrestations", {"no_evenement": "#N/A"}, {"no_evenement": "2,01E+11"}, {"motif": "#REF!"})
    assert kept.refused_keys.select("no_evenement", "key_readable").rows() == [
        (None, False),
        (None, False),
        ("E-1", True),
    ]
