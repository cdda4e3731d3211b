"""Dates: orders, zones, years in two digits, half-converted columns, dates that are none."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bilan.contracts import Kind
from tests.mutations.catalogue import BOTH, Stage, add, mutation
from tests.mutations.draft import XLSX, Draft, Line, is_day
from tests.mutations.kinds.errors import kept

_DATES: Any = {"family": "dates", "stage": Stage.LINES}
_HERE = ZoneInfo("America/Toronto")
_MONTHS = (
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
)
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
Written = Callable[[date], Any]


def month_first(day: date) -> str:
    """3/25/2010."""
    return f"{day.month}/{day.day}/{day.year}"


def day_first(day: date) -> str:
    """25/03/2010."""
    return f"{day:%d/%m/%Y}"


def _columns(draft: Draft) -> list[str]:
    """Date columns that are kept and hold whole dates, untouched, shuffled."""
    names = [
        column.name
        for column in kept(draft, draft.kinds(Kind.DATE, Kind.BIRTH_DATE))
        if draft.untouched(column.name) and any(is_day(line.cells[column.name]) for line in draft.lines)
    ]
    draft.random.shuffle(names)
    return names


def _of(draft: Draft, name: str) -> list[Line]:
    return [line for line in draft.lines if is_day(line.cells[name])]


def _whole_column(written: Written) -> Callable[[Draft], bool]:
    """Every date of a column, or of all, written so."""

    def apply(draft: Draft) -> bool:
        names = _columns(draft)
        for name in names[: draft.random.choice([1, len(names)]) if names else 0]:
            for line in _of(draft, name):
                draft.put(line, name, written(line.cells[name]))
        return bool(names)

    return apply


def _iso_utc(day: date, hour: int) -> str:
    """A moment of that day here, as a stamp of Greenwich."""
    here = datetime(day.year, day.month, day.day, hour, 30, tzinfo=_HERE)
    return f"{here.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M:%S}Z"


_SAME_WRITINGS: dict[str, Written] = {
    "dates-in-words": lambda day: f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}",
    "dates-in-short-words": lambda day: f"{day.day} {_SHORT[day.month - 1]} {day.year}",
    "dates-with-dots": lambda day: f"{day:%d.%m.%Y}",
    "dates-with-dashes": lambda day: f"{day:%d-%m-%Y}",
    "dates-year-first-with-slashes": lambda day: f"{day:%Y/%m/%d}",
    "dates-without-zeros": lambda day: f"{day.day}/{day.month}/{day.year}",
    "dates-at-midnight": lambda day: f"{day.isoformat()} 00:00:00",
    "dates-with-an-evening-hour": lambda day: f"{day.isoformat()} 23:45",
    "dates-with-spaces": lambda day: f" {day:%d / %m / %Y} ",
}
_LOUD_WRITINGS: dict[str, Written] = {
    "stamps-of-greenwich-in-the-evening": lambda day: _iso_utc(day, 22),
    "stamps-of-greenwich-at-local-midnight": lambda day: _iso_utc(day, 0),
    "stamps-with-the-local-zone": lambda day: (
        f"{datetime(day.year, day.month, day.day, 23, 30, tzinfo=_HERE).isoformat()}"
    ),
    "stamps-with-a-zone-after-a-space": lambda day: _iso_utc(day, 23).replace("T", " ").replace("Z", " UTC"),
    "stamps-with-milliseconds": lambda day: _iso_utc(day, 21).replace("Z", ".000Z"),
    "dates-of-eight-digits": lambda day: f"{day:%Y%m%d}",
    "dates-of-eight-digits-day-first": lambda day: f"{day:%d%m%Y}",
    "dates-with-two-digit-years": lambda day: f"{day:%d/%m/%y}",
    "dates-with-two-digit-years-first": lambda day: f"{day:%y-%m-%d}",
    "dates-with-english-months": lambda day: f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}",
    "dates-with-english-months-between": lambda day: f"{day.day:02d}-{_ENGLISH[day.month - 1]}-{day:%y}",
    "dates-with-the-weekday": lambda day: (
        f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
    ),
    "dates-with-a-question-mark": lambda day: f"{day:%d/%m/%Y} ?",
    "dates-year-day-month": lambda day: f"{day:%Y-%d-%m}" if day.day > 12 else f"{day:%Y-%m-%d}",
}
for _name, _written in _SAME_WRITINGS.items():
    add(_name, "dates", Stage.LINES, _whole_column(_written), same=True)
for _name, _written in _LOUD_WRITINGS.items():
    add(_name, "dates", Stage.LINES, _whole_column(_written))
add(
    "dates-as-serial-numbers",
    "dates",
    Stage.LINES,
    _whole_column(lambda day: (day - date(1899, 12, 30)).days),
)


@mutation("dates-with-an-evening-hour-in-cells", **_DATES, suffixes=(XLSX,), same=True)
def _evening_cells(draft: Draft) -> bool:
    return _whole_column(lambda day: datetime.combine(day, time(23, 59, 59)))(draft)


@mutation("real-dates-among-text", **_DATES, suffixes=(XLSX,), same=True)
def _among_text(draft: Draft) -> bool:
    names = _columns(draft)
    for name in names:
        for line in _of(draft, name)[::2]:
            draft.put(
                line,
                name,
                draft.random.choice([line.cells[name].isoformat(), f"{line.cells[name]:%Y-%m-%d} "]),
            )
    return bool(names)


def _month_first_column(draft: Draft, written: Written) -> bool:
    """A whole column month first, of which some dates are impossible the other way."""
    for name in _columns(draft):
        lines = _of(draft, name)
        if any(line.cells[name].day > 12 for line in lines) and any(
            _ambiguous(line.cells[name]) for line in lines
        ):
            for line in lines:
                draft.put(line, name, written(line.cells[name]))
            return True
    return False


def _ambiguous(day: date) -> bool:
    return day.day <= 12 and day.day != day.month


@mutation("month-first", **_DATES, delicate=True)
def _month_first(draft: Draft) -> bool:
    return _month_first_column(draft, month_first)


@mutation("month-first-with-an-english-hour", **_DATES, delicate=True)
def _month_first_hour(draft: Draft) -> bool:
    return _month_first_column(draft, lambda day: f"{month_first(day)} 12:00:00 AM")


@mutation("month-first-with-dashes", **_DATES, delicate=True)
def _month_first_dashes(draft: Draft) -> bool:
    return _month_first_column(draft, lambda day: f"{day:%m-%d-%Y}")


@mutation("month-first-in-every-column", **_DATES, delicate=True)
def _month_first_everywhere(draft: Draft) -> bool:
    """Each column shows it, or another one does: one program wrote them all."""
    names = _columns(draft)
    days = [line.cells[name] for name in names for line in _of(draft, name)]
    if not any(day.day > 12 for day in days) or not any(_ambiguous(day) for day in days):
        return False
    for name in names:
        for line in _of(draft, name):
            draft.put(line, name, month_first(line.cells[name]))
    return True


@mutation("half-month-first", **_DATES, delicate=True)
def _half_month_first(draft: Draft) -> bool:
    """Two people typed one column, each in an order of her own, and both show it."""
    for name in _columns(draft):
        lines = _of(draft, name)
        late = [line for line in lines if line.cells[name].day > 12]
        early = [line for line in lines if _ambiguous(line.cells[name])]
        if len(late) > 1 and early:
            other = {late[0].place, *(line.place for line in early[::2])}
            for line in lines:
                day = line.cells[name]
                draft.put(line, name, month_first(day) if line.place in other else day_first(day))
            return True
    return False


@mutation("half-converted", **_DATES, suffixes=(XLSX,), delicate=True)
def _half_converted(draft: Draft) -> bool:
    """A French file opened in English: what can be month first became a date, day and month exchanged."""
    for name in _columns(draft):
        lines = _of(draft, name)
        early = [line for line in lines if line.cells[name].day <= 12]
        late = [line for line in lines if line.cells[name].day > 12]
        if len(late) > 1 and len(early) > 1 and any(_ambiguous(line.cells[name]) for line in early):
            for line in early:
                day = line.cells[name]
                draft.put(line, name, date(day.year, day.day, day.month))
            for line in late:
                draft.put(line, name, day_first(line.cells[name]))
            return True
    return False


_VAGUE: tuple[Written, ...] = (
    lambda day: f"{day.day}-{day.day + 2} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day:%d/%m/%Y} - {day + timedelta(2):%d/%m/%Y}",
    lambda day: f"{day.day} ou {day.day + 1} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"vers {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"avant {day.year}",
    lambda day: f"automne {day.year}",
    lambda day: f"{day.year}-{day.year + 1}",
    lambda day: f"{day.day} {_MONTHS[day.month - 1]}",
    lambda day: f"{day:%d/%m}",
    lambda day: f"00/{day:%m/%Y}",
    lambda day: f"{day:%d/%m/%Y} et {day + timedelta(9):%d/%m/%Y}",
)
_SENTINELS = (
    "1900-01-01",
    "0000-00-00",
    "01/01/1900",
    "9999-12-31",
    "31/12/9999",
    "1899-12-30",
    "00/00/0000",
)


@mutation("vague-dates", **_DATES)
def _vague(draft: Draft) -> bool:
    cells = draft.free(kept(draft, draft.kinds(Kind.DATE, Kind.BIRTH_DATE)), is_day)
    for line, name in cells[:2]:
        draft.put(line, name, draft.random.choice(_VAGUE)(line.cells[name]))
        draft.lose(line)
    return bool(cells)


@mutation("sentinel-dates", **_DATES)
def _sentinel(draft: Draft) -> bool:
    cells = draft.free(kept(draft, draft.kinds(Kind.DATE, Kind.BIRTH_DATE)), is_day)
    for line, name in cells[:1]:
        draft.put(line, name, draft.random.choice(_SENTINELS))
        draft.mean(line, name, None)
    return bool(cells)


@mutation("impossible-days", **_DATES, suffixes=BOTH)
def _impossible(draft: Draft) -> bool:
    cells = draft.free(kept(draft, draft.kinds(Kind.DATE, Kind.BIRTH_DATE)), is_day)
    for line, name in cells[:1]:
        draft.put(line, name, draft.random.choice(["31/02/2010", "2010-13-45", "32 mars 2010", "29/02/2011"]))
        draft.lose(line)
    return bool(cells)
