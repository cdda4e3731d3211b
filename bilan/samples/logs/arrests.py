"""Arrests of phase 1: police events, and the persons arrested in each."""

from dataclasses import dataclass
from datetime import date

from bilan.samples.calendars import MOBILIS_START, PHASE_1_END, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row
from bilan.samples.faults import BAD_DATE, MISSING, TOO_EARLY, UNKNOWN, cell, contradiction, future, two_cells
from bilan.samples.log import Log
from bilan.samples.people import Person, Population
from bilan.samples.places import in_turns
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, listed, month_only, wrong_choice, wrong_day
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


LOG = Log(
    name="arrestations",
    calendars={
        "SPAL": mobilis(1),
    },
    mistakes=(
        (wrong_day("date_arrestation"), 4),
        (month_only("date_arrestation"), 3),
        (listed("arrestations", "motif"), 4),
        (wrong_choice("gang", ("oui", "non", "inconnu")), 3),
        (blank("gang"), 2),
    ),
    withdraw=numbered("no_evenement"),
    faults=(
        cell("motif", MISSING, ""),
        cell("motif", UNKNOWN, "fraude"),
        cell("gang", UNKNOWN, "peut-être"),
        cell("territoire", UNKNOWN, "Montréal"),
        cell("date_arrestation", BAD_DATE, "31/02/2010"),
        cell("date_arrestation", TOO_EARLY, "2001-03-12"),
        future("date_arrestation"),
        cell("suspect_naissance", BAD_DATE, "1985-02-30", key_readable=False),
        cell("suspect_prenom", MISSING, "", key_readable=False),
        contradiction("motif", "stupéfiants", "proxénétisme"),
        two_cells(("date_arrestation", BAD_DATE, "12/03/10"), ("motif", UNKNOWN, "vol qualifié")),
    ),
)
