"""Spaces and dates as each language writes them."""

from datetime import date

import pytest

from bilan.report.typography import Language, day, typeset

FR, EN = Language.FR, Language.EN
NB, NARROW = "\u00a0", "\u202f"


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


def test_dates_are_written_out() -> None:
    assert day(date(2011, 3, 1), FR) == f"1er{NB}mars 2011"
    assert day(date(2011, 3, 8), EN) == f"8{NB}March 2011"
