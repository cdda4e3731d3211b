"""All that a file holds is accounted for: what was read and what was left out make up the whole."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.intake import Reference, Source, Statement, load_reference
from bilan.intake.statement import read_statement
from tests.thorough import examples
from tests.unit.intake.conftest import STATEMENT_DATE, csv_bytes
from tests.unit.intake.test_intake_sheets import HEADINGS, book, row

REFERENCE = load_reference(None)
WHATS = ("sheets", "rows", "cells")
BLANK: list[Any] = []
LINES = st.one_of(
    st.just(HEADINGS),
    st.just([*HEADINGS, None, *HEADINGS]),
    st.just([*HEADINGS, "Remarque"]),
    st.just([*HEADINGS, "Motif"]),
    st.just(BLANK),
    st.just(["Total", None, 3]),
    st.just([None, None, "Exemple (ligne ignorée)"]),
    st.just([None] * 6 + ["non"]),
    st.just(["Titre"]),
    st.integers(1, 9).map(row),
    st.integers(1, 9).map(lambda n: [*row(n), "en plus"]),
    st.integers(1, 9).map(lambda n: [*row(n), None, *row(n + 10)]),
)
SHEETS = st.lists(st.lists(LINES, max_size=9), min_size=1, max_size=3)


def read(content: bytes, suffix: str, reference: Reference = REFERENCE) -> Statement:
    day = STATEMENT_DATE["arrestations"]
    return read_statement(content, Source("x", "SPAL", "arrestations", day, suffix), reference)


def held(grids: list[list[list[Any]]]) -> dict[str, int]:
    """What is not blank in the grids themselves."""
    cells = [[sum(cell is not None for cell in line) for line in grid] for grid in grids]
    return {
        "sheets": sum(any(grid) for grid in cells),
        "rows": sum(bool(line) for grid in cells for line in grid),
        "cells": sum(line for grid in cells for line in grid),
    }


def summed(statement: Statement) -> dict[str, int]:
    account = statement.accounted
    return {
        what: account.read[what] + sum(one.count for one in account.ignored if one.what == what)
        for what in WHATS
    }


@given(grids=SHEETS, hidden=st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_everything_in_a_workbook_is_read_or_left_out_for_a_reason(
    grids: list[list[list[Any]]], hidden: bool
) -> None:
    names = [f"Feuil{number}" for number in range(len(grids) + 1)]
    sheets = dict(zip(names, [[], *grids], strict=True))
    statement = read(book(sheets, hidden=(names[-1],) if hidden else ()), ".xlsx")
    assert statement.accounted.total == held(grids)
    assert summed(statement) == statement.accounted.total
    assert statement.accounted.read["rows"] >= statement.rows * (not statement.file_refused)


@given(grid=st.lists(LINES, max_size=9))
@settings(max_examples=examples(60), deadline=None)
def test_everything_in_a_text_is_read_or_left_out_for_a_reason(grid: list[list[Any]]) -> None:
    statement = read(csv_bytes([["" if cell is None else cell for cell in line] for line in grid]), ".csv")
    if not statement.file_refused:  # nobody knows what separates the cells of a text without headings
        assert statement.accounted.total == held([grid])
    assert summed(statement) == statement.accounted.total


def test_the_reasons_are_told(make: dict[str, Callable[..., Any]]) -> None:
    grid: list[list[Any]] = [["Titre"], [*HEADINGS, "Remarque"], [*row(1), "vu"], ["Total", None, 3]]
    statement = read(book({"Journal": grid, "Notes": [["x"]]}), ".xlsx")
    assert {(one.what, one.why): one.count for one in statement.accounted.ignored} == {
        ("cells", "above_headings"): 1,
        ("cells", "extra_column"): 2,
        ("cells", "other_sheet"): 1,
        ("cells", "total"): 2,
        ("rows", "above_headings"): 1,
        ("rows", "other_sheet"): 1,
        ("rows", "total"): 1,
        ("sheets", "other_sheet"): 1,
    }
