"""Rows cut in two, and what a tab's name, a title or a line of its own says of rows that are blank."""

from collections.abc import Callable
from typing import Any

import pytest

from bilan.intake import Statement

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]


def refused(statement: Statement) -> set[tuple[int, str]]:
    return {(row, code) for row, code in statement.refusals.select("row", "code").rows()}


def grid(make: Make, *changes: dict[str, Any]) -> list[list[Any]]:
    numbered = [{"no_evenement": f"E-{place}", **change} for place, change in enumerate(changes)]
    made: list[list[Any]] = make["grid"]("arrestations", *numbered)
    return made


@pytest.mark.parametrize("title", ["Brossard", "Territoire : Brossard", "Arrestations – Ville de Brossard"])
def test_a_title_that_names_a_place_refuses_the_rows_that_name_none(
    read: Read, make: Make, title: str
) -> None:
    rows = grid(make, {"territoire": ""}, {"territoire": "Saint-Lambert"})
    statement = read("arrestations", make["csv"]([[title], [], *rows]))
    assert refused(statement) == {(4, "said_elsewhere")}
    assert statement.accepted["territoire"].to_list() == ["Saint-Lambert"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (["Longueuil"], []),
        (["Journal de 2010"], []),
        (["Territoires", "Longueuil", "Brossard", "Boucherville"], []),
        (["Maison des jeunes, 12, rue de Brossard"], ["mentioned_elsewhere"]),
        (["Arrestations à Brossard"], ["mentioned_elsewhere"]),
        (["Brossard 2010"], ["mentioned_elsewhere"]),
    ],
)
def test_a_title_that_names_what_blank_means_or_several_places_refuses_nothing(
    read: Read, make: Make, title: list[str], expected: list[str]
) -> None:
    content = make["csv"]([title, [], *grid(make, {"territoire": ""})])
    statement = read("arrestations", content)
    assert (statement.refusals.height, [one.code for one in statement.warnings]) == (0, expected)


def test_lines_that_name_places_are_no_cells_of_the_rows_under_them(read: Read, make: Make) -> None:
    heading, one, two = grid(make, {"territoire": ""}, {"territoire": ""})
    content = make["csv"]([heading, ["Longueuil"], one, ["Territoire", "Brossard"], two])
    assert {(3, "said_elsewhere"), (5, "said_elsewhere")} <= refused(read("arrestations", content))


def test_a_programme_that_a_title_names_is_not_that_of_the_log(read: Read, make: Make) -> None:
    content = make["csv"]([["Pj"], [], *grid(make, {"programme": ""})])
    assert refused(read("arrestations", content)) == {(4, "said_elsewhere")}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("at", [6, 7])
def test_a_row_cut_in_two_is_refused_with_its_second_half(
    read: Read, make: Make, suffix: str, at: int
) -> None:
    heading, *rows = grid(make, *[{"territoire": "Brossard", "remarque": "vu"}] * 5)
    cut = [*rows[:2], rows[2][:at], rows[2][at:], *rows[3:]]
    content = make[suffix[1:]]([heading, *cut])
    statement = read("arrestations", content, suffix)
    assert {row for row, _ in refused(statement)} == {4, 5}
    assert statement.accepted.height == 4


def test_short_rows_that_nothing_shows_to_be_halves_are_read(read: Read, make: Make) -> None:
    heading, *rows = grid(make, *[{"territoire": ""}] * 5)
    notes = [["Préparé par", "", "le 12"]]
    content = make["csv"]([heading, *rows, *notes])
    assert read("arrestations", content).accepted.height == 5
