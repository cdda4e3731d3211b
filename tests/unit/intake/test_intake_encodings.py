"""What letters the bytes of a text are, judged over the whole file, and what is said of those lost."""

from collections.abc import Callable

import pytest

from bilan.contracts import CONTRACTS
from bilan.intake import Statement
from bilan.intake.delimited import read_delimited
from bilan.intake.encodings import LOST, decoded
from bilan.intake.grids import Grid, UnreadableFileError

Read = Callable[..., Statement]
HEADINGS = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif;remarque"
ROWS = ["EV-1;2010-01-14;Bélangère;Zoé;1980-02-04;autre;vu", "EV-2;2010-01-23;Côtée;Éloi;1980-03-05;autre;vu"]
TEXT = "\n".join([HEADINGS, *ROWS]) + "\n"
LAST = "EV-3;2010-02-01;Fictif;Carol;1980-04-06;autre;"


def grid(content: bytes) -> Grid:
    return read_delimited(content, CONTRACTS["arrestations"])


def names(content: bytes) -> list[str]:
    return grid(content).cells.to_series(2).to_list()[1:]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert names(TEXT.encode(encoding)) == ["Bélangère", "Côtée"]
    assert grid(TEXT.encode(encoding)).warnings == ()


def test_one_stray_byte_harms_its_own_cell_alone() -> None:
    read = grid(TEXT.encode() + LAST.encode() + b"arr\xeat\n")
    assert read.cells.to_series(2).to_list()[1:] == ["Bélangère", "Côtée", "Fictif"]
    assert read.cells.item(3, 6) == f"arr{LOST}t"
    assert [(warned.code, warned.row) for warned in read.warnings] == [("stray_bytes", 4)]


def test_several_stray_bytes_are_told_once() -> None:
    read = grid(TEXT.encode() + LAST.encode() + b"arr\xeat\n" + LAST.encode() + b"arr\xeat\n")
    assert [(warned.code, warned.row) for warned in read.warnings] == [("stray_bytes", None)]


def test_a_few_letters_of_two_bytes_do_not_make_a_text_of_one_byte_garbled() -> None:
    content = TEXT.encode("cp1252") + LAST.encode() + "vu à midi".encode() + b"\n"
    assert names(content) == ["Bélangère", "Côtée", "Fictif"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_letters_of_an_encoding_that_nobody_names_are_not_guessed(encoding: str) -> None:
    assert "Bélangère" not in names(TEXT.encode(encoding))
    assert decoded(b"\x81\x8d\x8f\x90\x9d") == 5 * LOST


@pytest.mark.parametrize(
    "heading",
    [
        "Numéro de l'événement".encode("mac_roman"),
        "Numéro événement".encode("cp850"),
        "Numéro de l'événement".encode().decode("cp1252").encode(),
        "Num\ufffdro \ufffdv\ufffdnement".encode(),
        "N° de l’événement".encode().decode("cp1252").encode(),
    ],
)
def test_garbled_headings_are_told_as_what_they_are(read: Read, heading: bytes) -> None:
    content = TEXT.encode().replace(b"no_evenement", heading, 1)
    with pytest.raises(UnreadableFileError) as caught:
        grid(content)
    assert caught.value.code == "garbled_headings"
    statement = read("arrestations", content)
    assert statement.refusals["code"].to_list() == ["garbled_headings"]
    assert "encodage" in statement.refusals["message"].item()


@pytest.mark.parametrize("heading", ["Enquêteur", "Enqu\ufffdteur", "Numéro événement", "Écrit"])
def test_other_headings_with_accents_are_not(heading: str) -> None:
    assert names(TEXT.replace("remarque", heading).encode()) == ["Bélangère", "Côtée"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a;b\n\x00;c\n", b"\x00\x01\x02"])
def test_bytes_that_are_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        grid(content)


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_letters_of_a_web_page_are_read_and_told(separator: str) -> None:
    text = (
        TEXT.replace(";", separator).replace("Bélangère", "B&eacute;lang&#232;re").replace("vu", "R&D & co")
    )
    read = grid(text.encode())
    assert read.cells.to_series(2).to_list()[1:] == ["Bélangère", "Côtée"]
    assert read.cells.to_series(6).to_list()[1:] == ["R&D & co", "R&D & co"]
    assert [(warned.code, warned.row) for warned in read.warnings] == [("html_entities", 2)]
    assert read.faults.is_empty()


def test_letters_of_a_web_page_break_a_row_whose_separator_they_hold() -> None:
    whole = TEXT.replace("Bélangère", "B&eacute;lang&egrave;re")
    short = "\n".join(line.removesuffix(";vu") for line in whole.replace("&egrave;re", "re").splitlines())
    for text in (whole, short):
        assert grid(text.encode()).faults.rows() == [(2, "too_many_cells")]
    assert grid(TEXT.replace("Côtée", '"C&ocirc;t&eacute;e"').encode()).faults.is_empty()
