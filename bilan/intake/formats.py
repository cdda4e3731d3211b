"""What a workbook shows of a number: its format may make a date, a percentage or « 017 » of it."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import cache

from bilan.intake.troubles import SHOWN_OTHERWISE, stored, trouble

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_IN_BRACKETS = re.compile(r"\[[^]]*]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
# digits, separators of thousands and decimals, signs, currencies, the format of texts
_PLAIN = re.compile(r"(?:General|Standard|[#0?.,\s()+\-$€£%/@])*", re.IGNORECASE)
_WHOLE = re.compile(r"\s*(?:0+|#*0?|General|Standard|@)\s*", re.IGNORECASE)
_PADDED = re.compile(r"\s*0{2,}\s*")
_SCALED = re.compile(r"[0#?],+(?![0#?])")  # « #,##0, » shows thousands
_CUT = re.compile(r"[0#?]\s*[-/]\s*[0#?]")  # « 00-000 », « # ?/? »
_DIGITS = re.compile(r"[0#?@]|General|Standard", re.IGNORECASE)
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
_YEAR = re.compile(r"[^dhsjm]*[ya][^dhsjm]*", re.IGNORECASE)
_MONTH = re.compile(r"[^dhsj]*m[^dhsj]*[ya][^dhsjm]*|[^dhsj]*[ya][^dhsj]*m[^dhsj]*", re.IGNORECASE)
_CURRENCY = re.compile(r"CAD|USD|EUR|US|CA")
_SYMBOL = re.compile(r"\[\$([^\]-]*)")
_CONDITION = re.compile(r"\[[<>=]")  # « [<1000]0;#,##0, » shows two numbers in two ways
_SAYS_NOTHING = r"[\s$€£().,'\-]"
_OF_DATES = frozenset({"le", "de", "du", "d", "à", "h", "t", "z"})


class Shown(Enum):
    """How a format shows a number."""

    AS_STORED = auto()
    DATE = auto()
    MONTH = auto()  # a date without its day
    YEAR = auto()  # a date without its month
    PERCENT = auto()
    PADDED = auto()  # with zeros before it, or with words around it
    SCIENTIFIC = auto()  # its first figures and an exponent
    UNLESS_ZERO = auto()  # as stored, but for zero, of which it hides or words something
    OTHERWISE = auto()  # what it shows can't be told here


_FORMS = {Shown.MONTH: "%Y-%m", Shown.YEAR: "%Y"}
_BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), Shown.DATE),
    17: Shown.MONTH,
    **dict.fromkeys((9, 10), Shown.PERCENT),
    **dict.fromkeys((11, 48), Shown.SCIENTIFIC),
}


@cache
def shown_by(number: int, code: str | None) -> Shown:
    """How a format shows numbers, from its number in the workbook and, unless built in, its code."""
    if code is None:
        return _BUILT_IN.get(number, Shown.AS_STORED)
    if _CONDITION.search(code) or any(_letters(symbol) for symbol in _SYMBOL.findall(code)):
        return Shown.OTHERWISE
    before, digits, after = _pieces(code)
    letters = digits.replace("General", "").replace("Standard", "")
    if re.search("[dmyhsaj]", letters, re.IGNORECASE):
        return _date_shown_by(letters, f"{before} {after}")
    shown = _number_shown_by(digits, before + after)
    return Shown.UNLESS_ZERO if shown is Shown.AS_STORED and _words_zero(code) else shown


def _date_shown_by(letters: str, words: str) -> Shown:
    if {*re.findall(r"[^\W\d_]+", words.casefold())} - _OF_DATES or re.search(r"[\d?~<>]", words):
        return Shown.OTHERWISE
    if _YEAR.fullmatch(letters):
        return Shown.YEAR
    return Shown.MONTH if _MONTH.fullmatch(letters) else Shown.DATE


def _number_shown_by(digits: str, words: str) -> Shown:
    if _EXPONENT.search(digits):
        return Shown.SCIENTIFIC
    if _SCALED.search(digits) or _CUT.search(digits) or not _DIGITS.search(digits):
        return Shown.OTHERWISE
    if _letters(words) or _PADDED.fullmatch(digits):
        return Shown.PADDED if _WHOLE.fullmatch(digits) else Shown.OTHERWISE
    if "%" in digits:
        return Shown.PERCENT
    return Shown.AS_STORED if _PLAIN.fullmatch(digits) else Shown.OTHERWISE


def _letters(words: str) -> bool:
    """Whether words beside a number say anything of it, other than a currency."""
    return bool(re.sub(_SAYS_NOTHING, "", _CURRENCY.sub("", words)))


def _words_zero(code: str) -> bool:
    """Whether a format hides zero, or has a word for it; a dash is none."""
    of_zero = _IN_BRACKETS.sub("", code).split(";")[2:3]
    worded = [one for one in of_zero if not one.strip() or re.search(r"[^\W_]", one)]
    return any(not _DIGITS.search(_LITERAL.sub("", one)) for one in worded)


def as_shown(raw: str, number: int, code: str | None) -> str:
    """The text that a cell shows, or a trouble. `raw`: the number as the workbook stores it."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return trouble(SHOWN_OTHERWISE)
    shown = shown_by(number, code)
    if shown is Shown.OTHERWISE or (shown is Shown.UNLESS_ZERO and not value):
        return trouble(SHOWN_OTHERWISE)
    match shown:
        case Shown.PERCENT:
            return f"{_shortest(value * 100)} %"
        case Shown.PADDED:
            return _padded(value, code or "")
        case Shown.SCIENTIFIC:
            return f"{float(value):.2E}"
        case _:
            return raw


def date_shown(raw: str, shown: Shown, *, since_1904: bool) -> str | None:
    """The text of a date that a workbook stores as a serial number; null where its reader gives the same.

    The first day of a month that is shown without its day is the month that somebody typed, of a year
    likewise. Readers misread days that begin in 1904.
    """
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=float(raw))
    except (ValueError, OverflowError):
        return trouble(SHOWN_OTHERWISE)
    if shown in _FORMS and moment.day == 1 and (shown is Shown.MONTH or moment.month == 1):
        return stored(f"{moment:{_FORMS[shown]}}")
    return f"{moment.replace(microsecond=0):%Y-%m-%d %H:%M:%S}" if since_1904 else None


def _padded(value: Decimal, code: str) -> str:
    before, digits, after = _pieces(code)
    if value < 0 or value != value.to_integral_value():
        return trouble(SHOWN_OTHERWISE)
    return f"{before}{int(value):0{digits.count('0')}d}{after}"


def _pieces(code: str) -> tuple[str, str, str]:
    """Of a format for what is above zero: the words before its digits, its digits, all other words."""
    positive = _IN_BRACKETS.sub("", code).split(";")[0]
    before, digits, after, end = "", "", "", 0
    for literal in _LITERAL.finditer(positive):
        digits += positive[end : literal.start()]
        word, end = literal[1] or literal[2] or "", literal.end()
        before, after = (before, after + word) if digits.strip() else (before + word, after)
    return before, digits + positive[end:], after


def _shortest(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
