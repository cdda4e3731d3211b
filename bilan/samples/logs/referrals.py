"""Referrals from one resource to another, in both programmes, over the life of each."""

from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import (
    HALF_YEARLY,
    MOBILIS_START,
    PHASE_1_END,
    PJ_START,
    PJ_YEAR_3_END,
    QUARTERLY,
    mobilis,
    pj,
)
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, MISSING, TOO_EARLY, UNKNOWN, cell, emptied, future, half_named
from bilan.samples.lives import LAST_NEWS, in_order
from bilan.samples.log import Log
from bilan.samples.logs.arrests import draw_known
from bilan.samples.logs.meetings import Youth
from bilan.samples.people import Person, Population
from bilan.samples.places import quotas
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, month_only, wrong_day

MOTIVES = (
    "hébergement",
    "suivi psychosocial",
    "soutien aux victimes",
    "toxicomanie",
    "scolaire",
    "protection",
    "autre",
)
REASONS = ("hors critères d'inclusion", "hors territoire", "manque de place", "refus du jeune", "autre")
DECISIONS = {"acceptée": 60, "refusée": 24, "en attente": 16}
UNDATED_DECISION = 0.08
PJ_BORN = (date(2000, 1, 10), date(2006, 12, 20))
PJ_YOUTHS = 190
POLICE_REFERRALS = 118


@dataclass(frozen=True)
class Flow:
    """What one sender refers in one programme: how many, to whom, and how it numbers them."""

    sender: str
    count: int
    to: tuple[str, ...]
    prefix: str


MOBILIS_FLOWS = (
    Flow("CJM", 64, ("KEKPART", "autre", "CAVAC"), "CJM"),
    Flow("KEKPART", 41, ("CJM", "CSMV", "autre"), "SPNE"),
)
PJ_FLOWS = (
    Flow("SPAL", 48, ("CISSS-ME", "CAVAC", "KEKPART"), "P"),
    Flow("CAVAC", 36, ("CISSS-ME", "2159", "autre"), "CAVAC"),
    Flow("CISSS-ME", 72, ("KEKPART", "2159", "CISSS-MC", "CAVAC", "autre"), "ME"),
    Flow("CSMV", 54, ("CISSS-ME", "KEKPART", "CISSS-MC"), "CS"),
    Flow("KEKPART", 40, ("CISSS-ME", "CAVAC", "2159"), "K"),
    Flow("2159", 33, ("CISSS-ME", "CISSS-MC", "autre"), "2159"),
)


def tell_mobilis(
    draw: Draw, books: dict[str, Book], referred: list[tuple[date, Youth]], others: list[Person]
) -> None:
    """Enter phase 1: what police referred after a meeting, then what the others did."""
    for order, (day, youth) in enumerate(sorted(draw.sample(referred, POLICE_REFERRALS), key=_when)):
        made = min(day + timedelta(draw.randint(0, 6)), PHASE_1_END)
        who = youth.cells(youth.naming != "never")
        if youth.naming != "never":
            who.pop("jeune_ref")
        row = _opened(
            draw,
            number=f"R{order + 1:04d}",
            made=made,
            ends=("SPAL", str(youth.resource)),
            who=who,
            known_as=youth.person.id,
        )
        _tell(draw, books["SPAL"], row.but({"territoire": youth.place}), PHASE_1_END)
    for flow in MOBILIS_FLOWS:
        _tell_flow(draw, books[flow.sender], flow, others, (MOBILIS_START, PHASE_1_END))


def tell_pj(draw: Draw, books: dict[str, Book], people: Population) -> list[Person]:
    """Enter Pj's first three years, in which several senders refer the same youths; give those back."""
    sexes = draw.choices(["F", "M"], [80, 20], k=PJ_YOUTHS)
    youths = [people.person("pj", sex, PJ_BORN) for sex in sexes]
    for flow in PJ_FLOWS:
        _tell_flow(draw, books[flow.sender], flow, youths, (PJ_START, PJ_YEAR_3_END))
    return youths


def _when(one: tuple[date, Youth]) -> tuple[date, str]:
    return one[0], one[1].person.id


def _tell_flow(draw: Draw, book: Book, flow: Flow, youths: list[Person], within: tuple[date, date]) -> None:
    """Enter one sender's referrals, spread evenly over the period, each youth once per sender."""
    width = (within[1] - within[0]) / flow.count
    places = draw.deal(quotas(flow.count))
    for order, person in enumerate(draw.sample(youths, flow.count)):
        made = draw.day(within[0] + width * order, within[0] + width * (order + 1))
        unnamed = draw.chance(0.1)
        who: dict[str, Value] = (
            {"jeune_ref": f"{flow.prefix}/{40 + order}"} if unnamed else person.cells("jeune")
        )
        known_as = f"{flow.sender}:{person.id}" if unnamed else person.id
        ends = (flow.sender, draw.choice(flow.to))
        row = _opened(
            draw,
            number=f"{flow.prefix}-{made:%y}-{order + 1:03d}",
            made=made,
            ends=ends,
            who=who,
            known_as=known_as,
        )
        _tell(draw, book, row.but({"territoire": places[order]}), _last_news(within))


def _last_news(within: tuple[date, date]) -> date:
    return PHASE_1_END if within[1] == PHASE_1_END else LAST_NEWS


def _opened(
    draw: Draw, *, number: str, made: date, ends: tuple[str, str], who: dict[str, Value], known_as: str
) -> Row:
    """The row of a referral on the day it is made."""
    motives = {draw.choice(MOTIVES) for _ in range(draw.choice([1, 1, 2]))}
    cells: dict[str, Value] = {
        "no_reference": number,
        "date_reference": Day(made),
        "de": ends[0],
        "vers": ends[1],
        **who,
        "motif": tuple(sorted(motives)) if draw.chance(0.9) else None,
        "decision": "en attente",
    }
    return Row(cells, known_as)


def _tell(draw: Draw, book: Book, opened: Row, until: date) -> None:
    """Enter one referral with its decision and the service given, as each became known."""
    made = opened.day("date_reference")
    stages = [(draw_known(draw, made), opened)]
    decision = draw.choices([*DECISIONS], [*DECISIONS.values()])[0]
    decided = made + timedelta(draw.randint(2, 50))
    if decision != "en attente" and decided <= until:
        row = _decided(draw, opened, decision, decided)
        stages.append((decided, row))
        started = decided + timedelta(draw.randint(0, 40))
        if decision == "acceptée" and draw.chance(0.8) and started <= until:
            row = row.but({"date_debut": Day(started)})
            stages.append((started, row))
            ended = started + timedelta(draw.randint(30, 400))
            if draw.chance(0.6) and ended <= until:
                stages.append((ended, row.but({"date_fin": Day(ended)})))
    book.tell(*in_order(stages))


def _decided(draw: Draw, opened: Row, decision: str, decided: date) -> Row:
    dated = None if draw.chance(UNDATED_DECISION) else Day(decided)
    reason = draw.choice(REASONS) if decision == "refusée" else None
    return opened.but({"decision": decision, "date_decision": dated, "raison_refus": reason})


LOG = Log(
    name="references",
    calendars={
        # Two senders were there in both programmes: a log restated whole keeps its old rows.
        "SPAL": mobilis(QUARTERLY) + pj(QUARTERLY),
        "KEKPART": mobilis(QUARTERLY) + pj(QUARTERLY),
        "CJM": mobilis(QUARTERLY),
        "CISSS-ME": pj(QUARTERLY),
        "CSMV": pj(QUARTERLY),
        "CAVAC": pj(HALF_YEARLY),
        "2159": pj(HALF_YEARLY),
    },
    mistakes=(
        (wrong_day("date_reference"), 2),
        (month_only("date_reference"), 1),
        (blank("motif"), 2),
    ),
    withdraw=numbered("no_reference"),
    faults=(
        emptied("raison_refus", "decision", "refusée"),
        cell("vers", UNKNOWN, "GRC"),
        cell("de", MISSING, ""),
        cell("date_reference", BAD_DATE, "30 février 2010"),
        cell("date_reference", TOO_EARLY, "2006-11-03"),
        future("date_reference"),
        half_named(key_readable=True),
        cell("decision", UNKNOWN, "peut-être"),
    ),
)
