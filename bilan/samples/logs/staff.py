"""Staff assigned to both programmes: none moves in phase 1, and in Pj they do, as [PJ] says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bilan.samples.calendars import MOBILIS_START, PJ_START, PJ_YEAR_3_END, RARELY, YEARLY, mobilis, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, MISSING, UNKNOWN, cell, future
from bilan.samples.lives import seen
from bilan.samples.log import Log
from bilan.samples.logs.trainings import Attendance
from bilan.samples.people import Person, Population
from bilan.samples.places import quotas
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, listed, wrong_day
from bilan.samples.targets import (
    ANALYSTS,
    HIRED_BY_KEKPART,
    INTELLIGENCE,
    LIEUTENANTS,
    RELEASED_BY_CJM,
    SERGEANTS,
    Target,
)

MOBILIS_POSTS: tuple[tuple[str, str, str, str, Target], ...] = (
    ("SPAL", "policier", "lieutenant-détective", "dégagé", LIEUTENANTS),
    ("SPAL", "policier", "sergent-détective", "dégagé", SERGEANTS),
    ("SPAL", "policier", "agent de renseignement", "dégagé", INTELLIGENCE),
    ("SPAL", "analyste", "analyste stratégique", "dégagé", ANALYSTS),
    ("CJM", "intervenant", "intervenant psychosocial", "dégagé", RELEASED_BY_CJM),
    ("KEKPART", "intervenant", "intervenant de milieu", "embauché", HIRED_BY_KEKPART),
)
MOBILIS_OVER = date(2013, 6, 30)
STILL_SENDING = ("SPAL", "KEKPART")  # the others' last statement came before phase 2 ended

POSTS = {"SPAL": 9, "CISSS-ME": 12, "CISSS-MC": 6, "CSMV": 8, "VILLE": 3, "CAVAC": 4, "KEKPART": 4, "2159": 3}
ROLES = {
    "SPAL": (
        ("policier", "sergent-détective"),
        ("policier", "agent sociocommunautaire"),
        ("analyste", "analyste stratégique"),
    ),
    "CISSS-ME": (("intervenant", "intervenant psychosocial"), ("direction", "gestionnaire")),
    "CISSS-MC": (("intervenant", "intervenant psychosocial"), ("direction", "gestionnaire")),
    "CSMV": (("intervenant", "intervenant scolaire"), ("direction", "gestionnaire")),
    "VILLE": (("direction", "gestionnaire"), ("autre", "autre")),
    "CAVAC": (("intervenant", "intervenant psychosocial"),),
    "KEKPART": (("intervenant", "intervenant de milieu"), ("coordination", "coordonnateur")),
    "2159": (("intervenant", "intervenant de milieu"),),
}
MOVES = 0.42  # share of the posts whose holder leaves
REPLACED = 0.8
TRAINED = 0.75  # share of the staff who come from the lists of the trainings
LEAVING = ("remplacement", "départ", "fin de mandat", "congé")


@dataclass(frozen=True)
class Assignment:
    """One person in one post, for a time."""

    number: str
    person: Person
    categories: tuple[str, str]
    start: date
    end: date | None = None
    why: str | None = None
    instead_of: str | None = None


class Workforce:
    """Who works for each partner: mostly those on the lists of the trainings, and some who never came."""

    def __init__(self, draw: Draw, people: Population, attendances: list[Attendance]) -> None:
        """The population must be that of the trainings: names alone tell people at work apart."""
        self._draw, self._people = draw, people
        self._trained: dict[str, list[Person]] = {}
        for attendance in attendances:
            known = self._trained.setdefault(attendance.organisation, [])
            if attendance.person not in known:
                known.append(attendance.person)
        for known in self._trained.values():
            draw.shuffle(known)

    def newcomer(self) -> Person:
        """Somebody whom no other log knows."""
        return self._people.person("pro", self._draw.choice("FFM"), None)

    def hire(self, partner: str) -> Person:
        """Somebody whom no post of that partner had yet."""
        known = self._trained.get(partner)
        return known.pop() if known and self._draw.chance(TRAINED) else self.newcomer()


def tell_mobilis_staff(draw: Draw, books: dict[str, Book], force: Workforce) -> None:
    """Enter those released to MOBILIS, or hired for it: the same ones all through phase 1."""
    number = 0
    for sender, category, role, link, target in MOBILIS_POSTS:
        for _ in range(int(target.value)):
            number += 1
            start = MOBILIS_START + timedelta(draw.randint(0, 30))
            made = Assignment(f"{sender}-{number:02d}", force.newcomer(), (category, role), start)
            row = _row(made, link, "temps plein", "Longueuil")
            stages = [(start, row)]
            if sender in STILL_SENDING:
                over = row.but({"date_fin": Day(MOBILIS_OVER), "motif_fin": "fin de mandat"})
                stages.append((MOBILIS_OVER, over))
            books[sender].tell(*stages)


def tell_pj_staff(draw: Draw, books: dict[str, Book], force: Workforce) -> dict[str, list[Person]]:
    """Enter the staff of every partner of Pj; give back who worked for each, by partner."""
    workers: dict[str, list[Person]] = {}
    for partner, posts in POSTS.items():
        places = draw.deal(quotas(posts))
        numbers = iter(range(1, 1000))
        for post in range(posts):
            for made in _held(draw, force, partner, post, numbers):
                workers.setdefault(partner, []).append(made.person)
                _tell(draw, books[partner], made, places[post])
    return workers


def _held(
    draw: Draw, force: Workforce, partner: str, post: int, numbers: Iterator[int]
) -> Iterator[Assignment]:
    """Those who hold one post, one after the other."""
    categories = ROLES[partner][post % len(ROLES[partner])]
    start = draw.day(PJ_START, PJ_START + timedelta(75))
    number = f"{partner}-P{next(numbers):03d}"
    made = Assignment(number, force.hire(partner), categories, start)
    while draw.chance(MOVES):
        end = made.start + timedelta(draw.randint(150, 700))
        if end > PJ_YEAR_3_END:
            break
        replaced = draw.chance(REPLACED)
        why = "remplacement" if replaced else draw.choice(LEAVING[1:])
        yield replace(made, end=end, why=why)
        begins = end + timedelta(draw.randint(1, 60))
        if not replaced or begins > PJ_YEAR_3_END:
            return
        number = f"{partner}-P{next(numbers):03d}"
        made = Assignment(number, force.hire(partner), categories, begins, instead_of=made.number)
    yield made


def _row(made: Assignment, link: str, hours: str, place: str) -> Row:
    """The row of an assignment on its first day."""
    cells: dict[str, Value] = {
        "no_affectation": made.number,
        **made.person.cells("employe"),
        "categorie": made.categories[0],
        "role": made.categories[1],
        "lien": link,
        "temps": hours,
        "date_debut": Day(made.start),
        "remplace": made.instead_of,
        "territoire": place,
    }
    return Row(cells, made.person.id)


def _tell(draw: Draw, book: Book, made: Assignment, place: str) -> None:
    link = "embauché" if draw.chance(0.2) else "dégagé"
    row = _row(made, link, "temps partiel" if draw.chance(0.25) else "temps plein", place)
    stages = [(made.start + timedelta(draw.randint(0, 20)), row)]
    if made.end is not None:
        left = row.but({"date_fin": seen(draw, made.end), "motif_fin": made.why})
        stages.append((made.end + timedelta(draw.randint(0, 20)), left))
    book.tell(*stages)


LOG = Log(
    name="effectifs",
    calendars={
        "SPAL": mobilis(RARELY) + pj(YEARLY),
        "KEKPART": mobilis(RARELY) + pj(RARELY),
        "CJM": mobilis(RARELY),
        "CISSS-ME": pj(YEARLY),
        "CISSS-MC": pj(RARELY),
        "CSMV": pj(RARELY),
        "VILLE": pj(RARELY),
        "CAVAC": pj(RARELY),
        "2159": pj(RARELY),
    },
    mistakes=(
        (wrong_day("date_debut"), 1),
        (listed("effectifs", "temps"), 1),
        (blank("motif_fin"), 1),
    ),
    withdraw=numbered("no_affectation"),
    faults=(
        cell("categorie", UNKNOWN, "bénévole"),
        cell("role", MISSING, ""),
        cell("employe_prenom", MISSING, ""),
        cell("lien", UNKNOWN, "prêté"),
        cell("date_debut", BAD_DATE, "2018-02-30"),
        future("date_debut"),
    ),
)
