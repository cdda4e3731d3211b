"""Typographic rules of French and English, applied to every text and every number of the document."""

import re
from datetime import date
from enum import StrEnum

from bilan.release.labels import MONTHS as MONTHS_FR

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # no-break too
MINUS = "\u2212"
MONTHS = {
    "fr": MONTHS_FR,
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


class Language(StrEnum):
    """The languages of the document."""

    FR = "fr"
    EN = "en"


_FRENCH = (
    (re.compile(r"[ \u00a0\u202f]*([;!?])(?=\s|$|[»)\]])"), NARROW + r"\1"),
    (re.compile(r"[ \u00a0\u202f]+:(?=\s|$)"), NO_BREAK + ":"),
    (re.compile(r"[ \u00a0\u202f]+([%$])"), NO_BREAK + r"\1"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NO_BREAK),
    (re.compile(r"[ \u00a0\u202f]*»"), NO_BREAK + "»"),
    (re.compile(r"\bn° +"), "n°" + NO_BREAK),
)
_ENGLISH = ((re.compile(r"(\d)[ \u00a0\u202f]+%"), r"\1%"), (re.compile(r"\bNo\. +"), "No." + NO_BREAK))
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def typeset(text: str, language: Language) -> str:
    """The same words with that language's spaces, quotation marks and apostrophes. Idempotent."""
    text = _BETWEEN_DIGITS.sub(NO_BREAK, _APOSTROPHE.sub("’", text))
    for pattern, replacement in _FRENCH if language is Language.FR else _ENGLISH:
        text = pattern.sub(replacement, text)
    return text


def number(value: float, language: Language, decimals: int = 0) -> str:
    """« 1 234,5 » or "1,234.5"; decimals that are all zero are left out."""
    text = f"{abs(value):,.{decimals}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction if fraction.strip("0") else ""
    thousands, point = (NO_BREAK, ",") if language is Language.FR else (",", ".")
    shown = whole.replace(",", thousands) + (point + fraction if fraction else "")
    return f"{MINUS}{shown}" if value < 0 and shown.strip("0,.") else shown


def percent(share: float, language: Language) -> str:
    """« 88,5 % » or "88.5%" of a fraction."""
    space = NO_BREAK if language is Language.FR else ""
    return f"{number(100 * share, language, 1)}{space}%"


def dollars(amount: float, language: Language) -> str:
    """« 45 000 $ » or "$45,000"."""
    shown = number(amount, language)
    return f"{shown}{NO_BREAK}$" if language is Language.FR else f"${shown}"


def day(moment: date, language: Language) -> str:
    """« 1er mars 2011 » or "1 March 2011"."""
    name = MONTHS[language][moment.month - 1]
    first = "1er" if moment.day == 1 and language is Language.FR else str(moment.day)
    return f"{first}{NO_BREAK}{name} {moment.year}"
