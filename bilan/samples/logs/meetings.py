"""Youths met by police in phase 1, most of them girls, most of them referred to a resource."""

from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import MOBILIS_START, PHASE_1_END, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Fact, Row, Value
from bilan.samples.faults import BAD_DATE, MISSING, UNKNOWN, cell, contradiction, emptied, future, half_named
from bilan.samples.log import Log
from bilan.samples.logs.arrests import draw_known
from bilan.samples.people import Person, Population
from bilan.samples.places import quotas
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, month_only, wrong_choice, wrong_day
from bilan.samples.targets import YOUTHS_REFERRED

REFERRED = int(YOUTHS_REFERRED.value)
NOT_REFERRED = 31
SEXES = {"F": 215, "M": 18, "X": 5}
SEXES_NOT_REFERRED = {"F": 22, "M": 9}
RESOURCES = {"CJM": 108, "KEKPART": 71, "CAVAC": 24, "autre": 35}
RUNAWAY = {"oui": 40, "non": 44, "inconnu": 16}
AGAIN, TWICE_AGAIN = 52, 9
UNNAMED = 22  # known by the police's own reference alone, to the end
NAMED_LATER, NAMED_AT_SECOND = 5, 4
HOMONYMS = 2
BORN = (date(1991, 1, 15), date(1997, 11, 30))


@dataclass
class Youth:
    """A youth, and the police's own reference where no name may be given (or could not, at first)."""

    person: Person
    place: str
    resource: str | None  # None: met, never referred
    reference: str | None = None
    naming: str = "named"  # named | never | later (same row) | second (at the second meeting)

    def cells(self, named: bool) -> dict[str, Value]:
        """Who a row speaks of: names and birth date, the reference, or both."""
        cells = self.person.cells("jeune") if named else {}
        return {**cells, "jeune_ref": self.reference}


def make_youths(draw: Draw, people: Population) -> list[Youth]:
    """The youths of phase 1: those referred, then those who were not."""
    sexes = draw.deal(SEXES) + draw.deal(SEXES_NOT_REFERRED)
    persons = [people.person("jeune", sex, BORN) for sex in sexes]
    for twin in range(HOMONYMS):
        persons[2 * twin + 1] = people.homonym(persons[2 * twin])
    places = draw.deal(quotas(REFERRED)) + draw.deal(quotas(NOT_REFERRED))
    resources: list[str | None] = [*draw.deal(RESOURCES), *[None] * NOT_REFERRED]
    youths = [Youth(*one) for one in zip(persons, places, resources, strict=True)]
    naming = ["never"] * UNNAMED + ["later"] * NAMED_LATER + ["second"] * NAMED_AT_SECOND
    plain = youths[2 * HOMONYMS :]
    for order, (youth, how) in enumerate(zip(draw.sample(plain, len(naming)), naming, strict=True)):
        youth.reference, youth.naming = f"J-{order + 1:03d}", how
    return youths


def tell_meetings(draw: Draw, book: Book, youths: list[Youth]) -> list[tuple[date, Youth]]:
    """Enter every meeting; give back the day each referred youth was referred."""
    counts = draw.deal({1: len(youths) - AGAIN - TWICE_AGAIN, 2: AGAIN, 3: TWICE_AGAIN})
    number = 100_200
    referred: list[tuple[date, Youth]] = []
    for youth, count in sorted(zip(youths, counts, strict=True), key=lambda _: draw.random()):
        meetings = max(count, 2) if youth.naming == "second" else count
        days = sorted(draw.day(MOBILIS_START, PHASE_1_END) for _ in range(meetings))
        # Somebody met twice in the end may at first not have been referred.
        refused_first = meetings > 1 and draw.chance(0.35)
        for order, day in enumerate(days):
            number += draw.randint(1, 9)
            sent = youth.resource is not None and not (refused_first and order == 0)
            if sent and not any(other is youth for _, other in referred):
                referred.append((day, youth))
            _tell_meeting(draw, book, youth, number=str(number), day=day, order=order, sent=sent)
    return referred


def _tell_meeting(
    draw: Draw, book: Book, youth: Youth, *, number: str, day: date, order: int, sent: bool
) -> Fact:
    """Enter one meeting, with the name and the reference as they were known then."""
    named = youth.naming in ("named", "later") or (youth.naming == "second" and order > 0)
    row = meeting_row(draw, youth, number=number, day=day, sent=sent, named=named)
    known = draw_known(draw, day)
    if youth.naming == "later":
        unnamed = row.but({"jeune_nom": None, "jeune_prenom": None, "jeune_naissance": None})
        return book.tell((known, unnamed), (known + timedelta(130), row), steady=True)
    return book.tell((known, row), steady=youth.reference is not None)


def meeting_row(draw: Draw, youth: Youth, *, number: str, day: date, sent: bool, named: bool) -> Row:
    """The row of one meeting; a few are known by their month or year alone."""
    confided = day - timedelta(draw.randint(0, 60)) if draw.chance(0.4) else None
    when = Day(day)
    if draw.chance(0.02):
        when = Day(day.replace(day=1), "month")
    elif day.year in (2009, 2010) and draw.chance(0.01):
        when = Day(day.replace(month=1, day=1), "year")
    return Row(
        {
            "no_rencontre": number,
            "date_rencontre": when,
            **youth.cells(named),
            "sexe": youth.person.sex,
            "fugue": draw.choices([*RUNAWAY], [*RUNAWAY.values()])[0],
            "date_devoilement": Day(confided) if confided else None,
            "referee": sent,
            "ressource": youth.resource if sent else None,
            "territoire": youth.place,
        },
        youth.person.id,
    )


LOG = Log(
    name="jeunes_rencontres",
    calendars={
        "SPAL": mobilis(2),
    },
    mistakes=(
        (wrong_day("date_rencontre"), 6),
        (month_only("date_rencontre"), 3),
        (wrong_choice("sexe", ("F", "M", "X")), 2),
        (wrong_choice("fugue", ("oui", "non", "inconnu")), 4),
        (blank("date_devoilement"), 5),
        (wrong_choice("ressource", ("CJM", "KEKPART", "CAVAC")), 3),
    ),
    withdraw=numbered("no_rencontre"),
    faults=(
        emptied("ressource", "referee", True),
        half_named(key_readable=False),
        cell("referee", MISSING, ""),
        cell("sexe", UNKNOWN, "fille"),
        cell("fugue", UNKNOWN, "souvent"),
        cell("date_rencontre", BAD_DATE, "le 32 mai 2010"),
        future("date_rencontre"),
        contradiction("sexe", "F", "M"),
    ),
)
