"""Untidy files that are normal input: where the headings are, what is a row, how the bytes are read."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from bilan.intake import Statement

Read = Callable[..., Statement]
Make = dict[str, Callable[..., Any]]
HEADINGS = [
    "no_evenement",
    "date_arrestation",
    "suspect_nom",
    "suspect_prenom",
    "suspect_naissance",
    "motif",
    "gang",
]
FIRST = ["E-1", "2010-03-12", "Tremblay", "Éric", "1990-06-01", "proxénétisme", "oui"]
SECOND = ["E-2", "2010-03-13", "Côté", "Noëlle", "1991-06-01", "autre", "non"]
GRID = [HEADINGS, FIRST, SECOND]


def outcome(statement: Statement) -> tuple[int, list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    rows = statement.accepted.select("row", "no_evenement", "subject_key").rows()
    return statement.rows, rows, statement.refusals.select("row", "column", "code").rows()


def tidy(first: int = 2, second: int = 3) -> tuple[int, list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    return (
        2,
        [(first, "E-1", "tremblay|eric|1990-06-01"), (second, "E-2", "cote|noelle|1991-06-01")],
        [],
    )


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_separators_encodings_and_line_ends(
    read: Read, make: Make, separator: str, encoding: str, line: str
) -> None:
    assert outcome(read("arrestations", make["csv"](GRID, separator, encoding, line))) == tidy()


def test_windows_punctuation(read: Read, make: Make) -> None:
    grid = [HEADINGS, [*FIRST[:2], "L’Écuyer", "Zoé", *FIRST[4:]]]
    statement = read("arrestations", make["csv"](grid, encoding="cp1252"))
    assert statement.accepted["suspect_nom"].to_list() == ["L’Écuyer"]
    assert statement.accepted["subject_key"].to_list() == ["lecuyer|zoe|1990-06-01"]


BLANK: list[str] = [""] * 7
SHAPES: dict[str, tuple[list[list[Any]], tuple[int, int]]] = {
    "titles above": ([["Journal des arrestations"], ["SPAL", "2010"], BLANK, *GRID], (5, 6)),
    "blank rows above": ([BLANK, BLANK, *GRID], (4, 5)),
    "headings far down": ([["Note", "et suite"]] * 45 + GRID, (47, 48)),
    "blank rows within": ([HEADINGS, BLANK, FIRST, [" ", "\u00a0", "\u202f"], BLANK, SECOND, BLANK], (3, 6)),
    "total": ([*GRID, ["Total", "", "2"]], (2, 3)),
    "total, otherwise": ([*GRID, BLANK, ["", "TOTAL GÉNÉRAL :", "2"]], (2, 3)),
    "totals": ([*GRID, ["Totaux"]], (2, 3)),
    "sub-total": ([HEADINGS, FIRST, ["Sous-total : 1"], SECOND, ["total :"]], (2, 4)),
    "example": ([HEADINGS, ["Exemple (ligne ignorée) : E-0", *FIRST[1:]], FIRST, SECOND], (3, 4)),
    "example, elsewhere": ([HEADINGS, FIRST, ["", "", "EXEMPLE (ligne ignoree)"], SECOND], (2, 4)),
    "short rows": ([[*HEADINGS[:-1], "gang", "note"], FIRST[:-1], SECOND[:-1]], (2, 3)),
    "first column blank": ([["", *row] for row in GRID], (2, 3)),
}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_a_row_and_which_number_it_has(read: Read, make: Make, suffix: str, shape: str) -> None:
    grid, (first, second) = SHAPES[shape]
    content = make["csv"](grid) if suffix == ".csv" else make["xlsx"](grid)
    assert outcome(read("arrestations", content, suffix)) == tidy(first, second)


@pytest.mark.parametrize(
    "first", ["Exemple", "Exemple : E-1", "Total général 2010 revu", "E-1 Exemple (ligne ignorée)"]
)
def test_a_row_is_left_out_for_nothing_less_than_its_mark(read: Read, make: Make, first: str) -> None:
    statement = read("arrestations", make["csv"]([HEADINGS, [first, *FIRST[1:]]]))
    assert (statement.rows, statement.accepted.height) == (1, 1)


@pytest.mark.parametrize(
    "headings",
    [
        ["No événement", "Date arrestation", "NOM", "x", "y", "Motif", "Gang"],
        ["NO EVENEMENT", "DATE ARRESTATION", "", "", "", "MOTIF", "GANG"],
        ["N° événement", "date-arrestation", "", "", "", "motif ", " gang"],
        ["nº evenement", "Date_Arrestation", "", "", "", "Motif :", "Gang *"],
        ["Numéro événement", "Date\narrestation", "", "", "", "MoTiF", "gang\u00a0"],
        ["№ événement", "date.arrestation", "", "", "", "motif", "gang\u200b"],
        ["N° de l’événement", "Date de l'arrestation", "", "", "", "motif", "gang"],
        ["numéro de l'évènement", "DATE D’ARRESTATION", "", "", "", "motif", "gang"],
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_headings(read: Read, make: Make, suffix: str, headings: list[str]) -> None:
    named = [*headings[:2], "Suspect Nom", "SUSPECT_PRÉNOM", "suspect naissance", *headings[5:]]
    grid = [named, FIRST, SECOND]
    content = make["csv"](grid) if suffix == ".csv" else make["xlsx"](grid)
    assert outcome(read("arrestations", content, suffix)) == tidy()


def test_a_little_word_that_is_a_heading_of_its_own_is_one(read: Read, make: Make) -> None:
    grid = [
        ["N° de référence", "Date de la référence", "De", "Vers", "Motif"],
        ["R-1", "2010-03-12", "CJM", "CAVAC", "soutien"],
    ]
    assert read("references", make["csv"](grid)).extra_columns == ()


def test_extra_columns_are_named_and_left_out(read: Read, make: Make) -> None:
    grid = [["Remarque", *HEADINGS, "Enquêteur"], ["r1", *FIRST, "e1"], ["r2", *SECOND, "e2"]]
    statement = read("arrestations", make["csv"](grid))
    assert outcome(statement) == tidy()
    assert statement.extra_columns == ("Remarque", "Enquêteur")
    assert statement.accepted["motif"].to_list() == ["proxénétisme", "autre"]
    assert "Enquêteur" not in statement.accepted.columns


def test_quoted_cells_hold_separators_quotes_and_lines(read: Read) -> None:
    text = (
        "no_session;date_session;titre;participant_nom;participant_prenom;organisation\r\n"
        'S-1;2017-01-01;"Repérer ; ""agir""\r\net suivre";Roy;Zoé;"autre : école;\nville"\r\n'
        'S-1;2017-01-01;"";"Côté";"Luc";CSMV\r\n'
    )
    statement = read("formations", text)
    assert statement.accepted.select("row", "organisation").rows() == [(2, "autre")]
    assert statement.refusals.select("row", "column", "code").rows() == [(3, "titre", "missing_value")]


def test_a_stray_quote_is_a_character(read: Read) -> None:
    text = (
        "no_session;date_session;titre;participant_nom;participant_prenom;organisation\n"
        'S-1;2017-01-01;Écran 5" neuf;Roy;Zoé;CSMV\n'
        'S-2;2017-01-01;Le "Sans P ni E";Roy;Zoé;CSMV\n'
        'S-3;2017-01-01;Un autre 7";Roy;Zoé;CSMV\n'
    )
    assert read("formations", text).accepted["row"].to_list() == [2, 3, 4]


def test_a_quote_never_closed_harms_its_own_row_alone(read: Read) -> None:
    text = (
        "no_session;date_session;titre;participant_nom;participant_prenom;organisation\n"
        'S-1;2017-01-01;"Repérer;Roy;Zoé;CSMV\n'
        'S-2;2017-01-01;"Agir";Roy;Zoé;CSMV\n'
        "S-3;2017-01-01;Suivre;Roy;Zoé;CSMV\n"
    )
    statement = read("formations", text)
    assert statement.rows == 3
    assert statement.accepted["row"].to_list() == [3, 4]
    assert set(statement.refusals["row"]) == {2}


def test_the_sheet_that_matches_is_read(read: Read, make: Make) -> None:
    legend = [["Légende", "motif"], ["F", "fille"]]
    empty = [HEADINGS]
    content = make["xlsx"]([], legend, empty, [["Titre"], *GRID], [["x"] * 20] * 30)
    assert outcome(read("arrestations", content, ".xlsx")) == tidy(3, 4)


def test_a_separator_inside_cells_does_not_mislead(read: Read, make: Make) -> None:
    grid = [["Arrestations, SPAL, Longueuil, 2010, a, b, c, d, e"], HEADINGS, FIRST, SECOND]
    assert outcome(read("arrestations", make["csv"](grid, ";"))) == tidy(3, 4)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"  \r\n;;;\r\n", b"\xef\xbb\xbf", "\u00a0;\u202f\n".encode()]
)
def test_a_blank_file_has_no_row_and_no_refusal(read: Read, content: bytes) -> None:
    statement = read("arrestations", content)
    assert (statement.rows, statement.file_refused) == (0, False)
    assert statement.refusals.is_empty()
    assert statement.accepted.is_empty()


def test_a_blank_sheet_has_no_row_and_no_refusal(read: Read, make: Make) -> None:
    for content in (make["xlsx"]([]), make["xlsx"]([["", " "]]), b""):
        statement = read("arrestations", content, ".xlsx")
        assert (statement.rows, statement.file_refused, statement.refusals.height) == (0, False, 0)


def test_headings_alone_are_no_row(read: Read, make: Make) -> None:
    statement = read("arrestations", make["csv"]([["Titre"], HEADINGS]))
    assert (statement.rows, statement.file_refused, statement.refusals.height) == (0, False, 0)


@pytest.mark.parametrize(
    "log", ["arrestations", "accusations", "jeunes_rencontres", "references", "echanges", "formations"]
)
def test_every_log_gives_the_same_columns_whatever_is_in_it(read: Read, make: Make, log: str) -> None:
    blank, full = read(log, b""), read(log, make["csv"](make["grid"](log, {})))
    assert full.accepted.height == 1
    assert blank.accepted.schema == full.accepted.schema
    assert blank.refused_keys.schema == full.refused_keys.schema
    assert blank.refusals.schema == full.refusals.schema


def test_headings_lower_than_anyone_puts_them(read: Read, make: Make) -> None:
    statement = read("arrestations", make["csv"]([["note"]] * 300 + GRID))
    assert (statement.rows, statement.file_refused) == (302, True)


def test_an_extra_heading_does_not_make_a_row_of_headings(read: Read, make: Make) -> None:
    grid = [HEADINGS, FIRST, ["E-2", "2010-03-13", "motif", "gang", "1991-06-01", "autre", "non"]]
    statement = read("arrestations", make["csv"](grid))
    assert statement.accepted["row"].to_list() == [2, 3]


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (99_999, 9_999)])
def test_a_stray_cell_in_the_last_corner_does_not_take_all_memory(
    read: Read, corner: tuple[int, int]
) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(*corner, "x")
    book.close()
    statement = read("arrestations", out.getvalue(), ".xlsx")
    assert statement.refusals["code"].to_list() == ["unreadable_file"]


def test_a_chart_among_the_sheets_is_passed_over(read: Read) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    drawn, sheet = book.add_chartsheet(), book.add_worksheet("Sheet1")
    drawn.set_chart(chart_of(book))
    for line, cells in enumerate(GRID):
        sheet.write_row(line, 0, cells)
    book.close()
    assert outcome(read("arrestations", out.getvalue(), ".xlsx")) == tidy()


def chart_of(book: Any) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
    return chart


def test_a_damaged_sheet_is_not_a_blank_one(read: Read, make: Make) -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(make["xlsx"](GRID))) as sound, zipfile.ZipFile(out, "w") as damaged:
        for name in sound.namelist():
            content = sound.read(name)
            damaged.writestr(name, content[: len(content) // 2] + b"<" if "sheet1" in name else content)
    statement = read("arrestations", out.getvalue(), ".xlsx")
    assert statement.refusals["code"].to_list() == ["unreadable_file"]


def test_more_titles_than_cells_and_separators_at_the_ends(read: Read) -> None:
    text = "Titre;;;;;;;;;;;;;\n" + "\n".join(";".join(row) + ";;" for row in GRID)
    assert outcome(read("arrestations", text)) == tidy(3, 4)


@pytest.mark.parametrize("line", ['"B;2010-03-12', 'B"C;"2010-03-12', '"B";2010-03-12"x'])
def test_a_stray_quote_among_many_lines_costs_its_own_row_alone(read: Read, make: Make, line: str) -> None:
    content = make["csv"](GRID).decode() + line + "\n" + make["csv"](GRID[1:]).decode().replace("E-", "F-")
    statement = read("arrestations", content)
    assert statement.accepted.height == 2 * (len(GRID) - 1)
    assert statement.refusals["row"].unique().to_list() == [len(GRID) + 1]


@pytest.mark.parametrize("cell", ["x" * (1 << 21), '"' + "x\n" * 40_000 + '"'])
def test_a_line_or_a_cell_without_end_is_no_row(read: Read, make: Make, cell: str) -> None:
    statement = read("arrestations", make["csv"](GRID).decode() + cell + "\n")
    assert statement.refusals["code"].to_list() == ["unreadable_file"]
