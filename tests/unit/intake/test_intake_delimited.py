"""CSV text as people and programs write it: each row is read as it was meant, or told with its number."""

from collections.abc import Callable
from typing import Any

import pytest

from bilan.contracts import CONTRACTS
from bilan.intake import Statement
from bilan.intake.delimited import read_delimited

Make = dict[str, Callable[..., Any]]
Told = list[tuple[int, str]]
FORMATIONS = "no_session;date_session;titre;participant_nom;participant_prenom;organisation"
LONGER = FORMATIONS + ";theme;remarque"
REFERENCES = "no_reference,date_reference,de,vers,jeune_ref,decision,motif"
MONEY = "no_subvention,date_octroi,bailleur,volet,periode_debut,periode_fin,montant"
OPERATIONS = "no_operation;date_operation;type;remarque;lieu;territoire"


def session(number: int, title: str = "Atelier") -> str:
    return f"S-{number};2018-03-0{number};{title};Fictif;Carol;VILLE"


def faults(log: str, text: str | bytes) -> Told:
    grid = read_delimited(text.encode() if isinstance(text, str) else text, CONTRACTS[log])
    found: Told = grid.faults.rows()
    return found


def rows(log: str, text: str | bytes) -> list[tuple[Any, ...]]:
    content = text.encode() if isinstance(text, str) else text
    return read_delimited(content, CONTRACTS[log]).cells.rows()


def lines(*texts: str) -> str:
    return "\n".join(texts) + "\n"


UNQUOTED = {
    "in the last cell": (
        "references",
        REFERENCES,
        "R-1,2010-03-02,CJM,SPAL,J-1,acceptée,hébergement, scolaire",
    ),
    "decimals": ("financements", MONEY, "G-1,2010-05-01,PAFARC,coordination,2010-04-01,2011-03-31,12500,75"),
    "thousands": ("financements", MONEY, "G-1,2010-05-01,PAFARC,activités,2010-04-01,2011-03-31,10,000"),
    "before a blank cell": (
        "references",
        REFERENCES + ",territoire",
        "R-1,2010-03-02,CJM,SPAL,J-1,acceptée,hébergement, scolaire,",
    ),
    "early": ("references", REFERENCES, "R-1,2010-03-02,CJM,SPAL,J,1,acceptée,"),
}
GOOD = {
    "references": "R-2,2010-03-03,CJM,SPAL,J-2,acceptée,scolaire",
    "financements": "G-2,2010-05-01,PAFARC,activités,2010-04-01,2011-03-31,5000",
}


@pytest.mark.parametrize("case", UNQUOTED)
def test_a_separator_without_quotes_is_told(case: str) -> None:
    log, headings, row = UNQUOTED[case]
    assert faults(log, lines(headings, GOOD[log], row, GOOD[log])) == [(3, "too_many_cells")]
    assert faults(log, lines(headings, row)) == [(2, "too_many_cells")]
    assert faults(log, lines(headings, GOOD[log])) == []


@pytest.mark.parametrize("cell", ["12500,75", "300, 50"])
def test_a_comma_in_every_row_is_no_habit_of_ending_rows(cell: str) -> None:
    row = f"G-1,2010-05-01,PAFARC,activités,2010-04-01,2011-03-31,{cell},"
    found = faults("financements", lines(MONEY + ",remarque", row, row, row))
    assert found == [(number, "too_many_cells") for number in (2, 3, 4)]


def test_rows_that_all_end_in_a_separator_are_read() -> None:
    ended = [session(number) + ";" for number in range(1, 5)]
    assert faults("formations", lines(FORMATIONS, *ended)) == []
    assert faults(
        "formations", lines(FORMATIONS, *ended, session(5, "Agir; deux"), session(6, "a;b") + ";")
    ) == [
        (6, "too_many_cells"),
        (7, "too_many_cells"),
    ]


def test_blank_rows_and_what_is_above_the_headings_may_be_wider() -> None:
    text = lines("Titre;;;;;;;;;;;;", FORMATIONS, session(1), ";;;;;;;;;;;;", session(2), ";;;", "")
    assert faults("formations", text) == []


BROKEN = {
    "in a remark": (["S-2;2018-03-02;Atelier;Fictif;Carol;VILLE;gang;vu", "hier;Longueuil"], [3, 4]),
    "in a title": (["S-2;2018-03-02;Atelier du", "printemps;Fictif;Carol;VILLE;gang;vu;Longueuil"], [3, 4]),
    "twice": (["S-2;2018-03-02;Atelier;Fictif;Carol;VILLE;gang;vu", "ou", "non;Longueuil"], [3, 4, 5]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_line_broken_inside_a_cell_is_told_on_all_its_pieces(case: str) -> None:
    pieces, numbers = BROKEN[case]
    whole = session(1) + ";gang;vu;Longueuil"
    headings = LONGER + ";territoire"
    broken = [(number, "broken_line") for number in numbers]
    assert faults("formations", lines(headings, whole, *pieces, whole)) == broken
    assert faults("formations", lines(headings, *pieces)) == [(number - 1, code) for number, code in broken]


def test_rows_that_stop_early_and_totals_are_no_broken_lines() -> None:
    short = [session(number) for number in range(1, 5)]
    text = lines(LONGER, *short, short[0] + ";gang", "Total;2", "Note;x", short[1])
    assert faults("formations", text) == []


def test_two_stray_quotes_cost_the_lines_between_them() -> None:
    text = lines(
        FORMATIONS,
        session(1),
        session(2, '"Atelier du printemps'),
        session(3),
        session(4),
        session(5, 'La « boîte » de 12"'),
        session(6),
    )
    assert faults("formations", text) == [(number, "swallowed_lines") for number in (3, 4, 5, 6)]
    assert [row[0] for row in rows("formations", text)][1:] == [f"S-{number}" for number in range(1, 7)]


STRAY = {
    "the same column": (session(2, '"Atelier'), session(3, 'Boîte de 12"')),
    "a later column": (session(2, '"Atelier'), session(3).replace("Carol", 'Carol"')),
    "an earlier column": (session(2, '"Atelier'), session(3).replace("S-3", 'S-3"')),
    "the first column": (session(2).replace("S-2", '"S-2'), session(3).replace("S-3", 'S-3"')),
    "the last column": (session(2).replace("VILLE", '"VILLE'), session(3).replace("S-3", 'S-3"')),
}


@pytest.mark.parametrize("case", STRAY)
def test_wherever_a_quote_opens_and_closes(case: str) -> None:
    text = lines(FORMATIONS, session(1), *STRAY[case], session(4))
    assert faults("formations", text) == [(3, "swallowed_lines"), (4, "swallowed_lines")]
    assert [row[0] for row in rows("formations", text)] == ["no_session", "S-1", "S-2", "S-3", "S-4"]


def test_quotes_around_two_cells_of_a_row_are_told() -> None:
    whole = session(1) + ";gang;vu"
    for row in (
        'S-2;2018-03-02;"Atelier;Fictif";Carol;VILLE;CSMV;',
        'S-2;2018-03-02;"Atelier;Fictif;Carol;VILLE',
    ):
        assert faults("formations", lines(LONGER, whole, row, whole)) == [(3, "swallowed_lines")]


def test_a_cell_that_goes_over_lines_is_read_as_its_writer_meant() -> None:
    remark = (
        '"Vue hier, avec sa mère, puis, le soir,\nau CAVAC, à Longueuil, comme dit,\nrien, voilà, de plus"'
    )
    row = f"R-1,2010-03-02,CJM,SPAL,J-1,acceptée,{remark}"
    text = lines(REFERENCES.replace("motif", "remarque"), row, GOOD["references"])
    assert faults("references", text) == []
    assert [read[0] for read in rows("references", text)] == ["no_reference", "R-1", "R-2"]
    damaged = text.replace("scolaire", '5" de "neige"')
    assert faults("references", damaged) == []
    assert [read[0] for read in rows("references", damaged)] == ["no_reference", "R-1", "R-2"]


@pytest.mark.parametrize("mark", ["\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\r\r\n", "\n\r", "\r\n"])
@pytest.mark.parametrize("where", ["everywhere", "after the headings", "between rows"])
def test_whatever_ends_lines(mark: str, where: str) -> None:
    texts = [FORMATIONS + ";remarque", *(session(number) + ";vu" for number in range(1, 5))]
    marks = {"everywhere": [mark] * 5, "after the headings": [mark, *["\r\n"] * 4]}
    ends = marks.get(where, ["\n", mark, "\n", mark, "\n"])
    text = "".join(line + end for line, end in zip(texts, ends, strict=True))
    kept = [row for row in rows("formations", text) if row[0]]
    assert kept == [tuple(line.split(";")) for line in texts]
    assert faults("formations", text) == []


@pytest.mark.parametrize("mark", ["\r", "\v", "\u2028"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_break_inside_a_cell_is_a_space(mark: str, quote: str) -> None:
    headings = FORMATIONS.replace("date_session", f"{quote}date{mark}session{quote}")
    text = lines(headings + ";remarque", session(1) + f";{quote}vu{mark}hier{quote}", session(2) + ";vu")
    assert rows("formations", text)[1][6].split() == ["vu", "hier"]
    assert [row[0] for row in rows("formations", text)] == ["no_session", "S-1", "S-2"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators(separator: str) -> None:
    text = lines(FORMATIONS, session(1), session(2)).replace(";", separator)
    assert rows("formations", text) == [
        tuple(line.split(";")) for line in (FORMATIONS, session(1), session(2))
    ]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=^", "sep=\t"])
def test_the_separator_that_a_first_line_declares(line: str) -> None:
    separator = line.strip('"')[-1]
    text = lines(line, FORMATIONS.replace(";", separator), session(1).replace(";", separator))
    assert rows("formations", text) == [
        (None,) * 6,
        tuple(FORMATIONS.split(";")),
        tuple(session(1).split(";")),
    ]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("S-2;2018-03-02;Ate", [("cut_short", 3)]),
        ("\nS-2;2018-03-02;Ate", [("cut_short", 4)]),  # a blank line is no row
        ("S-2;2018-03-02;Ate\n", []),  # whoever ends a line meant it so
        (session(2), []),
        (session(2)[:-2], []),  # a letter of a cell may lack: nobody can know
    ],
)
def test_a_file_that_ends_in_the_middle_of_a_line_is_told(
    last: str, expected: list[tuple[str, int | None]]
) -> None:
    grid = read_delimited(f"{FORMATIONS}\n{session(1)}\n{last}".encode(), CONTRACTS["formations"])
    assert [(one.code, one.row) for one in grid.warnings] == expected


def test_the_mark_of_a_second_file_joined_to_the_first_hides_no_quotes() -> None:
    text = f'{FORMATIONS}\n"S-1";"2017-02-10"\n\ufeff"S-2";"2017-02-11"\n'
    assert read_delimited(text.encode(), CONTRACTS["formations"]).cells["1"].to_list()[1:] == ["S-1", "S-2"]


def test_a_stray_quote_hides_no_line_that_ends_as_few_do() -> None:
    text = f'{FORMATIONS}\n{session(1)}\n{session(2)};"vu\r{session(3)};vu\n{session(4)}\n'
    grid = read_delimited(text.encode(), CONTRACTS["formations"])
    assert grid.cells["1"].to_list()[1:] == ["S-1", "S-2", "S-3", "S-4"]


def test_a_row_of_another_program_after_a_lone_return_is_no_part_of_a_remark(
    read: Callable[..., Statement],
) -> None:
    """Nor is it a number alone, as lines that were numbered in advance are."""
    others = [session(number).replace(";", ",") for number in (3, 4, 5)]
    text = f"{FORMATIONS};remarque\n{session(1)};vu\n{session(2)};vu\r{others[0]}\n{others[1]}\n{others[2]}\n"
    statement = read("formations", text.encode())
    assert statement.accepted["row"].to_list() == [2, 3]
    assert {*statement.refusals["row"]} == {4, 5, 6}
