"""Information exchanges of phase 1, told by the one who passed on and sometimes by both sides."""

from dataclasses import dataclass
from datetime import date

from bilan.samples.calendars import MOBILIS_START, PHASE_1_END, QUARTERLY, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import (
    BAD_DATE,
    BAD_NUMBER,
    MISSING,
    TOO_EARLY,
    UNKNOWN,
    Fault,
    breach,
    cell,
    contradiction,
    named,
    uninvited,
)
from bilan.samples.log import Log
from bilan.samples.logs.arrests import draw_known
from bilan.samples.people import Person
from bilan.samples.places import quotas
from bilan.samples.revising import numbered
from bilan.samples.revisions import choices, wrong_choice, wrong_day
from bilan.samples.targets import FORMAL_EXCHANGES

TO_POLICE, FROM_POLICE, TO_COMMUNITY = ("CJM", "SPAL"), ("SPAL", "CJM"), ("SPAL", "KEKPART")
FORMAL = {TO_POLICE: 49, FROM_POLICE: int(FORMAL_EXCHANGES.value) - 49}
INFORMAL = {TO_POLICE: 14, FROM_POLICE: 12, TO_COMMUNITY: 8}
TOLD_BY_BOTH = 0.35
YOUTHS = {0: 30, 1: 50, 2: 15, 3: 5}
REFUSES_CONSENT = 0.3
NATURES = {
    "CJM": ["proxénète présumé", "entourage", "lieu de rencontre", "véhicule", "jeune à risque", "autre"],
    "SPAL": ["recruteur potentiel", "recruteur potentiel", "jeune à risque", "entourage", "autre"],
}


@dataclass(frozen=True)
class Exchange:
    """One exchange, formal or not, and the youths it concerns."""

    number: str
    day: date
    direction: tuple[str, str]
    formal: bool
    natures: tuple[str, ...]
    youths: tuple[Person, ...]
    place: str


class Consents:
    """Which youths refuse that their name be passed on, and how each sender then refers to them."""

    def __init__(self, draw: Draw) -> None:
        """Nobody asked yet."""
        self._draw = draw
        self._refuses: dict[str, bool] = {}
        self._references: dict[tuple[str, str], str] = {}

    def refused(self, person: Person) -> bool:
        """Whether this youth refuses: always the same answer."""
        if person.id not in self._refuses:
            self._refuses[person.id] = self._draw.chance(REFUSES_CONSENT)
        return self._refuses[person.id]

    def reference(self, sender: str, person: Person) -> str:
        """That sender's own reference to this youth."""
        return self._references.setdefault(
            (sender, person.id), f"{sender[0]}-{7000 + 3 * len(self._references)}"
        )


def make_exchanges(draw: Draw, youths: list[Person]) -> list[Exchange]:
    """Every exchange of the phase, by date."""
    kinds = [(direction, True) for direction in draw.deal(FORMAL)]
    kinds += [(direction, False) for direction in draw.deal(INFORMAL)]
    draw.shuffle(kinds)
    width = (PHASE_1_END - MOBILIS_START) / len(kinds)
    places = draw.deal(quotas(len(kinds)))
    exchanges = []
    for order, (direction, formal) in enumerate(kinds):
        day = draw.day(MOBILIS_START + width * order, MOBILIS_START + width * (order + 1))
        concerned = draw.choices([*YOUTHS], [*YOUTHS.values()])[0]
        natures = {draw.choice(NATURES[direction[0]]) for _ in range(draw.choice([1, 1, 2, 3]))}
        exchanges.append(
            Exchange(
                number=f"E{day:%Y}-{order + 1:03d}",
                day=day,
                direction=direction,
                formal=formal,
                natures=tuple(sorted(natures)),
                youths=tuple(draw.sample(youths, concerned)),
                place=places[order],
            )
        )
    return exchanges


def exchange_rows(exchange: Exchange, sender: str, consents: Consents, precision: str) -> list[Row]:
    """The rows by which that sender tells of the exchange: one per youth, or one alone."""
    day = exchange.day.replace(day=1) if precision == "month" else exchange.day
    common: dict[str, Value] = {
        "no_echange": exchange.number,
        "date_echange": Day(day, precision),
        "de": exchange.direction[0],
        "vers": exchange.direction[1],
        "formel": exchange.formal,
        "nature": exchange.natures,
        "territoire": exchange.place,
    }
    if not exchange.youths:
        return [Row({**common, "rang": 1, "consentement_nominatif": None})]
    rows = []
    for rank, person in enumerate(exchange.youths, start=1):
        refused = consents.refused(person)
        who: dict[str, Value] = (
            {"jeune_ref": consents.reference(sender, person)} if refused else person.cells("jeune")
        )
        # Without a name, two senders' references are two persons as far as anyone can tell.
        known_as = f"{sender}:{person.id}" if refused else person.id
        cells = {**common, "rang": rank, **who, "consentement_nominatif": not refused}
        rows.append(Row(cells, known_as))
    return rows


def tell_exchanges(draw: Draw, books: dict[str, Book], exchanges: list[Exchange]) -> None:
    """Enter the exchanges with each sender that tells of them; both then say the same."""
    consents = Consents(draw)
    vague = set(draw.sample(range(len(exchanges)), 4))
    for order, exchange in enumerate(exchanges):
        giver, receiver = exchange.direction
        both = receiver in books and draw.chance(TOLD_BY_BOTH)
        precision = "month" if order in vague else "day"
        for sender in (giver, receiver) if both else (giver,):
            known = draw_known(draw, exchange.day)
            for row in exchange_rows(exchange, sender, consents, precision):
                books[sender].tell((known, row))


LOG = Log(
    name="echanges",
    calendars={
        "SPAL": mobilis(QUARTERLY),
        "CJM": mobilis(QUARTERLY),
    },
    mistakes=(
        (wrong_day("date_echange"), 2),
        (wrong_choice("formel", (True, False)), 2),
        (wrong_choice("nature", tuple((str(nature),) for nature in choices("echanges", "nature"))), 2),
    ),
    withdraw=numbered("no_echange"),
    faults=(
        breach(),
        uninvited("VILLE"),
        Fault(((None, "missing_if"),), lambda _row, _statement: {"consentement_nominatif": ""}, named),
        cell("nature", UNKNOWN, "rumeur"),
        cell("formel", MISSING, ""),
        cell("rang", BAD_NUMBER, "0", key_readable=False),
        cell("date_echange", BAD_DATE, "2010-02-30"),
        cell("date_echange", TOO_EARLY, "2004-05-06"),
        cell("vers", UNKNOWN, "Interpol"),
        contradiction("formel", "non", "oui", value=False),
    ),
)
