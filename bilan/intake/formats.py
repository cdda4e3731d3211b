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
_MONTH = re.compile(r"[^dhsj]*m[^dhsj]*[ya][^dhsjm]*|[^dhsj]*[ya][^dhsj]*m[^dhsj]*", re.IGNORECASE)
_EXPONENT = re.compile(r"e[+-]", re.IGNORECASE)
_PADDED = re.compile(r"0{2,}")
_SCALED = re.compile(r"[0#?],+(?![0#?])")  # « #,##0, » shows thousands
_CUT = re.compile(r"[0#?]\s*[-/]\s*[0#?]")  # « 00-000 », « # ?/? »
_DIGITS = re.compile(r"[0#?@]|General|Standard", re.IGNORECASE)


class Shown(Enum):
    """How a format shows a number."""

    AS_STORED = auto()
    DATE = auto()
    MONTH = auto()  # a date without its day
    PERCENT = auto()
    PADDED = auto()  # with zeros before it, or with words around it
    SCIENTIFIC = auto()  # its first figures and an exponent
    OTHERWISE = auto()  # what it shows can't be told here


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
    positive = _IN_BRACKETS.sub("", code).split(";")[0]
    bare = _LITERAL.sub("", positive)
    letters = bare.replace("General", "").replace("Standard", "")
    if re.search("[dmyhsaj]", letters, re.IGNORECASE):
        return Shown.MONTH if _MONTH.fullmatch(letters) else Shown.DATE
    return _number_shown_by(positive, bare)


def _number_shown_by(positive: str, bare: str) -> Shown:
    if "%" in bare:
        return Shown.PERCENT
    if _EXPONENT.search(bare):
        return Shown.SCIENTIFIC
    if _SCALED.search(bare) or _CUT.search(bare) or not _DIGITS.search(bare):
        return Shown.OTHERWISE
    padded = _PADDED.fullmatch(_around(positive)[1])
    if padded or (_words(positive) and re.fullmatch("0+", bare.strip())):
        return Shown.PADDED
    return Shown.AS_STORED if _PLAIN.fullmatch(bare) else Shown.OTHERWISE


def as_shown(raw: str, number: int, code: str | None) -> str:
    """The text that a cell shows, or a trouble. `raw`: the number as the workbook stores it."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return trouble(SHOWN_OTHERWISE)
    match shown_by(number, code):
        case Shown.PERCENT:
            return f"{_shortest(value * 100)} %"
        case Shown.PADDED:
            return _padded(value, code or "")
        case Shown.SCIENTIFIC:
            return f"{float(value):.2E}"
        case Shown.OTHERWISE:
            return trouble(SHOWN_OTHERWISE)
        case _:
            return raw


def date_shown(raw: str, shown: Shown, *, since_1904: bool) -> str | None:
    """The text of a date that a workbook stores as a serial number; null where its reader gives the same.

    The first of a month that is shown without its day is the month that somebody typed. Readers misread
    days that begin in 1904.
    """
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=float(raw))
    except (ValueError, OverflowError):
        return trouble(SHOWN_OTHERWISE)
    if shown is Shown.MONTH and moment.day == 1:
        return stored(f"{moment:%Y-%m}")
    return f"{moment.replace(microsecond=0):%Y-%m-%d %H:%M:%S}" if since_1904 else None


def _padded(value: Decimal, code: str) -> str:
    before, digits, after = _around(_IN_BRACKETS.sub("", code).split(";")[0])
    if value < 0 or value != value.to_integral_value():
        return trouble(SHOWN_OTHERWISE)
    return f"{before}{int(value):0{len(digits)}d}{after}"


def _around(positive: str) -> tuple[str, str, str]:
    """The words before the digits of a format, its digits, and the words after them."""
    text = _LITERAL.sub(lambda found: found[1] or found[2] or "", positive)
    found = re.fullmatch(r"([^0#?]*)([0#?.,]*)([^0#?]*)", text)
    return (found[1], found[2], found[3]) if found else ("", "", "")


def _words(positive: str) -> bool:
    """Whether a format writes letters or figures of its own beside the number, other than a currency."""
    return any(re.search(r"[^\W_]", word or sign) for word, sign in _LITERAL.findall(positive))


def _shortest(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
