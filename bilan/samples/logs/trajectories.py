"""Services asked for the youths detected: served, declined, transferred, returned to, or overlapping.

No service is ever given to a client beyond the primary axis, nor to a pimp at the tertiary one: these
are the holes in the offer, of which [PJ] speaks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import HALF_YEARLY, PJ_YEAR_3_END, YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, UNKNOWN, cell, emptied, half_named
from bilan.samples.lives import LAST_NEWS, in_order, one_of, seen
from bilan.samples.log import Log, Story
from bilan.samples.logs.arrests import draw_known
from bilan.samples.logs.detections import CLIENT, PIMP, PRIMARY, SECONDARY, TERTIARY, VICTIM, Detected
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, listed, wrong_day

REQUESTS = 260
PER_YOUTH = {1: 35, 2: 30, 3: 20, 4: 15}
SENDERS = {"CISSS-ME": 60, "KEKPART": 22, "2159": 18}

Offer = tuple[str, str]  # a service, and who gives it
OFFERS: dict[tuple[str, str], tuple[Offer, ...]] = {
    (PRIMARY, VICTIM): (("scolaire", "CSMV"), ("travail de milieu", "KEKPART")),
    (PRIMARY, PIMP): (("travail de milieu", "KEKPART"), ("scolaire", "CSMV")),
    (PRIMARY, CLIENT): (("scolaire", "CSMV"), ("travail de milieu", "KEKPART")),
    (SECONDARY, VICTIM): (
        ("suivi psychosocial", "CISSS-ME"),
        ("suivi psychosocial", "CISSS-MC"),
        ("travail de milieu", "KEKPART"),
        ("travail de milieu", "2159"),
        ("toxicomanie", "CISSS-MC"),
    ),
    (SECONDARY, PIMP): (("suivi psychosocial", "CISSS-ME"), ("travail de milieu", "KEKPART")),
    (SECONDARY, CLIENT): (("suivi psychosocial", "CISSS-MC"), ("travail de milieu", "2159")),
    (TERTIARY, VICTIM): (
        ("soutien aux victimes", "CAVAC"),
        ("protection", "CISSS-ME"),
        ("hébergement", "2159"),
        ("suivi psychosocial", "CISSS-ME"),
    ),
    (TERTIARY, PIMP): (("suivi psychosocial", "CISSS-ME"), ("autre", "CISSS-MC")),
    (TERTIARY, CLIENT): (("suivi psychosocial", "CISSS-ME"), ("autre", "CISSS-MC")),
}
NEVER_COVERED = {(SECONDARY, CLIENT), (TERTIARY, PIMP), (TERTIARY, CLIENT)}
ACCEPTED, UNMET, TRANSFERRED, WAITING = "acceptée", "critères non satisfaits", "transférée", "en attente"
DECISIONS = {ACCEPTED: 62, UNMET: 20, TRANSFERRED: 10, WAITING: 8}
WITHOUT_OFFER = {UNMET: 70, WAITING: 30}
REASONS = {
    "hors critères d'inclusion": 40,
    "hors territoire": 12,
    "manque de place": 30,
    "refus du jeune": 12,
    "autre": 6,
}
RETURNS, OVERLAPS = 0.4, 0.35


@dataclass(frozen=True)
class Request:
    """One service asked, and what became of it."""

    day: date
    offer: Offer
    cell: tuple[str, str]
    decision: str
    decided: date
    transferred: str | None = None
    start: date | None = None
    end: date | None = None


def tell_trajectories(draw: Draw, books: Mapping[str, Book], story: Story) -> None:
    """Enter the requests; one sender follows each youth from one service to the next."""
    number, order = 0, draw.sample(story.detected, len(story.detected))
    for youth in order:
        sender = one_of(draw, SENDERS)
        for request in _path(draw, youth, one_of(draw, PER_YOUTH)):
            if number == REQUESTS:
                return
            number += 1
            row = _row(draw, youth, request, f"T{request.day:%y}-{number:03d}")
            _tell(draw, books[sender], row, request)


def _path(draw: Draw, youth: Detected, count: int) -> Iterator[Request]:
    """One request after the other, each following from what became of the one before."""
    day, offer = youth.day + timedelta(draw.randint(0, 35)), None
    for _ in range(count):
        if day > PJ_YEAR_3_END:
            return
        request = _request(draw, youth, day, offer)
        yield request
        day, offer = _next(draw, request)


def _request(draw: Draw, youth: Detected, day: date, offer: Offer | None) -> Request:
    cell = youth.cells_on(day)
    asked = offer or draw.choice(OFFERS[cell])
    decision = one_of(draw, WITHOUT_OFFER if cell in NEVER_COVERED else DECISIONS)
    decided = day + timedelta(draw.randint(1, 40))
    if decided > LAST_NEWS:
        return Request(day, asked, cell, WAITING, decided)
    if decision == TRANSFERRED:
        others = sorted({by for offers in OFFERS.values() for _, by in offers if by != asked[1]})
        return Request(day, asked, cell, decision, decided, transferred=draw.choice(others))
    start = decided + timedelta(draw.randint(0, 45))
    if decision != ACCEPTED or draw.chance(0.1) or start > LAST_NEWS:
        return Request(day, asked, cell, decision, decided)
    end = start + timedelta(draw.randint(30, 280))
    ended = end if draw.chance(0.8) and end <= LAST_NEWS else None
    return Request(day, asked, cell, decision, decided, None, start, ended)


def _next(draw: Draw, request: Request) -> tuple[date, Offer | None]:
    """When the next service is asked, and which one: a return to the same, an overlap, or anything."""
    if request.transferred is not None:
        return request.decided + timedelta(draw.randint(0, 10)), (request.offer[0], request.transferred)
    if request.end is not None and draw.chance(RETURNS):
        return request.end + timedelta(draw.randint(10, 120)), request.offer
    if request.start is not None and draw.chance(OVERLAPS):
        return request.start + timedelta(draw.randint(3, 25)), None
    return request.decided + timedelta(draw.randint(30, 160)), None


def _row(draw: Draw, youth: Detected, request: Request, number: str) -> Row:
    """The row of a request on the day it is made."""
    axis, target = request.cell
    known = draw.chance(0.94)
    cells: dict[str, Value] = {
        "no_demande": number,
        "date_demande": seen(draw, request.day),
        **youth.person.cells("jeune"),
        "service": request.offer[0],
        "fournisseur": request.offer[1],
        "axe": axis if known else None,
        "cible": target if known else None,
        "decision": WAITING,
        "territoire": youth.place,
    }
    return Row(cells, youth.person.id)


def _tell(draw: Draw, book: Book, row: Row, request: Request) -> None:
    """Enter one request with its decision and the service given, as each became known."""
    stages = [(draw_known(draw, request.day), row)]
    if request.decision != WAITING:
        row = row.but(
            {
                "decision": request.decision,
                "date_decision": None if draw.chance(0.06) else Day(request.decided),
                "raison_refus": one_of(draw, REASONS) if request.decision == UNMET else None,
                "transfere_a": request.transferred,
            }
        )
        stages.append((request.decided, row))
    if request.start is not None:
        lead = draw.chance(0.55) if draw.chance(0.88) else None
        row = row.but({"date_debut": Day(request.start), "meneur": lead})
        stages.append((request.start, row))
    if request.end is not None:
        stages.append((request.end, row.but({"date_fin": seen(draw, request.end)})))
    book.tell(*in_order(stages))


LOG = Log(
    name="trajectoires",
    calendars={
        "CISSS-ME": pj(HALF_YEARLY),
        "KEKPART": pj(YEARLY),
        "2159": pj(YEARLY),
    },
    tell=tell_trajectories,
    mistakes=(
        (wrong_day("date_demande"), 2),
        (listed("trajectoires", "service"), 2),
        (blank("axe"), 2),
        (blank("meneur"), 1),
    ),
    withdraw=numbered("no_demande"),
    faults=(
        emptied("raison_refus", "decision", "critères non satisfaits"),
        emptied("transfere_a", "decision", "transférée"),
        cell("service", UNKNOWN, "mentorat"),
        cell("fournisseur", UNKNOWN, "GRC"),
        cell("date_demande", BAD_DATE, "2018-13-01"),
        half_named(key_readable=True),
    ),
)
