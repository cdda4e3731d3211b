"""Places asked for the youths detected: offered on the territory or far away, or refused for want of one."""

from collections.abc import Mapping
from datetime import date, timedelta

from bilan.samples.calendars import THREE_QUARTERLY, YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import MISSING, UNKNOWN, cell, contradiction, emptied, half_named
from bilan.samples.lives import LAST_NEWS, in_order, one_of, seen
from bilan.samples.log import Log, Story
from bilan.samples.logs.arrests import draw_known
from bilan.samples.logs.detections import PRIMARY, Detected
from bilan.samples.revising import numbered
from bilan.samples.revisions import listed, wrong_choice, wrong_day

REQUESTS = 92
SENDERS = {"CISSS-ME": 66, "2159": 34}
RESOURCES = {"CISSS-ME": 55, "2159": 30, "autre": 15}
OFFERED, REFUSED, WAITING = "offerte", "refusée", "en attente"
DECISIONS = {OFFERED: 60, REFUSED: 34, WAITING: 6}
REASONS = {
    "manque de place": 74,
    "hors critères d'inclusion": 10,
    "hors territoire": 4,
    "refus du jeune": 8,
    "autre": 4,
}
EMERGENCY = 0.34
ON_TERRITORY = 0.6
STILL_THERE = 0.12
LAST_REQUEST = date(2019, 9, 20)


def tell_housing(draw: Draw, books: Mapping[str, Book], story: Story) -> None:
    """Enter the requests; some youths ask again, most often after a refusal."""
    asking = [youth for youth in story.detected if youth.axis != PRIMARY and youth.day <= LAST_REQUEST]
    once = draw.sample(asking, REQUESTS * 3 // 4)
    again = draw.sample(once, REQUESTS - len(once))
    for order, (youth, wait) in enumerate(
        [(youth, (0, 150)) for youth in once] + [(youth, (160, 400)) for youth in again], start=1
    ):
        # Of a tertiary youth, the need comes with the turn rather than with the first detection.
        known = youth.turned if youth.turned and draw.chance(0.6) else youth.day
        day = min(known + timedelta(draw.randint(*wait)), LAST_REQUEST)
        _tell(draw, books[one_of(draw, SENDERS)], youth, day, f"H{day:%y}-{order:03d}")


def _tell(draw: Draw, book: Book, youth: Detected, day: date, number: str) -> None:
    """Enter one request with its answer and the stay, as each became known."""
    urgent = draw.chance(EMERGENCY)
    cells: dict[str, Value] = {
        "no_demande": number,
        "date_demande": seen(draw, day),
        **youth.person.cells("jeune"),
        "urgence": urgent if draw.chance(0.93) else None,
        "ressource": one_of(draw, RESOURCES),
        "decision": WAITING,
        "territoire": youth.place,
    }
    row = Row(cells, youth.person.id)
    stages = [(draw_known(draw, day), row)]
    decision = one_of(draw, DECISIONS)
    decided = day + timedelta(draw.randint(0, 2 if urgent else 21))
    if decision != WAITING and decided <= LAST_NEWS:
        row = _answered(draw, row, decision, decided)
        stages.append((decided, row))
        if decision == OFFERED and draw.chance(0.92):
            stages += _stay(draw, row, decided)
    book.tell(*in_order(stages))


def _answered(draw: Draw, row: Row, decision: str, decided: date) -> Row:
    answer: dict[str, Value] = {
        "decision": decision,
        "date_decision": None if draw.chance(0.05) else Day(decided),
    }
    if decision == REFUSED:
        return row.but({**answer, "raison_refus": one_of(draw, REASONS)})
    return row.but({**answer, "lieu": "sur le territoire" if draw.chance(ON_TERRITORY) else "à distance"})


def _stay(draw: Draw, row: Row, offered: date) -> list[tuple[date, Row]]:
    """The arrival and, unless the youth is still there, the departure."""
    arrived = offered + timedelta(draw.randint(0, 5))
    if arrived > LAST_NEWS:
        return []
    row = row.but({"date_debut": Day(arrived)})
    stages = [(arrived, row)]
    left = arrived + timedelta(draw.randint(2, 170))
    if left <= LAST_NEWS and not draw.chance(STILL_THERE):
        stages.append((left, row.but({"date_fin": Day(left)})))
    return stages


LOG = Log(
    name="hebergements",
    calendars={
        "CISSS-ME": pj(THREE_QUARTERLY),
        "2159": pj(YEARLY),
    },
    tell=tell_housing,
    mistakes=(
        (wrong_day("date_demande"), 2),
        (wrong_choice("urgence", (True, False)), 2),
        (listed("hebergements", "lieu"), 1),
    ),
    withdraw=numbered("no_demande"),
    faults=(
        emptied("lieu", "decision", "offerte"),
        cell("urgence", UNKNOWN, "peut-être"),
        cell("ressource", MISSING, ""),
        cell("raison_refus", UNKNOWN, "complet"),
        half_named(key_readable=True),
        contradiction("ressource", "CISSS-ME", "2159"),
    ),
)
