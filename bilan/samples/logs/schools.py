"""« Sans P ni E » in the schools of phase 1: class visits, residencies, joint presentations."""

from collections.abc import Mapping
from datetime import date, timedelta

from bilan.samples.calendars import RARELY, THREE_QUARTERLY, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_NUMBER, MISSING, TOO_EARLY, UNKNOWN, cell, contradiction, emptied
from bilan.samples.lives import seen
from bilan.samples.log import Log, Story
from bilan.samples.places import BOUCHERVILLE, BROSSARD, LONGUEUIL, SAINT_BRUNO, SAINT_LAMBERT
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, wrong_choice, wrong_day

SCHOOLS = {
    "E101": LONGUEUIL,
    "E102": LONGUEUIL,
    "E103": LONGUEUIL,
    "E104": LONGUEUIL,
    "E201": BROSSARD,
    "E202": BROSSARD,
    "E301": BOUCHERVILLE,
    "E401": SAINT_BRUNO,
    "E501": SAINT_LAMBERT,
}
YEARS = (2008, 2009, 2010)  # school years, by the year they begin
LEVELS = ("secondaire 2", "secondaire 3")
TWO_WEEKS = timedelta(days=11)  # from a Monday to the Friday of the next week
RESIDENCIES = (("E101", 2008), ("E201", 2009), ("E103", 2009), ("E301", 2010), ("E104", 2010))
PRESENTATIONS = (
    ("E101", 2008),
    ("E202", 2008),
    ("E103", 2009),
    ("E401", 2009),
    ("E501", 2010),
    ("E102", 2010),
)


def tell_schools(draw: Draw, books: Mapping[str, Book], _story: Story) -> None:
    """Enter the activities; the SPAL tells of the joint presentations too, in the same words."""
    activities = [(day, row) for year in YEARS for day, row in _visits(draw, year)]
    activities += [_residency(draw, school, year) for school, year in RESIDENCIES]
    activities.sort(key=lambda one: (one[0], str(one[1]["no_ecole"]), str(one[1]["no_classe"])))
    for order, (day, row) in enumerate(activities, start=1):
        numbered = row.but({"no_activite": f"SPNE-{order:03d}"})
        books["KEKPART"].tell((day + timedelta(draw.randint(0, 25)), numbered))
    for order, (school, year) in enumerate(PRESENTATIONS, start=1):
        day, row = _presentation(draw, school, year)
        numbered = row.but({"no_activite": f"CE-{order:02d}"})
        for book in books.values():
            book.tell((day, numbered), steady=True)


def _visits(draw: Draw, year: int) -> list[tuple[date, Row]]:
    """The classes visited in one school year: one or two of each level, in most schools."""
    visits = []
    for school in draw.sample([*SCHOOLS], 8):
        for level in LEVELS:
            for group in range(1, draw.choice([2, 2, 3])):
                day = _school_day(draw, year)
                cells: dict[str, Value] = {
                    "activite": "visite de classe",
                    "date_activite": seen(draw, day),
                    "no_ecole": school,
                    "no_classe": f"{school}-{level[-1]}{group:02d}-{year}",
                    "niveau": level if draw.chance(0.95) else None,
                    "jeunes_rejoints": draw.randint(19, 33),
                    "territoire": SCHOOLS[school],
                }
                visits.append((day, Row(cells)))
    return visits


def _residency(draw: Draw, school: str, year: int) -> tuple[date, Row]:
    start = _school_day(draw, year)
    start -= timedelta(days=start.weekday())
    cells: dict[str, Value] = {
        "activite": "résidence",
        "date_activite": Day(start),
        "date_fin": Day(start + TWO_WEEKS),
        "no_ecole": school,
        "jeunes_rejoints": draw.randint(110, 260),
        "territoire": SCHOOLS[school],
    }
    return start + TWO_WEEKS, Row(cells)


def _presentation(draw: Draw, school: str, year: int) -> tuple[date, Row]:
    """Before a conseil d'établissement: parents and staff, so no youth is counted."""
    day = _school_day(draw, year)
    cells: dict[str, Value] = {
        "activite": "présentation conjointe",
        "date_activite": Day(day),
        "no_ecole": school,
        "avec": "SPAL",
        "territoire": SCHOOLS[school],
    }
    return day, Row(cells)


def _school_day(draw: Draw, year: int) -> date:
    """A day between October and May that is not on a weekend."""
    day = draw.day(date(year, 10, 6), date(year + 1, 5, 20))
    return day - timedelta(days=max(0, day.weekday() - 4))


LOG = Log(
    name="sans_p_ni_e",
    calendars={
        "KEKPART": mobilis(THREE_QUARTERLY),
        "SPAL": mobilis(RARELY),
    },
    tell=tell_schools,
    mistakes=(
        (wrong_choice("jeunes_rejoints", (17, 25, 34)), 3),
        (wrong_day("date_activite"), 2),
        (blank("niveau"), 1),
    ),
    withdraw=numbered("no_activite"),
    faults=(
        cell("jeunes_rejoints", BAD_NUMBER, "une trentaine"),
        emptied("no_classe", "activite", "visite de classe"),
        cell("niveau", UNKNOWN, "secondaire 5"),
        cell("date_activite", TOO_EARLY, "2007-04-11"),
        cell("no_ecole", MISSING, ""),
        contradiction("niveau", "secondaire 2", "secondaire 3"),
    ),
)
