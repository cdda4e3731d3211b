"""The files that `bilan protect` reads: what is wrong with one, where, and the round trip of a result."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.files import (
    TableError,
    read_cells,
    read_groupings,
    read_inner,
    read_releases,
    result_of,
)
from bilan.disclosure.tables.protect import protect
from tests.unit.disclosure.tables import grid, inner_cells, released

TABLE = grid([[2, 7, 9], [6, 8, 12], [10, 11, 5]], "abc", "xyz")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_lines_of_one_cell_are_added_up_and_columns_stand_in_any_order(file: Path) -> None:
    file.write_text("row,count,col\na,1,x\nb, 4 ,x\n\na,2,x\n", encoding="utf-8-sig")
    assert read_inner(file) == (("row", "col"), {("a", "x"): 3, ("b", "x"): 4})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "table.csv est vide"),
        ("row,col\na,x\n", "table.csv, ligne 1 : il faut des colonnes de dimensions"),
        ("count\n3\n", "table.csv, ligne 1 : il faut des colonnes de dimensions"),
        ("row,row,count\na,b,3\n", "table.csv, ligne 1 : plus d'une colonne « row »"),
        ("row,count\n", "table.csv : aucune ligne après les en-têtes"),
        ("row,col,count\na,x,3\na,3\n", "table.csv, ligne 3 : 2 cellules pour 3 en-têtes"),
        ("row,count\na,-3\n", "table.csv, ligne 2, colonne count : il faut un nombre entier"),
        ("row,count\na,3\nb,2.5\n", "table.csv, ligne 3, colonne count : il faut un nombre entier"),
        ("row,count\n\n,\na,x\n", "table.csv, ligne 4, colonne count : il faut un nombre entier"),
        ("row,count\na,\n", "table.csv, ligne 2, colonne count : il faut un nombre entier"),
    ],
)
def test_what_is_wrong_with_a_table_and_where(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as error:
        read_inner(file)
    assert str(error.value).startswith(told)


def test_a_file_that_is_no_text(file: Path) -> None:
    file.write_bytes(b"row,count\n\xff,3\n")
    with pytest.raises(TableError, match=r"table\.csv ne se lit pas comme un CSV en UTF-8"):
        read_inner(file)


def test_groupings_are_told_in_the_order_of_the_table() -> None:
    told = read_groupings("col, row;row;;row", ("row", "col"))
    assert told == (("row", "col"), ("row",), ())


def test_a_grouping_by_what_is_no_dimension() -> None:
    with pytest.raises(TableError, match=r"--publish : « year » n'est pas une dimension .*row, col"):
        read_groupings("row,year;", ("row", "col"))


def test_cells_are_listed_by_their_dimensions(file: Path) -> None:
    file.write_text("row,col\na,x\nb,\n", encoding="utf-8")
    assert read_cells(file, TABLE) == inner_cells("ax") | {(("row",), ("b",))}
    file.write_text("col\ny\n", encoding="utf-8")
    assert read_cells(file, TABLE) == {(("col",), ("y",))}
    file.write_text("row,col\n,\n", encoding="utf-8")
    assert read_cells(file, TABLE) == {((), ())}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year\n2009\n", "table.csv, ligne 1 : « year » n'est pas une dimension"),
        ("row,col\na,x\na,w\n", "table.csv, ligne 3 : la table n'a pas cette cellule"),
        ("row,col\na\n", "table.csv, ligne 2 : 1 cellules pour 2 en-têtes"),
    ],
)
def test_what_is_wrong_with_a_list_of_cells(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as error:
        read_cells(file, TABLE)
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [("row,col\na,\n", "« row »"), ("row,col\n,\n", "le grand total")],
)
def test_a_cell_of_a_grouping_that_is_not_shown(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=f"table.csv, ligne 2 : --publish ne montre pas {told}"):
        read_cells(file, replace(TABLE, groupings=(("row", "col"), ("col",))))


def test_a_result_is_read_again_as_the_release_that_it_was(tmp_path: Path) -> None:
    first = protect(TABLE, Rules())
    out = tmp_path / "first.json"
    out.write_text(json.dumps(result_of(first, Rules())))
    assert read_releases(out, TABLE.dimensions) == (released(TABLE, first),)
    later = replace(TABLE, earlier=read_releases(out, TABLE.dimensions))
    out.write_text(json.dumps(result_of(protect(later, Rules()), Rules())))
    assert [release.inner for release in read_releases(out, TABLE.dimensions)] == [TABLE.inner, TABLE.inner]


def test_a_result_that_says_only_what_it_must_is_enough(tmp_path: Path) -> None:
    told = result_of(protect(TABLE, Rules()), Rules())
    out = tmp_path / "bare.json"
    wanted = ("grouping", "key", "count", "status", "low", "high", "determined")
    bare = [{name: cell[name] for name in wanted} for cell in told["cells"]]
    out.write_text(json.dumps({"safe": True, "cells": bare}))
    [release] = read_releases(out, TABLE.dimensions)
    assert release.inner == TABLE.inner
    assert {told.cell for told in release.cells if told.sensitive} == inner_cells("ax ay bx by")


@pytest.mark.parametrize(
    "text",
    [
        "row,col,count",
        "[]",
        '{"safe": true}',
        '{"cells": []}',
        '{"cells": [{"grouping": "row", "key": ["a"], "status": "value"}]}',
        '{"cells": [], "dimensions": ["town"], "inner": [["a", 3]]}',
    ],
)
def test_a_file_that_is_no_result_on_the_same_dimensions(tmp_path: Path, text: str) -> None:
    out = tmp_path / "previous.json"
    out.write_text(text)
    with pytest.raises(TableError, match=r"previous\.json n'est pas un résultat"):
        read_releases(out, TABLE.dimensions)
