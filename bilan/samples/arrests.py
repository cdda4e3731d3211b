"""Arrests of phase 1: police events, and the persons arrested in each."""

from dataclasses import dataclass
from datetime import date

from bilan.samples.calendars import MOBILIS_START, PHASE_1_END
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row
from bilan.samples.people import Person, Population
from bilan.samples.places import in_turns
from bilan.samples.targets import ARRESTS

MOTIVES = {
    "proxénétisme": 34,
    "traite de personnes": 9,
    "agression sexuelle": 11,
    "obtention de services sexuels": 15,
    "pornographie juvénile": 8,
    "stupéfiants": 7,
    "autre": 6,
}
GANG = {"oui": 38, "non": 31, "inconnu": 14, None: 7}

# 84 persons: 79 arrested once, 4 twice, 1 three times; 71 events, in some of which two or three are taken.
TWICE, THRICE = 4, 1
PERSONS = int(ARRESTS.value) - TWICE - 2 * THRICE
PAIRS, TRIOS = 11, 4
YOUNGEST, OLDEST = date(1993, 6, 30), date(1955, 1, 1)


@dataclass(frozen=True)
class Arrest:
    """One person arrested in one police event."""

    event: str
    person: Person
    day: date
    place: str
    motive: str


def suspect(draw: Draw, people: Population) -> Person:
    """Somebody old enough to be charged."""
    return people.person("suspect", "M" if draw.chance(0.85) else "F", (OLDEST, YOUNGEST))


def groups(draw: Draw, people: Population) -> list[list[Person]]:
    """Who is arrested together: one list per police event."""
    persons = [suspect(draw, people) for _ in range(PERSONS)]
    again = persons[:TWICE] + [persons[TWICE]] * 2
    sizes = [3] * TRIOS + [2] * PAIRS
    singles = PERSONS - sum(sizes)
    together: list[list[Person]] = [[person] for person in persons[:singles] + again]
    rest = persons[singles:]
    for size in sizes:
        together.append(rest[:size])
        rest = rest[size:]
    draw.shuffle(together)
    return together


def make_arrests(draw: Draw, people: Population) -> list[Arrest]:
    """Every arrest of the phase, by date."""
    together = groups(draw, people)
    # Spread over the whole phase, so that no year is thin.
    width = (PHASE_1_END - MOBILIS_START) / len(together)
    places, motives = in_turns(draw, len(together)), draw.deal(MOTIVES)
    arrests: list[Arrest] = []
    for order, persons in enumerate(together):
        day = draw.day(MOBILIS_START + width * order, MOBILIS_START + width * (order + 1))
        event = f"LGL-{day:%y%m%d}-{draw.randint(1, 99) * 100 + order % 100:04d}"
        for person in persons:
            arrests.append(Arrest(event, person, day, places[order], motives[len(arrests)]))
    return arrests


def arrest_row(arrest: Arrest, gang: str | None, precision: str = "day") -> Row:
    """The row that tells of an arrest."""
    day = arrest.day.replace(day=1) if precision == "month" else arrest.day
    return Row(
        {
            "no_evenement": arrest.event,
            "date_arrestation": Day(day, precision),
            **arrest.person.cells("suspect"),
            "motif": arrest.motive,
            "gang": gang,
            "territoire": arrest.place,
        },
        arrest.person.id,
    )


def tell_arrests(draw: Draw, book: Book, arrests: list[Arrest]) -> None:
    """Enter the arrests, some of them late, a few known only by their month."""
    gangs = draw.deal(GANG)
    vague = set(draw.sample(range(len(arrests)), 4))
    for order, arrest in enumerate(arrests):
        row = arrest_row(arrest, gangs[order], "month" if order in vague else "day")
        book.tell((draw_known(draw, arrest.day), row))


def draw_known(draw: Draw, day: date) -> date:
    """The day a fact reaches the log: within days mostly, now and then months late."""
    late = draw.chance(0.12)
    return day.fromordinal(day.toordinal() + (draw.randint(35, 100) if late else draw.randint(0, 12)))
