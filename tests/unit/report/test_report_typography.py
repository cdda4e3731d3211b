"""Spaces, numbers and dates as each language writes them."""

from datetime import date

import pytest

from bilan.report.typography import Language, day, dollars, number, percent, typeset

FR, EN = Language.FR, Language.EN
NB, NARROW, MINUS = "\u00a0", "\u202f", "\u2212"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui ? Quoi !", f"Qui{NARROW}? Quoi{NARROW}!"),
        ("Qui?", f"Qui{NARROW}?"),
        ("un ; deux : trois", f"un{NARROW}; deux{NB}: trois"),
        ("il a dit « oui »", f"il a dit «{NB}oui{NB}»"),
        ("95 % de 45 000 $", f"95{NB}% de 45{NB}000{NB}$"),
        ("l'issue d'avant", "l’issue d’avant"),
        ("publication n° 7", f"publication n°{NB}7"),
        ("à 9:30, voir http://x", "à 9:30, voir http://x"),
    ],
)
def test_french_spaces_do_not_break(typed: str, printed: str) -> None:
    assert typeset(typed, FR) == printed
    assert typeset(printed, FR) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Who? What!", "Who? What!"),
        ("a 95 % interval", "a 95% interval"),
        ("one; two: three", "one; two: three"),
    ],
)
def test_english_has_no_such_spaces(typed: str, printed: str) -> None:
    assert typeset(typed, EN) == printed


def test_numbers_are_written_as_each_language_does() -> None:
    assert number(1234.5, FR, 1) == f"1{NB}234,5"
    assert number(1234.5, EN, 1) == "1,234.5"
    assert number(12.04, FR, 1) == "12"
    assert number(-1.5, FR, 1) == f"{MINUS}1,5"
    assert number(-0.01, FR, 1) == "0"
    assert (percent(0.885, FR), percent(0.885, EN)) == (f"88,5{NB}%", "88.5%")
    assert (dollars(45000, FR), dollars(45000, EN)) == (f"45{NB}000{NB}$", "$45,000")


def test_dates_are_written_out() -> None:
    assert day(date(2011, 3, 1), FR) == f"1er{NB}mars 2011"
    assert day(date(2011, 3, 8), EN) == f"8{NB}March 2011"
