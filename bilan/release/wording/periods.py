"""Periods and days as readers name them, and how far a period is told, in French and in English."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import get_month_names

_FR, _EN = "fr_CA", "en_CA"
MONTHS, MONTHS_EN = (tuple(get_month_names("wide", locale=locale).values()) for locale in (_FR, _EN))
_SHORT, _SHORT_EN = (tuple(get_month_names("abbreviated", locale=locale).values()) for locale in (_FR, _EN))
PERIOD_KINDS = {
    "total": ("Depuis le début", "Since the beginning"),
    "phase": ("Phase", "Phase"),
    "programme_year": ("Année du programme", "Programme year"),
    "fiscal_year": ("Année financière (avril à mars)", "Fiscal year (April to March)"),
    "quarter": ("Trimestre", "Quarter"),
    "month": ("Mois", "Month"),
}
_IN_MONTHS = ("programme_year", "fiscal_year", "quarter")  # told by how many of their months are
_QUARTER = 3


def period_label(kind: str, start: date) -> str:
    """« mars 2010 », « T3 2010 » or « déc. 2009 à févr. 2010 », « 2010-2011 », « Depuis le début ».

    Phases and programme years have their names in the reference calendar: ValueError for them,
    as for any kind that is not known.
    """
    if kind == "quarter":
        return _quarter(start, "T", _SHORT, " à ")
    return _computed(kind, start, month=MONTHS[start.month - 1], total=PERIOD_KINDS["total"][0])


def period_label_en(kind: str, start: date) -> str:
    """Give "March 2010", "Q3 2010" or "Dec 2009–Feb 2010", "2010-2011", "Since the beginning"; likewise."""
    if kind == "quarter":
        return _quarter(start, "Q", _SHORT_EN, "–")
    return _computed(kind, start, month=MONTHS_EN[start.month - 1], total=PERIOD_KINDS["total"][1])


def _quarter(start: date, letter: str, months: Sequence[str], to: str) -> str:
    """By its number where the calendar has such a quarter, otherwise by its first and last months."""
    if start.month % _QUARTER == 1:
        return f"{letter}{(start.month + 2) // _QUARTER} {start.year}"
    year, month = divmod(start.year * 12 + start.month + 1, 12)
    first = months[start.month - 1] + (f" {start.year}" if year != start.year else "")
    return f"{first}{to}{months[month]} {year}"


def _computed(kind: str, start: date, *, month: str, total: str) -> str:
    match kind:
        case "month":
            return f"{month} {start.year}"
        case "fiscal_year":
            return f"{start.year}-{start.year + 1}"
        case "total":
            return total
        case _:
            raise ValueError(f"no label is computed for a period of kind {kind}")


def day_fr(day: date) -> str:
    """« 1er mars 2011 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def day_en(day: date) -> str:
    """Give "1 March 2011"."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def how_far(
    kind: str, start: date, end: date | None, covered_to: date | None
) -> tuple[str, str] | tuple[None, None]:
    """How much of a period is told, where that is not all: « 7 mois sur 12 », « jusqu'au 30 mars 2011 ».

    « en partie » where some of those who tell have not reached it at all. None, twice, where all is told.
    """
    if end is None or covered_to is None or covered_to >= end:
        return None, None
    if covered_to < start:
        return "en partie", "in part"
    covered, of_all = _months(start, covered_to), _months(start, end)
    if kind in _IN_MONTHS and covered:
        return f"{covered} mois sur {of_all}", f"{covered} of {of_all} months"
    return f"jusqu'au {day_fr(covered_to)}", f"to {day_en(covered_to)}"


def _months(start: date, to: date) -> int:
    """Whole months from the first day of one to that day, which counts."""
    after = to + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month - (after.day < start.day)
