"""Ledgers of staff, schools, funding and the table, made from a seed: hundreds of rows, every rule met."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.integration.warehouse.telling import Telling, first_day

REPORTS = {
    "MOBILIS": ("2010-06-30", "2010-12-31", "2011-06-30"),
    "Pj": ("2018-06-30", "2018-12-31", "2019-06-30"),
}
LIFE = {"MOBILIS": (date(2009, 9, 1), date(2010, 6, 30)), "Pj": (date(2017, 3, 1), date(2018, 6, 30))}
PLACES = ("Longueuil", "Brossard", "Saint-Lambert")
Draw = Callable[[Random], Any]


def one_of(*values: Any) -> Draw:
    return lambda chance: chance.choice(values)


def dollars(chance: Random) -> str:
    return f"{chance.randrange(9_000_000) / 100:.2f}"


NUMBER = one_of("1", "2", "3", "4", "5", "6")
ORGANISATION = one_of("SPAL", "CAVAC", "VILLE", "autre : école privée")
COUNT = one_of(None, 0, 1, 25, 300)
AXIS = {"axe": one_of(None, "primaire", "tertiaire"), "organisation": ORGANISATION}


@dataclass(frozen=True)
class Kind:
    """A type of event: the name of its number, the fields that dates fill, and what else it says."""

    type: str
    number: str | None
    dates: tuple[str, ...]
    data: dict[str, Draw]


def kind(type_: str, number: str | None = None, *dates: str, **data: Draw) -> Kind:
    return Kind(type_, number, dates, data)


STAFF = [
    kind(
        "partnership.staff.assigned",
        categorie=one_of("policier", "analyste"),
        role=one_of("autre"),
        lien=one_of("dégagé", "embauché"),
    ),
    kind("partnership.staff.left"),
    kind("partnership.staff.replaced", remplace=NUMBER),
]
SCHOOLS = [
    kind("mobilis.class.visited", "no_activite", no_ecole=NUMBER, no_classe=NUMBER, jeunes_rejoints=COUNT),
    kind("mobilis.residency.held", "no_activite", no_ecole=NUMBER, jeunes_rejoints=COUNT),
    kind("mobilis.presentation.given", "no_activite", no_ecole=NUMBER, jeunes_rejoints=COUNT),
]
GRANTS = [
    kind(
        "partnership.grant.awarded",
        None,
        "periode_debut",
        "periode_fin",
        bailleur=one_of("PAFARC", "autre"),
        volet=one_of("activités", "coordination"),
        montant=dollars,
    ),
    kind("partnership.grant.ended"),
]
OUTREACH = [kind("partnership.outreach.held", activite=one_of("prix", "autre"), personnes_rejointes=COUNT)]
MEETINGS = kind("mobilis.youth.met", "no_rencontre", "date_devoilement", referee=one_of(True, False))
# What is told together on one row has one sender and natural key: the second kind ends the first.
ROWS: list[tuple[str, list[Kind]]] = [
    ("MOBILIS", STAFF),
    ("MOBILIS", [MEETINGS]),
    ("MOBILIS", SCHOOLS),
    ("MOBILIS", GRANTS),
    ("MOBILIS", OUTREACH),
    ("MOBILIS", [kind("mobilis.operation.conducted", conduite=one_of("SPAL seul", "avec l'ERM"))]),
    ("Pj", STAFF),
    ("Pj", [kind("pj.training.attended", "no_session", organisation=ORGANISATION, theme=one_of("autre"))]),
    ("Pj", [kind("pj.meeting.attended", "no_reunion", organisation=ORGANISATION)]),
    ("Pj", [kind("pj.concern.shared", "no_reunion", **AXIS)]),
    ("Pj", [kind("pj.action.decided", "no_reunion", **AXIS), kind("pj.action.completed")]),
    ("Pj", GRANTS),
    ("Pj", OUTREACH),
    ("Pj", [kind("pj.partner.joined", organisation=ORGANISATION), kind("pj.partner.left")]),
    ("Pj", [kind("pj.delegate.named", organisation=ORGANISATION), kind("pj.delegate.left")]),
    ("Pj", [kind("pj.coordination.filled", organisation=ORGANISATION), kind("pj.coordination.vacated")]),
    ("Pj", [kind("pj.table.met", organisation=ORGANISATION)]),
]
SHARED = {"pj.training.attended"}  # whose rows one sender tells: a session has one date, whoever was there


def telling(seed: int) -> Telling:
    """Rows told at one of three statements, some corrected or withdrawn at a later one, and links."""
    chance, told = Random(seed), Telling()
    for programme, kinds in ROWS:
        keys = {(NUMBER(chance), f"p{chance.randrange(8)}") for _ in range(chance.randint(6, 20))}
        for number, person in sorted(keys):
            sender = "SPAL" if kinds[0].type in SHARED else chance.choice(("SPAL", "CAVAC"))
            for place, each in enumerate(kinds):
                if place == 0 or chance.random() < 0.6:
                    _tell(chance, told, programme, each, (number, person, sender))
    for _ in range(chance.randrange(4)):
        one, other = chance.sample(range(8), 2)
        told.link(f"p{one}", f"p{other}", chance.choice(REPORTS["MOBILIS"] + REPORTS["Pj"]))
    return told


def _tell(chance: Random, told: Telling, programme: str, each: Kind, row: tuple[str, str, str]) -> None:
    """One event, told once or corrected or withdrawn afterwards."""
    number, person, sender = row
    for place, on in enumerate(sorted(chance.sample(REPORTS[programme], chance.choice((1, 1, 2))))):
        data = {name: draw(chance) for name, draw in each.data.items()}
        for name in each.dates:
            day, precision = first_day(_day(chance, programme))
            data |= {name: day.isoformat(), f"{name}_precision": precision}
        told.tell(
            each.type,
            _day(chance, programme),
            person,
            key=number,
            action=chance.choice(("correct", "correct", "retract")) if place else "assert",
            territory=chance.choice(PLACES),
            sender=sender,
            programme=programme,
            on=on,
            **({each.number: number} if each.number else {}),
            **data,
        )


def _day(chance: Random, programme: str) -> str:
    """A day of the programme's life, or only its month or year."""
    first, last = LIFE[programme]
    day = (first + timedelta(days=chance.randint(0, (last - first).days))).isoformat()
    return chance.choice((day, day, day, day[:7], day[:4]))
