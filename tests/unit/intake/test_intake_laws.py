"""What holds whatever the file: generated sheets, headings, names and bytes."""

import random
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from bilan.contracts import CONTRACTS, Contract
from bilan.intake import Statement
from bilan.intake.delimited import read_delimited
from bilan.intake.text import joined
from tests.thorough import examples

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]
lightly = settings(deadline=None, max_examples=examples(25))
logs = st.sampled_from(sorted(CONTRACTS))
DATES = ["2010-03-12", "12/03/2010", "12 mars 2010", "mars 2010", "2010", "40249", "2099-01-01", "32/13/2010"]
WORDS = [
    "oui",
    "x",
    "non",
    "autre",
    "autre : x",
    "entourage;autre",
    "stupéfiants",
    "hébergement",
    "SPAL",
    "CAVAC",
]
OTHERS = [
    "retrait",
    "acceptée",
    "refusée",
    "hors territoire",
    "F",
    "1",
    "1,0",
    "72,5",
    "-3",
    "Brossard",
    "Pj",
]
NAMES = ["Roy", "ROY", "Tremblay-Roy", "tremblay roy", "L’Écuyer", "-", "1"]
cells = st.sampled_from(["", " ", "\u00a0", "bof", *DATES, *WORDS, *OTHERS, *NAMES])


@st.composite
def grids(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A log and a sheet of it: headings in order, and a few rows, some with believable cells."""
    log = draw(logs)
    headings = [column.name for column in CONTRACTS[log].columns]
    row = st.lists(cells, min_size=len(headings), max_size=len(headings))
    return log, [headings, *draw(st.lists(row, min_size=1, max_size=6))]


def same(one: Statement, two: Statement) -> None:
    assert (one.rows, one.file_refused, one.extra_columns) == (two.rows, two.file_refused, two.extra_columns)
    assert_frame_equal(one.accepted, two.accepted)
    assert_frame_equal(one.refusals, two.refusals)
    assert_frame_equal(one.refused_keys, two.refused_keys)


def spoilt(heading: str, chance: random.Random) -> str:
    """The same heading as somebody else types it."""
    accents = {"e": "éèê", "o": "ô", "a": "à", "i": "î"}
    letters = [
        chance.choice(accents[letter]) if letter in accents and chance.random() < 0.3 else letter
        for letter in heading
    ]
    text = "".join(letter.upper() if chance.random() < 0.5 else letter for letter in letters)
    return (
        chance.choice(["", " ", "\u00a0"])
        + text.replace("_", chance.choice(["_", " ", "-", " de ", " du ", " de l'", " DE LA "]))
        + chance.choice(["", " ", ":"])
    )


@lightly
@given(sheet=grids(), seed=st.integers())
def test_order_case_accents_and_separators_of_headings_do_not_matter(
    read: Read, make: Make, sheet: tuple[str, list[list[str]]], seed: int
) -> None:
    log, grid = sheet
    chance = random.Random(seed)
    places = chance.sample(range(len(grid[0])), len(grid[0]))
    shuffled = [[row[place] for place in places] for row in grid]
    shuffled[0] = [spoilt(heading, chance) for heading in shuffled[0]]
    first = {row[0].strip().casefold() for row in [*grid, *shuffled]}
    assert "total" not in first
    same(read(log, make["csv"](grid)), read(log, make["csv"](shuffled)))


@lightly
@given(sheet=grids())
def test_csv_is_xlsx(read: Read, make: Make, sheet: tuple[str, list[list[str]]]) -> None:
    log, grid = sheet
    from_csv = read(log, make["csv"](grid, separator=","))
    same(from_csv, read(log, make["xlsx"](grid), ".xlsx"))
    same(from_csv, read(log, make["csv"](grid, separator="\t", line="\r\n", encoding="utf-8-sig")))


@lightly
@given(sheet=grids())
def test_rows_are_accepted_or_refused_and_keys_of_the_refused_are_told(
    read: Read, make: Make, sheet: tuple[str, list[list[str]]]
) -> None:
    log, grid = sheet
    statement = read(log, make["csv"](grid))
    filled = [place + 1 for place, row in enumerate(grid) if place and any(cell.strip() for cell in row)]
    accepted, refused = statement.accepted["row"].to_list(), statement.refused_keys["row"].to_list()
    assert sorted([*accepted, *refused]) == filled
    assert set(refused) == set(statement.refusals["row"])
    assert statement.rows == len(filled)
    no_nulls(statement.accepted, CONTRACTS[log])


def no_nulls(accepted: pl.DataFrame, contract: Contract) -> None:
    """What an accepted row always has."""
    kept = [column.name for column in contract.columns if column.name in accepted.columns]
    full = [name for name in kept if contract.column(name).required or contract.column(name).default]
    place = ["territoire"] if contract.has_territory else []
    assert accepted.select(*full, "programme", *place, "repeat").null_count().sum_horizontal().sum() == 0


@lightly
@given(sheet=grids())
def test_a_file_sent_twice_over_only_repeats(
    read: Read, make: Make, sheet: tuple[str, list[list[str]]]
) -> None:
    log, grid = sheet
    once, twice = read(log, make["csv"](grid)), read(log, make["csv"]([*grid, *grid[1:]]))
    assert twice.accepted.filter(~pl.col("repeat")).height == once.accepted.filter(~pl.col("repeat")).height
    assert twice.accepted.height == 2 * once.accepted.height


@lightly
@given(names=st.lists(st.text(), min_size=1))
def test_folding_a_name_twice_changes_nothing(names: list[str]) -> None:
    once = pl.DataFrame({"name": names}, schema={"name": pl.String}).select(joined(pl.col("name")))
    assert once.select(joined(pl.col("name"))).equals(once)


@lightly
@given(name=st.text(alphabet="abcéèïœæçÉÀŒ", min_size=1), joint=st.sampled_from(" -'’\u00a0‑–"))
def test_case_accents_and_joints_do_not_make_another_name(name: str, joint: str) -> None:
    other = joint.join(name.upper()) + joint
    folded = pl.DataFrame({"name": [name, other]}).select(joined(pl.col("name")))
    assert folded["name"].n_unique() == 1


@lightly
@given(content=st.binary(max_size=300), log=logs, suffix=st.sampled_from([".csv", ".xlsx"]))
def test_no_bytes_make_it_fail(read: Read, content: bytes, log: str, suffix: str) -> None:
    statement = read(log, content, suffix)
    assert statement.rows == 0 or not statement.refusals.is_empty()


@lightly
@given(text=st.text(alphabet=st.sampled_from('abé;,\t"\n\r 1_'), max_size=200), log=logs)
def test_no_text_makes_it_fail(read: Read, text: str, log: str) -> None:
    headings = ";".join(column.name for column in CONTRACTS[log].columns)
    for content in (text, f"{headings}\n{text}", f"{text}\n{headings}\n{text}"):
        statement = read(log, content)
        refused = statement.rows if statement.file_refused else statement.refused_keys.height
        assert statement.rows == statement.accepted.height + refused


@pytest.fixture(scope="module")
def book(make: Make) -> bytes:
    content: bytes = make["xlsx"](make["grid"]("arrestations", {}, {"no_evenement": "E-2"}))
    return content


@lightly
@given(data=st.data())
def test_no_damaged_book_makes_it_fail(read: Read, book: bytes, data: st.DataObject) -> None:
    damaged = bytearray(book)
    for place in data.draw(st.lists(st.integers(0, len(book) - 1), max_size=20)):
        damaged[place] ^= data.draw(st.integers(0, 255))
    statement = read("arrestations", bytes(damaged[: data.draw(st.integers(0, len(book)))]), ".xlsx")
    assert statement.rows <= 2


@lightly
@given(
    rows=st.lists(
        st.lists(st.text(alphabet='aé1"; ,\t|\n', max_size=4), min_size=9, max_size=9), min_size=1, max_size=6
    ),
    separator=st.sampled_from(";,\t|"),
    line=st.sampled_from(["\n", "\r\n"]),
)
def test_well_written_csv_is_read_cell_for_cell(
    make: Make, rows: list[list[str]], separator: str, line: str
) -> None:
    contract = CONTRACTS["arrestations"]
    written = [[column.name for column in contract.columns], *rows]
    grid = read_delimited(make["csv"](written, separator, line=line), contract)
    assert grid.faults.is_empty()
    width = grid.cells.width
    assert [list(row) for row in grid.cells.rows()] == [
        [cell.strip() or None for cell in row[:width]] for row in written
    ]
