"""What a title says of all cells: in which unit their numbers are, in which order their dates."""

from collections.abc import Callable
from typing import Any

import pytest

from bilan.intake import Statement

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]
REACHED = [
    ["no_activite", "date_activite", "activite", "titre", "personnes_rejointes"],
    ["R-1", "2010-03-12", "prix", "Prix", "45"],
    ["R-2", "2010-04-12", "prix", "Prix", ""],
]


def grid(make: Make, *dates: str) -> list[list[Any]]:
    changes = [{"no_evenement": f"E-{place}", "date_arrestation": day} for place, day in enumerate(dates)]
    made: list[list[Any]] = make["grid"]("arrestations", *changes)
    return made


@pytest.mark.parametrize(
    "title",
    [
        "Montants en milliers",
        "Montants (en milliers de dollars)",
        "en k$",
        "Financement (M$)",
        "Unité : 000 $",
        "('000)",
        "x 1000",
        "Amounts in thousands",
    ],
)
def test_a_title_that_speaks_of_thousands_refuses_the_numbers(read: Read, make: Make, title: str) -> None:
    statement = read("rayonnement", make["csv"]([[title], [], *REACHED]))
    told = statement.refusals.filter(code="unit_elsewhere")
    assert told.select("row", "column").rows() == [(4, "personnes_rejointes")]


@pytest.mark.parametrize(
    "title", ["Journal du financement", "Octrois de plus de 10 000 $", "Milliers de jeunes", "Annexe K"]
)
def test_other_titles_change_no_unit(read: Read, make: Make, title: str) -> None:
    statement = read("rayonnement", make["csv"]([[title], [], *REACHED]))
    assert statement.refusals.filter(code="unit_elsewhere").is_empty()


@pytest.mark.parametrize("title", ["Dates : MM/JJ/AAAA", "(mm-dd-yyyy)", "mois/jour/année"])
def test_a_title_that_puts_the_month_first_is_asked_about(read: Read, make: Make, title: str) -> None:
    statement = read("arrestations", make["csv"]([[title], [], *grid(make, "03/05/2010")]))
    assert statement.doubt is not None
    assert "mois vient d'abord" in str(statement.doubt)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("JJ/MM/AAAA", "03/05/2010"),
        ("AAAA-MM-JJ", "03/05/2010"),
        ("Un mois, un jour", "03/05/2010"),
        ("MM/JJ/AAAA", "2010-05-03"),
    ],
)
def test_other_titles_ask_nothing(read: Read, make: Make, title: str, day: str) -> None:
    statement = read("arrestations", make["csv"]([[title], [], *grid(make, day)]))
    assert (statement.doubt, statement.accepted.height) == (None, 1)


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (["Brossard", "", "Longueuil", "", ""], [("first_of_groups", "territoire")]),
        (["", "Brossard", "", "Longueuil", ""], []),
        (["Brossard", "", "Longueuil", "Longueuil", ""], []),
        (["Brossard", "Longueuil", "Boucherville", "Saint-Lambert", "Saint-Bruno-de-Montarville"], []),
        (["Brossard", "", "Longueuil", ""], []),
        (["Brossard", "", "", "", ""], []),
    ],
)
def test_a_place_on_the_first_row_of_each_group_is_told(
    read: Read, make: Make, places: list[str], told: list[tuple[str, str]]
) -> None:
    rows = [{"no_evenement": f"E-{row}", "territoire": place} for row, place in enumerate(places)]
    statement = read("arrestations", make["csv"](make["grid"]("arrestations", *rows)))
    assert [(one.code, one.column) for one in statement.warnings] == told
    assert statement.accepted.height == len(places)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("O-9,2010-01-02,prix,Prix,12", ["rows_above_headings"]),
        ("O-9\t2010-01-02\tprix\tPrix\t12", ["rows_above_headings"]),
        ("Longueuil, Brossard, Boucherville, Saint-Lambert et Saint-Bruno, en 2010", []),
    ],
)
def test_rows_of_another_program_above_the_headings_are_told(
    read: Read, make: Make, line: str, told: list[str]
) -> None:
    statement = read("rayonnement", make["csv"]([[line], *REACHED]))
    assert [one.code for one in statement.warnings] == told
