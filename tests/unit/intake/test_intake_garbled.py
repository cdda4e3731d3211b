"""Letters that a wrong encoding made are told from letters that somebody has in a name."""

from collections.abc import Callable

import polars as pl
import pytest

from bilan.contracts import CONTRACTS, Kind
from bilan.intake import Reference, Statement
from bilan.intake.cells import fault
from bilan.intake.text import garbled
from tests.unit.intake.one_column import read_column

NAMES = (
    *(
        "Noël",
        "Élodie",
        "Éric",
        "Lefèvre",
        "Côté",
        "Gagné",
        "Françoise",
        "Hélène",
        "Désirée",
        "Lebœuf",
        "Zoë",
    ),
    *(
        "L’Écuyer",
        "Bélanger",
        "Ève",
        "Jérôme",
        "Îlot",
        "Maëva",
        "Gaëlle",
        "Benoît",
        "Août",
        "Thérèse",
        "Œuvrard",
    ),
)
SOUND = (
    *("Žižek", "Šimić", "ŽIŽEK", "KOŠ", "Ngô", "Zoë", "O’Neil", "O‘Neil", "Œuvrard", "Ó Briain", "Ó", "Åse"),
    *("Ångström", "Łukasz", "Đặng", "Nguyễn", "Ñáñez", "JOÃO", "São", "Ângela", "ÂNGELA", "Château", "PÕLD"),
    *("Jean-Žiga", "D’Šimić", "Müller", "MÜLLER", "Ünal", "Işık", "Dvořák", "Ōno", "Ïda", "NOËL", "McÉwan"),
    *("Pâquet–Roy", "Émile “Mimi” Roy", "A&B", "l’été…", "Ça", "Ægir", "Þór", "ßen", "Étienne", "l‘Heureux"),
    *("Ivanović", "Škoda", "Čapek", "İnci", "Õun", "Ãna", "Lê", "Hồ", "Đỗ", "ASSUNÇÃO", "Mae’n", "N°5"),
)


def is_garbled(texts: list[str]) -> list[bool]:
    return pl.DataFrame({"text": texts}).select(garbled(pl.col("text"))).to_series().to_list()


def misread(name: str, written: str, read: str) -> str | None:
    """A name whose bytes are read in another encoding; None where that can't be, or changes nothing."""
    try:
        other = name.encode(written).decode(read)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return other.strip() if other != name else None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "mac_roman"),
        ("utf-8", "cp850"),
        ("utf-8", "cp437"),
    ],
)
def test_bytes_of_utf8_read_otherwise_are_seen(written: str, read: str) -> None:
    others = [other for name in NAMES if (other := misread(name, written, read))]
    assert len(others) > len(NAMES) / 2
    assert [other for other, seen in zip(others, is_garbled(others), strict=True) if not seen] == []


@pytest.mark.parametrize(
    "text", ["AndrŽ", "ƒtienne", "HŽlne", "Lef‚vre", "AndrŠ", "B‚langer", "No‘l", "LÕHeureux", "sÏur"]
)
def test_a_byte_of_another_machine_is_seen(text: str) -> None:
    assert is_garbled([text]) == [True]


@pytest.mark.parametrize("text", ["Andr\ufffd", "Andr&eacute;", "Andr&#233;", "Andr\x8e", "l\x92Heureux"])
def test_a_letter_that_was_lost_is_seen(text: str) -> None:
    assert is_garbled([text]) == [True]


def test_letters_that_people_have_are_sound() -> None:
    assert [text for text, seen in zip(SOUND, is_garbled(list(SOUND)), strict=True) if seen] == []
    assert is_garbled(list(NAMES)) == [False] * len(NAMES)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FREE_TEXT])
def test_a_garbled_cell_is_refused_whatever_its_kind(reference: Reference, kind: Kind) -> None:
    columns = {column.kind: column for contract in CONTRACTS.values() for column in contract.columns}
    column = columns[kind]
    assert read_column(["prÃ©sence"], column, reference)[fault(column.name)].to_list() == ["garbled_text"]


def test_a_question_mark_in_a_name_is_a_lost_letter(sent: Callable[..., Statement]) -> None:
    statement = sent("arrestations", {"suspect_nom": "B?langer", "suspect_prenom": "Andr?"})
    assert statement.refusals["code"].to_list() == ["garbled_text"] * 2
    assert statement.refused_keys["key_readable"].to_list() == [False]


def test_free_text_may_be_garbled(sent: Callable[..., Statement]) -> None:
    assert sent("formations", {"titre": "RepÃ©rer"}).refusals.is_empty()


ODD = ["Lavoie 2", "Roy ?", "X", "C%C3%B4t%C3%A9", "Fran_ois", "Lav\u043eie"]
ODD += ["Roy / Gagnon", "Roy ou Gagnon", "Lavoie (voir Roy)", "M. Lavoie", "Lavoie*", "Lavoie, Marc"]
ORDINARY = "L\u2019Écuyer", "St-Onge", "Đặng", "Roy jr.", "O'Neil", "Étoile", "De la Tour"


@pytest.mark.parametrize("name", ODD)
def test_a_name_with_odd_letters_is_read_and_told(sent: Callable[..., Statement], name: str) -> None:
    statement = sent("arrestations", {"suspect_nom": name}, {"suspect_prenom": "Éva"})
    assert (statement.accepted.height, statement.refusals.height) == (2, 0)
    [warning] = statement.warnings
    assert (warning.code, warning.row, warning.column) == ("odd_letters", 2, "suspect_nom")
    assert name not in warning.message


def test_odd_letters_are_told_once_for_a_column(sent: Callable[..., Statement]) -> None:
    rows = [{"no_evenement": f"\u0415-{number}", "suspect_nom": name} for number, name in enumerate(ODD)]
    places = [(one.column, one.row) for one in sent("arrestations", *rows).warnings]
    assert places == [("no_evenement", None), ("suspect_nom", None)]


@pytest.mark.parametrize("name", ORDINARY)
def test_names_that_people_have_are_told_nothing(sent: Callable[..., Statement], name: str) -> None:
    assert sent("arrestations", {"suspect_nom": name}).warnings == ()


@pytest.mark.parametrize("number", ["SPNE-058ÊB", "1001 et 1002", "1001 (suite)", "1001*"])
def test_a_number_with_odd_letters_is_read_and_told(sent: Callable[..., Statement], number: str) -> None:
    statement = sent("arrestations", {"no_evenement": number})
    assert (statement.accepted.height, statement.refusals.height) == (1, 0)
    assert [(one.code, one.column) for one in statement.warnings] == [("odd_letters", "no_evenement")]


def test_what_garbled_two_rows_garbled_the_others(sent: Callable[..., Statement]) -> None:
    """A page of DOS read as Windows: « Marie-Ève » is « Marie-Ôve », which somebody could be called."""
    named = [{"suspect_prenom": name} for name in ("H‚lŠne", "Ma‹ka", "Marie-Ôve", "Maude")]
    statement = sent("arrestations", *named)
    assert statement.refusals.select("row", "code").rows() == [(row, "garbled_text") for row in (2, 3, 4)]
    assert statement.accepted["row"].to_list() == [5]


def test_two_garbled_names_say_nothing_of_many_sound_ones(sent: Callable[..., Statement]) -> None:
    sound = [{"suspect_prenom": f"Éli{letter}"} for letter in "abcdefg"]
    statement = sent("arrestations", {"suspect_prenom": "H‚lŠne"}, {"suspect_prenom": "Ma‹ka"}, *sound)
    assert statement.accepted.height == len(sound)
