"""One writing, two meanings: thousands and decimals, told apart by the column's own cells or not read."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from bilan.contracts import CONTRACTS, Column
from bilan.intake import Reference
from bilan.intake.cells import fault
from bilan.intake.troubles import stored
from tests.unit.intake.one_column import read_column

AMOUNT = CONTRACTS["financements"].column("montant")
REACHED = CONTRACTS["rayonnement"].column("personnes_rejointes")
SCORE = CONTRACTS["formations"].column("score_avant")


def read(cells: Sequence[str], column: Column, reference: Reference) -> list[Any]:
    """Each value, or the code of what is wrong with it."""
    frame = read_column(cells, column, reference)
    return (
        frame.select(pl.coalesce(fault(column.name), pl.col(column.name).cast(pl.String)))
        .to_series()
        .to_list()
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250,000", "1250000"),
        ("1.250.000", "1250000"),
        ("12 500,75", "12500.75"),
        ("12 500.75", "12500.75"),
        ("12.500,75", "12500.75"),
        ("12,500.75", "12500.75"),
        ("1'250", "1250"),
        ("1’250,50", "1250.5"),
        ("1\u202f250", "1250"),
        ("1 250,125", "1250.125"),
        ("1250,125", "1250.125"),
        ("0,125", "0.125"),
        ("0.500", "0.5"),
        ("12,5", "12.5"),
        ("12,50", "12.5"),
        ("12,5000", "12.5"),
        ("12500", "12500"),
        ("56.49999999999999", "56.5"),  # as computed by a machine
        ("71,500000000000014", "71.5"),
    ],
)
def test_a_number_that_can_be_read_one_way_is_read_so(reference: Reference, text: str, value: str) -> None:
    assert read([text], AMOUNT, reference) == [value]


@pytest.mark.parametrize("text", ["1,000", "3.000", "10,000", "12,500", "+1,000", "999.999"])
def test_a_number_with_two_meanings_is_not_read(reference: Reference, text: str) -> None:
    assert read([text, "12", "2500"], AMOUNT, reference) == ["ambiguous_number", "12", "2500"]
    assert read([text], REACHED, reference) == ["ambiguous_number"]


@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["1,250,000"], "10000"),
        (["12,500.75"], "10000"),
        (["12,5"], "10"),
        (["1 250,75"], "10"),
        (["12.500,75"], "10"),
        (["0,125"], "10"),
        (["1,250,000", "12,5"], "ambiguous_number"),  # contradictions prove nothing
        (["1.250.000"], "ambiguous_number"),  # nor does the other mark
        (["12.5"], "ambiguous_number"),
        ([stored("12.5"), stored("1250000")], "ambiguous_number"),
    ],
)
def test_the_other_cells_of_the_column_decide(reference: Reference, others: list[str], value: str) -> None:
    assert read(["10,000", *others], AMOUNT, reference)[0] == value


@pytest.mark.parametrize(("text", "value"), [("1.250", "1.25"), ("10.125", "10.125"), ("1250000", "1250000")])
def test_the_point_of_a_number_that_a_workbook_stored_is_for_decimals(
    reference: Reference, text: str, value: str
) -> None:
    assert read([stored(text), "1.250.000"], AMOUNT, reference)[0] == value


def test_thousands_are_out_of_the_bounds_of_a_score(reference: Reference) -> None:
    assert read(["72,500", "100.000", "100,500"], SCORE, reference) == ["72.5", "100", "bad_number"]


def test_a_percentage_is_out_of_a_hundred(reference: Reference) -> None:
    assert read(["85 %", "72,5%", "60\u00a0%", "101 %"], SCORE, reference) == [
        "85",
        "72.5",
        "60",
        "bad_number",
    ]
    assert read(["85 %"], AMOUNT, reference) == ["bad_number"]
    assert read(["85 %"], REACHED, reference) == ["bad_number"]


def test_a_whole_number_stays_whole(reference: Reference) -> None:
    assert read(["1,0", "2.0", "3", stored("4"), stored("5.5")], REACHED, reference) == [
        "1",
        "2",
        "3",
        "4",
        "bad_number",
    ]


def test_a_number_of_a_file_is_not_shortened(reference: Reference) -> None:
    number = CONTRACTS["arrestations"].column("no_evenement")
    assert read(["1,000", "12.000", "2010123.0", "2010123,00"], number, reference) == [
        "ambiguous_number",
        "ambiguous_number",
        "2010123",
        "2010123",
    ]


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
def test_dashes_of_any_kind_make_one_number(reference: Reference, dash: str) -> None:
    number = CONTRACTS["operations"].column("no_operation")
    assert read([f"OP{dash}7", f"op{dash}7"], number, reference) == ["OP-7", "OP-7"]
