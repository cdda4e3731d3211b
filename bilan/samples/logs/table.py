"""Pj's table: the eight partners, their delegates, the coordination post, the meetings."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from bilan.samples.calendars import THREE_QUARTERLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, UNKNOWN, cell, future, nameless
from bilan.samples.log import Log, Story
from bilan.samples.people import Person
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, wrong_day
from bilan.samples.targets import PARTNERS_AT_THE_TABLE

# In the order in which they joined: the first ones founded it, before the programme itself began.
JOINED = {
    "CISSS-ME": date(2016, 5, 12),
    "SPAL": date(2016, 5, 12),
    "CSMV": date(2016, 6, 9),
    "CISSS-MC": date(2016, 6, 9),
    "KEKPART": date(2016, 9, 15),
    "CAVAC": date(2016, 11, 10),
    "VILLE": date(2016, 12, 8),
    "2159": date(2017, 1, 19),
}
LEAD = "CISSS-ME"
CHANGES = {"CISSS-ME": 2, "SPAL": 2, "CSMV": 1, "VILLE": 1, "CISSS-MC": 1}  # of delegate
# The post is held, stands vacant for some months, and is held again.
IN_POST = ((date(2016, 10, 3), date(2018, 1, 19)), (date(2018, 5, 7), None))
FIRST_MEETING, LAST_MEETING, BETWEEN = date(2016, 10, 20), date(2019, 9, 26), 88
YEAR_3_OVER = date(2019, 9, 30)


def tell_table(draw: Draw, books: Mapping[str, Book], story: Story) -> None:
    """Enter the table's life; delegates come from the partners' staff."""
    if len(JOINED) != int(PARTNERS_AT_THE_TABLE.value):
        raise ValueError("the table must seat as many partners as were published")
    book, numbers = books["COORD"], count(1)
    for partner, day in JOINED.items():
        _tell(book, numbers, _row("partenaire", partner, day, chef_de_file=partner == LEAD))
        for start, end, person in _delegates(draw, partner, day, story.staff[partner]):
            _tell(book, numbers, _row("délégué", partner, start, person), end)
    for start, left in IN_POST:
        _tell(book, numbers, _row("poste de coordination", "COORD", start, story.force.newcomer()), left)
    day = FIRST_MEETING
    while day <= LAST_MEETING:
        _tell(book, numbers, _row("rencontre de la table", draw.choice([*JOINED]), day))
        day += timedelta(BETWEEN + draw.randint(-10, 10))


def _delegates(
    draw: Draw, partner: str, joined: date, staff: list[Person]
) -> Iterator[tuple[date, date | None, Person]]:
    """One delegate after the other, each with the day she or he came and left."""
    changes = CHANGES.get(partner, 0)
    ends = sorted(draw.day(joined + timedelta(200), YEAR_3_OVER - timedelta(60)) for _ in range(changes))
    persons = draw.sample(staff, changes + 1)
    start = joined
    for end, person in zip([*ends, None], persons, strict=True):
        yield start, end, person
        if end is not None:
            start = end + timedelta(draw.randint(1, 30))


def _row(
    subject: str, partner: str, day: date, person: Person | None = None, *, chef_de_file: bool | None = None
) -> Row:
    cells: dict[str, Value] = {
        "objet": subject,
        "organisation": partner,
        **(person.cells("personne") if person else {}),
        "chef_de_file": chef_de_file,
        "date_debut": Day(day),
    }
    return Row(cells, person.id if person else None)


def _tell(book: Book, numbers: Iterator[int], row: Row, end: date | None = None) -> None:
    numbered = row.but({"no_fiche": f"T{next(numbers):03d}"})
    start = row.day("date_debut")
    stages = [(start, numbered)]
    if end is not None:
        stages.append((max(start, end), numbered.but({"date_fin": Day(end)})))
    book.tell(*stages)


LOG = Log(
    name="concertation",
    calendars={
        "COORD": pj(THREE_QUARTERLY),
    },
    tell=tell_table,
    mistakes=(
        (wrong_day("date_debut"), 3),
        (blank("chef_de_file"), 1),
    ),
    withdraw=numbered("no_fiche"),
    faults=(
        nameless("objet", "délégué", "personne_prenom"),
        cell("organisation", UNKNOWN, "GRC"),
        cell("date_debut", BAD_DATE, "30/02/2017"),
        future("date_debut"),
    ),
)
