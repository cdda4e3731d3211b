"""Typographic rules of French and English, applied to every text of the document."""

import re
from datetime import date
from enum import StrEnum

from bilan.release.wording.periods import day_en, day_fr

NO_BREAK = "\u00a0"
NARROW = "\u202f"  # no-break too


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


def day(moment: date, language: Language) -> str:
    """« 1er mars 2011 » or "1 March 2011"; the day does not part from its month."""
    text = day_fr(moment) if language is Language.FR else day_en(moment)
    return text.replace(" ", NO_BREAK, 1)
