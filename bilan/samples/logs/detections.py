"""Youths detected by Pj: on which axis, for which target, and how some turned from secondary to tertiary."""

from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import PJ_START, PJ_YEAR_3_END, THREE_QUARTERLY, YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import MISSING, TOO_EARLY, UNKNOWN, cell, contradiction, future, half_named
from bilan.samples.lives import in_order, one_of, seen
from bilan.samples.log import Log
from bilan.samples.logs.arrests import draw_known
from bilan.samples.people import Person, Population
from bilan.samples.places import quotas
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, listed, month_only, wrong_day

PRIMARY, SECONDARY, TERTIARY = "primaire", "secondaire", "tertiaire"
VICTIM, PIMP, CLIENT = "victime", "proxénète", "client"
CELLS = {
    (PRIMARY, VICTIM): 33,
    (PRIMARY, PIMP): 12,
    (PRIMARY, CLIENT): 10,
    (SECONDARY, VICTIM): 92,
    (SECONDARY, PIMP): 22,
    (SECONDARY, CLIENT): 6,
    (TERTIARY, VICTIM): 34,
    (TERTIARY, PIMP): 8,
    (TERTIARY, CLIENT): 3,
}
YOUTHS = sum(CELLS.values())
TURNING = 36  # of those first detected at the secondary axis
WAIT = (40, 480)  # days, from the detection to the turn
LAST_DETECTION = date(2019, 9, 12)
BORN = (date(2000, 1, 10), date(2006, 12, 20))

SENDERS = {"SPAL": 30, "CISSS-ME": 30, "CSMV": 16, "KEKPART": 12, "CAVAC": 12}
SOURCES: dict[str, tuple[str | None, ...]] = {
    "SPAL": ("police", "police", "police", "famille", None),
    "CISSS-ME": ("protection de la jeunesse", "protection de la jeunesse", "jeune", "famille"),
    "CSMV": ("école", "école", "école", "jeune", "autre"),
    "KEKPART": ("organisme communautaire", "organisme communautaire", "jeune", None),
    "CAVAC": ("aide aux victimes", "aide aux victimes", "famille"),
}
GANG = {"oui": 22, "non": 50, "inconnu": 20, None: 8}
UNNAMED = 0.12  # of the youths detected at the primary axis: a reference is all that is given
AGAIN = 0.18  # share of the youths whom another sender detects as well, on the axis she or he is on


@dataclass(frozen=True)
class Detected:
    """A youth as Pj knows her or him, and the day of the turn to the tertiary axis, if it came."""

    person: Person
    place: str
    day: date
    axis: str
    target: str
    turned: date | None = None

    def axis_on(self, day: date) -> str:
        """The axis on that day."""
        return TERTIARY if self.turned is not None and day >= self.turned else self.axis

    def cells_on(self, day: date) -> tuple[str, str]:
        """The axis and the target on that day."""
        return self.axis_on(day), self.target


def make_detected(
    draw: Draw, people: Population, youths: list[Person], referred: dict[str, tuple[date, str]]
) -> list[Detected]:
    """Every youth detected in the first three years: those whom partners refer, and some others.

    `referred`: by person, the day and place of the first referral, which comes after the detection.
    """
    others = [people.person("pj", draw.choice("FFFM"), BORN) for _ in range(YOUTHS - len(youths))]
    cells, places = draw.deal(CELLS), draw.deal(quotas(YOUTHS))
    detected = []
    for person, (axis, target), place in zip(youths + others, cells, places, strict=True):
        if person.id in referred:
            made, where = referred[person.id]
            day = max(PJ_START, made - timedelta(draw.randint(0, 45)))
        else:
            day, where = draw.day(PJ_START, LAST_DETECTION), place
        detected.append(Detected(person, where, day, axis, target))
    return _turned(draw, detected)


def _turned(draw: Draw, detected: list[Detected]) -> list[Detected]:
    """The same youths, some of whom turn from the secondary axis to the tertiary one."""
    left, turned = TURNING, list(detected)
    for place in draw.sample(range(len(detected)), len(detected)):
        youth = detected[place]
        day = youth.day + timedelta(draw.randint(*WAIT))
        if youth.axis == SECONDARY and youth.target != CLIENT and day <= PJ_YEAR_3_END and left:
            turned[place] = Detected(youth.person, youth.place, youth.day, youth.axis, youth.target, day)
            left -= 1
    return turned


class Detections:
    """Enters the detections of every sender, each numbered in its own way."""

    def __init__(self, draw: Draw, books: dict[str, Book]) -> None:
        """Nothing detected yet."""
        self._draw, self._books, self._count = draw, books, 0

    def tell(self, detected: list[Detected]) -> None:
        """Enter every youth; some are detected by a second sender, which may tell of the turn first."""
        for order, youth in enumerate(detected):
            sender = one_of(self._draw, SENDERS)
            told_by_second = youth.turned is not None and order % 3 == 0
            self._tell(sender, youth, youth.day, youth.axis, changes=not told_by_second)
            if youth.turned is not None and told_by_second:
                self._tell(self._other(sender), youth, youth.turned, TERTIARY)
            elif self._draw.chance(AGAIN):
                day = youth.day + timedelta(self._draw.randint(8, 200))
                if day <= LAST_DETECTION:
                    self._tell(self._other(sender), youth, day, youth.axis_on(day))

    def _other(self, sender: str) -> str:
        return self._draw.choice([other for other in SENDERS if other != sender])

    def _tell(self, sender: str, youth: Detected, day: date, axis: str, *, changes: bool = False) -> None:
        """Enter one detection and, with `changes`, the change of axis that follows in the same row."""
        self._count += 1
        row = self._row(sender, youth, day, axis)
        stages = [(draw_known(self._draw, day), row)]
        if changes and youth.turned is not None:
            # Now and then the change is told without its day: its month is then that of the statement.
            when = None if self._draw.chance(0.06) else seen(self._draw, youth.turned)
            changed: dict[str, Value] = {"nouvel_axe": TERTIARY, "date_changement": when}
            stages.append((youth.turned, row.but(changed)))
        self._books[sender].tell(*in_order(stages))

    def _row(self, sender: str, youth: Detected, day: date, axis: str) -> Row:
        draw, person = self._draw, youth.person
        unnamed = axis == PRIMARY and draw.chance(UNNAMED)
        number = f"D{day:%y}-{self._count:03d}"
        who: dict[str, Value] = {"jeune_ref": f"DEP/{self._count}"} if unnamed else person.cells("jeune")
        cells: dict[str, Value] = {
            "no_depistage": number,
            "date_depistage": seen(draw, day) if day > PJ_START else Day(day),
            **who,
            "sexe": person.sex if draw.chance(0.95) else None,
            "axe": axis,
            "cible": youth.target,
            "source": draw.choice(SOURCES[sender]),
            "gang": one_of(draw, GANG),
            "territoire": youth.place,
        }
        return Row(cells, f"{sender}:{person.id}" if unnamed else person.id)


def first_referrals(books: dict[str, Book]) -> dict[str, tuple[date, str]]:
    """By person, the day and place of the first referral of Pj that names her or him."""
    rows = [row for book in books.values() for row in book.final_rows()]
    first: dict[str, tuple[date, str]] = {}
    for row in sorted(rows, key=lambda row: row.day("date_reference")):
        if row.day("date_reference") >= PJ_START and row.who is not None:
            first.setdefault(row.who, (row.day("date_reference"), str(row["territoire"])))
    return first


LOG = Log(
    name="depistages",
    calendars={
        "SPAL": pj(THREE_QUARTERLY),
        "CISSS-ME": pj(THREE_QUARTERLY),
        "CSMV": pj(YEARLY),
        "KEKPART": pj(YEARLY),
        "CAVAC": pj(YEARLY),
    },
    mistakes=(
        (wrong_day("date_depistage"), 2),
        (month_only("date_depistage"), 1),
        (listed("depistages", "cible"), 1),
        (listed("depistages", "axe"), 1),
        (blank("source"), 2),
    ),
    withdraw=numbered("no_depistage"),
    faults=(
        cell("axe", UNKNOWN, "quaternaire"),
        cell("cible", MISSING, ""),
        half_named(key_readable=True),
        cell("date_depistage", TOO_EARLY, "2014-01-20"),
        future("date_depistage"),
        cell("nouvel_axe", UNKNOWN, "grave"),
        contradiction("axe", "primaire", "secondaire"),
    ),
)
