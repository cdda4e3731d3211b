"""How one cell is typed in a given style: the same value, in one of the many ways that people write it."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bilan.contracts import Column, Kind
from bilan.samples.draw import Draw
from bilan.samples.facts import Day, Value
from bilan.samples.people import LIGATURES
from bilan.samples.untidy import XLSX, Style

Cell = str | int | float | bool | date | None

NBSP = "\u00a0"
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]
EPOCH = date(1899, 12, 30).toordinal()  # day 0 of a spreadsheet's calendar
OTHERS = ("Maison l'Escale", "CALACS", "médecin de famille", "Auberge du cœur", "ligne d'aide")
BOOLEANS = {
    "oui": ("oui", "non"),
    "OUI": ("OUI", "Non"),
    "o": ("o", "n"),
    "x": ("x", "non"),
    "1": ("1", "0"),
    "vrai": ("vrai", "FAUX"),
}


def unaccented(text: str) -> str:
    """The same text without accents or ligatures."""
    decomposed = unicodedata.normalize("NFD", text.translate(LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def spell(style: Style, draw: Draw, column: Column, value: Value) -> Cell:
    """A cell as that style types it; None stays an empty cell."""
    if value is None or (style.defaults_left_blank and _is_default(column, value) and draw.chance(0.6)):
        return None
    if column.kind is Kind.YES_NO_UNKNOWN:
        return _boolean(style, value)
    match value:
        case Day():
            cell = spell_day(style, draw, value)
        case bool():
            cell = _boolean(style, value)
        case Decimal():
            cell = _decimal(style, value)
        case int():
            cell = _integer(style, value)
        case tuple():
            cell = style.separator.join(_word(style, draw, word) for word in draw.sample(value, len(value)))
        case str():
            cell = _text(style, draw, column, value)
    return cell


def _is_default(column: Column, value: Value) -> bool:
    """Whether an empty cell says the same."""
    return str(value) == (column.default or ("Longueuil" if column.name == "territoire" else None))


def spell_day(style: Style, draw: Draw, value: Day) -> Cell:
    """A date as that style types it, no more precise than it is known."""
    if value.precision == "month":
        return draw.choice(
            (
                f"{MONTHS[value.first.month - 1]} {value.first.year}",
                f"{value.first:%Y-%m}",
                f"{value.first:%m/%Y}",
            )
        )
    if value.precision == "year":
        return value.first.year if style.suffix == XLSX else str(value.first.year)
    form = draw.choice(("iso", "slash", "words", "serial")) if style.dates == "mixed" else style.dates
    return DAYS[form](style, value.first)


def _in_words(months: list[str], day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def _serial(style: Style, day: date) -> Cell:
    serial = day.toordinal() - EPOCH
    return serial if style.suffix == XLSX else str(serial)


DAYS: dict[str, Callable[[Style, date], Cell]] = {
    "real": lambda _style, day: day,
    "iso": lambda _style, day: day.isoformat(),
    "slash": lambda _style, day: f"{day:%d/%m/%Y}",
    "dash": lambda _style, day: f"{day:%d-%m-%Y}",
    "dot": lambda _style, day: f"{day:%d.%m.%Y}",
    "words": lambda _style, day: _in_words(MONTHS, day),
    "short": lambda _style, day: _in_words(SHORT_MONTHS, day),
    "timed": lambda _style, day: f"{day.isoformat()} 00:00:00",
    "serial": _serial,
}


def _boolean(style: Style, value: Value) -> Cell:
    """Yes, no or unknown; `inconnu` has one spelling, give or take its case."""
    if value == "inconnu":
        return "Inconnu" if style.words == "capital" else "inconnu"
    yes = value in (True, "oui")
    if style.booleans == "typed":
        return yes
    return BOOLEANS[style.booleans][0 if yes else 1]


def _decimal(style: Style, value: Decimal) -> Cell:
    if style.decimals == "typed":
        return float(value)
    text = f"{value:.1f}" if value % 1 else f"{value:.0f}"
    return text.replace(".", ",") if style.decimals == "comma" else text


def _integer(style: Style, value: int) -> Cell:
    if style.integers == "typed":
        return value
    return f"{value},0" if style.integers == "comma" else str(value)


def _text(style: Style, draw: Draw, column: Column, text: str) -> Cell:
    if column.kind is Kind.NAME:
        return _name(style, draw, text)
    if column.kind in (Kind.NUMBER, Kind.REFERENCE):
        return _number(style, text)
    if column.kind in (Kind.CHOICE, Kind.PARTNER):
        return _word(style, draw, text)
    return text


def _number(style: Style, text: str) -> Cell:
    """A file's or event's number: its case and the spaces around it say nothing."""
    if style.numbers == "typed" and text.isdigit():
        return int(text)
    if style.numbers == "lower":
        return text.lower()
    return f" {text}{NBSP if style.nbsp else ' '}" if style.numbers == "padded" else text


def _word(style: Style, draw: Draw, text: str) -> str:
    """One value of a closed list; `autre` often comes with words of its own."""
    if text == "autre" and draw.chance(0.7):
        text = f"autre : {draw.choice(OTHERS)}"
    spelled = WORDS[style.words](text)
    return spelled.replace(" ", NBSP) if style.nbsp and draw.chance(0.3) else spelled


WORDS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "upper": str.upper,
    "bare": lambda text: unaccented(text).lower(),
    "capital": lambda text: f"{text[:1].upper()}{text[1:]}",
    "spaced": lambda text: f" {text.replace(' ', '  ').replace(chr(39), chr(0x2019))} ",
}


def _name(style: Style, draw: Draw, text: str) -> str:
    """A name; now and then with a non-breaking space behind it."""
    spelled = NAMES[style.names](text)
    return f"{spelled}{NBSP}" if style.nbsp and draw.chance(0.2) else spelled


NAMES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "upper": str.upper,
    "lower": str.lower,
    "bare": unaccented,
    "loose": lambda text: text.replace("-", " ").replace("'", "\u2019"),
    "padded": lambda text: f"  {text.replace('-', ' - ')} ",
}
