"""Which sheets and tables of a workbook are read, and what is said of those that are not."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from bilan.intake import Statement

Read = Callable[..., Statement]
HEADINGS = [
    "no_evenement",
    "date_arrestation",
    "suspect_nom",
    "suspect_prenom",
    "suspect_naissance",
    "motif",
    "gang",
]
CANARY = "Canaricanari"


def row(number: int, year: int = 2010) -> list[str]:
    return [
        f"E-{number}",
        f"{year}-03-12",
        "Tremblay",
        f"Éric{chr(97 + number % 26)}",
        "1980-06-01",
        "autre",
        "non",
    ]


def book(sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, grid in sheets.items():
        sheet = made.create_sheet(name)
        for cells in grid:
            sheet.append(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def numbers(statement: Statement) -> list[str]:
    return sorted(statement.accepted["no_evenement"])


def codes(statement: Statement) -> list[str]:
    return [warning.code for warning in statement.warnings]


def arrests(read: Read, content: bytes) -> Statement:
    return read("arrestations", content, ".xlsx")


@pytest.mark.integration
def test_one_sheet_per_year_is_read_whole_and_each_row_keeps_its_sheet(read: Read) -> None:
    content = book({str(year): [HEADINGS, row(year, year)] for year in (2009, 2010, 2011)})
    statement = arrests(read, content)
    assert numbers(statement) == ["E-2009", "E-2010", "E-2011"]
    places = [statement.place(number) for number in statement.accepted["row"]]
    assert places == [(f"feuille {n} « {year} »", 2) for n, year in enumerate((2009, 2010, 2011), 1)]
    assert statement.warnings == ()


@pytest.mark.integration
def test_a_refusal_on_the_second_sheet_says_so(read: Read) -> None:
    bad = [*row(2)[:1], "jamais", *row(2)[2:]]
    statement = arrests(read, book({"2010": [HEADINGS, row(1)], "2011": [HEADINGS, row(3), bad]}))
    assert numbers(statement) == ["E-1", "E-3"]
    assert statement.place(statement.refusals["row"][0]) == ("feuille 2 « 2011 »", 3)


def test_sheets_that_contradict_one_another_refuse_the_rows_that_differ(read: Read) -> None:
    other = [*row(1)[:1], "2010-04-12", *row(1)[2:]]
    statement = arrests(read, book({"2010": [HEADINGS, row(1), row(2)], "2011": [HEADINGS, other, row(2)]}))
    assert set(statement.accepted["no_evenement"]) == {"E-2"}
    assert set(statement.refusals["code"]) == {"duplicate_key"}


@pytest.mark.parametrize("first", ["hidden", "shown"])
def test_a_hidden_sheet_is_never_read_and_is_told(read: Read, first: str) -> None:
    old, new = {"Journal": [HEADINGS, row(1), row(2)]}, {"Saisie": [HEADINGS, row(3)]}
    sheets = old | new if first == "hidden" else new | old
    statement = arrests(read, book(sheets, hidden=("Journal",)))
    assert numbers(statement) == ["E-3"]
    assert codes(statement) == ["hidden_sheet"]


def test_a_hidden_sheet_alone_has_nothing_taken(read: Read) -> None:
    content = book({"Journal": [HEADINGS, row(1)], "Notes": [["x"]]}, hidden=("Journal",))
    statement = arrests(read, content)
    assert (statement.file_refused, codes(statement)) == (True, ["hidden_sheet"])


@pytest.mark.integration
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Exemple", "help_sheet"),
        ("Aide", "help_sheet"),
        ("Copie de 2010", "old_copy"),
        ("2010 (2)", "old_copy"),
        ("Ancienne version", "old_copy"),
    ],
)
def test_an_example_or_an_old_copy_beside_the_log_is_told_and_not_read(
    read: Read, name: str, code: str
) -> None:
    statement = arrests(read, book({name: [HEADINGS, row(1)], "Journal": [HEADINGS, row(2)]}))
    assert (numbers(statement), codes(statement)) == (["E-2"], [code])
    alone = arrests(read, book({name: [HEADINGS, row(1)]}))
    assert (numbers(alone), codes(alone)) == (["E-1"], [])


def test_a_sheet_that_lacks_a_column_or_all_headings_is_told(read: Read) -> None:
    sheets = {
        "Journal": [HEADINGS, row(1)],
        "Suite": [row(2)],
        "Autre": [HEADINGS[:4], row(3)[:4]],
        "Notes": [["Voir l'autre onglet."]],
    }
    statement = arrests(read, book(sheets))
    assert numbers(statement) == ["E-1"]
    assert codes(statement) == ["other_sheet", "sheet_without_column"]
    assert "« suspect_naissance »" in statement.warnings[1].message


def test_tables_one_under_the_other_are_read_each_by_its_own_headings(read: Read) -> None:
    wider = [*HEADINGS, "territoire"]
    grid = [HEADINGS, row(1), row(2), [], ["Deuxième semestre"], wider, [*row(3), "Brossard"]]
    statement = arrests(read, book({"Journal": grid}))
    assert numbers(statement) == ["E-1", "E-2", "E-3"]
    assert statement.accepted["territoire"].to_list() == ["Longueuil", "Longueuil", "Brossard"]
    assert statement.accepted["row"].to_list() == [2, 3, 7]


def test_headings_that_stand_again_under_others_are_no_row(read: Read) -> None:
    grid = [HEADINGS, *(row(n) for n in range(3)), HEADINGS, *(row(n) for n in range(3, 6))]
    statement = arrests(read, book({"Journal": grid}))
    assert (statement.rows, statement.accepted.height) == (6, 6)


def test_a_second_table_without_a_required_column_refuses_its_rows(read: Read) -> None:
    grid = [HEADINGS, row(1), HEADINGS[:5], row(2)[:5]]
    statement = arrests(read, book({"Journal": grid}))
    assert numbers(statement) == ["E-1"]
    assert statement.refusals.select("row", "code").rows() == [(4, "table_without_column")]


def test_tables_side_by_side_are_both_read(read: Read) -> None:
    grid = [[*HEADINGS, None, *HEADINGS], [*row(1), None, *row(2)], [None] * 8 + row(3)]
    statement = arrests(read, book({"Journal": grid}))
    assert numbers(statement) == ["E-1", "E-2", "E-3"]
    places = (statement.place(number)[1] for number in statement.accepted["row"])
    assert sorted(row or 0 for row in places) == [2, 2, 3]


def test_a_column_that_stands_twice_and_differs_refuses_the_file(read: Read) -> None:
    grid = [[*HEADINGS, "Motif"], [*row(1), "stupéfiants"]]
    statement = arrests(read, book({"Journal": grid}))
    assert statement.refusals.select("column", "code").rows() == [("motif", "repeated_column")]
    grid[1][-1] = "autre"
    assert numbers(arrests(read, book({"Journal": grid}))) == ["E-1"]


def test_headings_over_two_lines_are_joined(read: Read) -> None:
    above = ["Événement", None, "Suspect", None, None, "Motif", "Gang"]
    below = ["no", "date arrestation", "nom", "prénom", "naissance", None, None]
    statement = arrests(read, book({"Journal": [["Titre"], above, below, row(1)]}))
    assert statement.accepted.select("row", "suspect_nom", "motif").rows() == [(4, "Tremblay", "autre")]


def test_a_group_above_headings_that_suffice_alone_still_names_what_is_under_it(read: Read) -> None:
    """The youth may be missing: without her, the log's row is whole."""
    above = [None] * 4 + ["Jeune", None, None]
    below = ["no_demande", "date_demande", "demandeur", "moyen", "Nom", "Prénom", "Naissance"]
    asked = ["RS-1", "2017-01-30", "CSMV", "profil personnel", "Joly", "Catherine", "2001-10-26"]
    statement = read("reseaux_sociaux", book({"Journal": [above, below, asked]}), ".xlsx")
    assert statement.accepted.select("jeune_nom", "jeune_prenom").rows() == [("Joly", "Catherine")]
    assert statement.extra_columns == ()


def test_headings_over_two_lines_that_leave_a_doubt_are_not_joined(read: Read) -> None:
    above = ["Événement", None, "Suspect", None, None, "Motif", "Motif"]
    below = ["no", "date arrestation", "nom", "prénom", "naissance", None, None]
    assert arrests(read, book({"Journal": [above, below, row(1)]})).file_refused


def test_a_column_filled_down_is_told_once(read: Read) -> None:
    filled: list[list[Any]] = [[None] * 7 + ["Longueuil"]] * 50
    grid = [[*HEADINGS, "territoire"], [*row(1), "Brossard"], *filled]
    statement = arrests(read, book({"Journal": grid}))
    assert (statement.rows, statement.refusals.height, codes(statement)) == (1, 0, ["filled_down"])
    assert (statement.warnings[0].row, "à la ligne 52" in statement.warnings[0].message) == (3, True)


def test_numbers_prepared_for_rows_to_come_are_told_once(read: Read) -> None:
    grid = [HEADINGS, row(1), *([f"E-{n}"] for n in range(2, 40))]
    statement = arrests(read, book({"Journal": grid}))
    assert (statement.rows, statement.refusals.height, codes(statement)) == (1, 0, ["filled_down"])


def test_two_rows_that_only_look_alike_are_refused_as_rows(read: Read) -> None:
    statement = arrests(read, book({"Journal": [HEADINGS, row(1), [None, None, "Roy"], [None, None, "Roy"]]}))
    assert (statement.rows, set(statement.refusals["row"])) == (3, {3, 4})


def test_rows_above_the_headings_are_told(read: Read) -> None:
    statement = arrests(read, book({"Journal": [row(1), HEADINGS, row(2)]}))
    assert (numbers(statement), codes(statement)) == (["E-2"], ["rows_above_headings"])


def test_cells_without_heading_are_told_with_their_column(read: Read) -> None:
    statement = arrests(read, book({"Journal": [HEADINGS, [*row(1), None, "en plus"]]}))
    [warning] = statement.warnings
    assert (warning.code, warning.column) == ("cells_without_heading", "colonne I")


def test_a_column_without_heading_that_most_rows_fill_refuses_the_file(read: Read) -> None:
    grid: list[list[Any]] = [[*HEADINGS[:6], None], *(row(number) for number in range(3))]
    statement = arrests(read, book({"Journal": grid}))
    assert statement.refusals["code"].to_list() == ["unnamed_column"]
    assert [warning.column for warning in statement.warnings] == ["colonne G"]


def test_the_first_of_two_columns_left_blank_refuses_the_file(read: Read) -> None:
    grid: list[list[Any]] = [[*HEADINGS, "Gang"], [*row(1)[:6], None, "oui"]]
    assert arrests(read, book({"Journal": grid})).refusals["code"].to_list() == ["repeated_column"]


@pytest.mark.integration
def test_nothing_that_could_be_somebodys_is_shown_of_headings_and_sheets(read: Read) -> None:
    grid = [[*HEADINGS, f"Jean {CANARY}", "1990-06-01", "Remarque 2"], [*row(1), "x", "y", "z"]]
    sheets = {f"Dossier {CANARY}": grid, "2011": [HEADINGS, row(2)[:3]], CANARY: [["a", "b", "c"]]}
    statement = arrests(read, book(sheets))
    assert statement.extra_columns == ("colonne H", "colonne I", "Remarque 2")
    assert {warning.sheet for warning in statement.warnings} == {"feuille 3"}
    assert CANARY not in str((statement.refusals.rows(), statement.warnings, statement.places))
