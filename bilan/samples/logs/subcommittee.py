"""The operational subcommittee: who came to each meeting, concerns shared, concerted actions."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from bilan.samples.calendars import HALF_YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import MISSING, TOO_EARLY, UNKNOWN, cell, contradiction, nameless
from bilan.samples.lives import LAST_NEWS, one_of
from bilan.samples.log import Log, Story
from bilan.samples.people import Person
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, listed, wrong_choice
from bilan.samples.targets import SUBCOMMITTEE_MEMBERS

SEATS = {"SPAL": 4, "CISSS-ME": 4, "CSMV": 3, "CISSS-MC": 2, "KEKPART": 2, "CAVAC": 2, "VILLE": 1, "2159": 2}
FIRST, LAST = date(2016, 10, 27), date(2019, 9, 19)
COMES = 0.68
AXES = {"primaire": 25, "secondaire": 45, "tertiaire": 30}
TARGETS = {"victime": 70, "proxénète": 20, "client": 10}
CONCERNS, ACTIONS = (0, 1, 2, 2, 3), (1, 1, 2, 2)  # at a meeting
CARRIED_OUT = 0.8


def tell_subcommittee(draw: Draw, books: Mapping[str, Book], story: Story) -> None:
    """Enter every meeting, about every five weeks."""
    book, members = books["COORD"], _members(draw, story.staff)
    fiches = count(1)
    present: set[str] = set()
    day, order = FIRST, 0
    while day <= LAST:
        order += 1
        meeting: dict[str, Value] = {"no_reunion": f"SC-{order:02d}", "date_reunion": Day(day)}
        for partner, person in members:
            # Nobody is a member in name alone: who missed the first meeting is at the second.
            if draw.chance(COMES) or (order > 1 and person.id not in present):
                present.add(person.id)
                cells = {**meeting, "objet": "présence", "organisation": partner, **person.cells("membre")}
                _tell(book, fiches, day, Row(cells, person.id))
        for _ in range(draw.choice(CONCERNS)):
            _tell(book, fiches, day, _shared(draw, meeting, "préoccupation"))
        for _ in range(draw.choice(ACTIONS)):
            _tell_action(draw, book, fiches, day, _shared(draw, meeting, "action concertée"))
        day += timedelta(days=7 * draw.randint(4, 6))


def _members(draw: Draw, workers: Mapping[str, list[Person]]) -> list[tuple[str, Person]]:
    """The members, with their organisations: all of them on the partners' staff."""
    members = [
        (partner, person)
        for partner, seats in SEATS.items()
        for person in draw.sample(workers[partner], seats)
    ]
    if len(members) != int(SUBCOMMITTEE_MEMBERS.value):
        raise ValueError("the subcommittee must have as many members as were published")
    return members


def _shared(draw: Draw, meeting: dict[str, Value], subject: str) -> Row:
    """A concern or an action, most of them about an axis and a target."""
    cells: dict[str, Value] = {
        **meeting,
        "objet": subject,
        "organisation": draw.choice([*SEATS]),
        "axe": one_of(draw, AXES) if draw.chance(0.9) else None,
        "cible": one_of(draw, TARGETS) if draw.chance(0.85) else None,
        "description": "à discuter",
    }
    return Row(cells)


def _tell(book: Book, fiches: Iterator[int], day: date, row: Row) -> None:
    book.tell((day, row.but({"no_fiche": f"F{next(fiches):04d}"})))


def _tell_action(draw: Draw, book: Book, fiches: Iterator[int], day: date, row: Row) -> None:
    """Enter an action, and the day it was carried out, told by the next statement after it."""
    numbered = row.but({"no_fiche": f"F{next(fiches):04d}"})
    stages = [(day, numbered)]
    done = day + timedelta(draw.randint(12, 190))
    if draw.chance(CARRIED_OUT) and done <= LAST_NEWS:
        stages.append((done, numbered.but({"date_realisation": Day(done)})))
    book.tell(*stages)


LOG = Log(
    name="sous_comite",
    calendars={
        "COORD": pj(HALF_YEARLY),
    },
    tell=tell_subcommittee,
    mistakes=(
        (listed("sous_comite", "axe"), 3),
        (blank("cible"), 2),
        (wrong_choice("organisation", ("SPAL", "CISSS-ME", "CSMV")), 2),
    ),
    withdraw=numbered("no_fiche"),
    faults=(
        cell("objet", UNKNOWN, "rumeur"),
        nameless("objet", "présence", "membre_prenom"),
        cell("organisation", MISSING, ""),
        cell("date_reunion", TOO_EARLY, "2015-03-12"),
        contradiction("axe", "primaire", "tertiaire"),
    ),
)
