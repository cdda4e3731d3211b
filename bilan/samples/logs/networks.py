"""Analyses asked of social networks, some of them twice by different partners without knowing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import PJ_YEAR_3_END, THREE_QUARTERLY, YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, MISSING, UNKNOWN, cell, future, half_named
from bilan.samples.lives import LAST_NEWS, one_of, seen
from bilan.samples.log import Log, Story
from bilan.samples.logs.detections import Detected
from bilan.samples.revising import numbered
from bilan.samples.revisions import blank, wrong_choice, wrong_day

ASKED, REPEATED = 58, 13
REPEATED_WITHIN = (2, 27)  # days
SENDERS = {"SPAL": 62, "CISSS-ME": 38}
ASKERS = ("SPAL", "CISSS-ME", "CSMV", "KEKPART", "CAVAC")
MEANS = {"profil personnel": 52, "outil dédié": 34, "autre": 6, None: 8}
LAST_REQUEST = date(2019, 8, 30)


@dataclass(frozen=True)
class Search:
    """One request: who asks it of whom, about which youth or account."""

    number: str
    sender: str
    asker: str
    day: date
    youth: Detected | None
    account: str | None
    place: str
    repeats: str | None = None  # the request that this one is known to repeat


def tell_networks(draw: Draw, books: Mapping[str, Book], story: Story) -> None:
    """Enter every request, then those that another partner makes again soon after."""
    searches = [
        _search(draw, order, youth)
        for order, youth in enumerate(
            draw.sample([one for one in story.detected if _early(one)], ASKED), start=1
        )
    ]
    for order, first in enumerate(draw.sample(searches, REPEATED), start=ASKED + 1):
        searches.append(_again(draw, order, first))
    for search in searches:
        _tell(draw, books[search.sender], search)


def _early(youth: Detected) -> bool:
    return youth.day <= LAST_REQUEST - timedelta(30)


def _search(draw: Draw, order: int, youth: Detected) -> Search:
    day = min(youth.day + timedelta(draw.randint(0, 120)), LAST_REQUEST)
    named, account = draw.chance(0.75), f"CPT-{10200 + 7 * order}"
    return Search(
        number=f"RS{day:%y}-{order:03d}",
        sender=one_of(draw, SENDERS),
        asker=draw.choice(ASKERS),
        day=day,
        youth=youth if named else None,
        account=account if not named or draw.chance(0.7) else None,
        place=youth.place,
    )


def _again(draw: Draw, order: int, first: Search) -> Search:
    """The same youth or account, asked by another partner; half the time somebody notices."""
    day = min(first.day + timedelta(draw.randint(*REPEATED_WITHIN)), PJ_YEAR_3_END)
    noticed = order % 2 == 0
    return Search(
        number=f"RS{day:%y}-{order:03d}",
        sender=first.sender if noticed else one_of(draw, SENDERS),
        asker=draw.choice([asker for asker in ASKERS if asker != first.asker]),
        day=day,
        youth=first.youth,
        account=first.account,
        place=first.place,
        repeats=first.number if noticed else None,
    )


def _tell(draw: Draw, book: Book, search: Search) -> None:
    """Enter one request and what followed from it, as each became known."""
    cells: dict[str, Value] = {
        "no_demande": search.number,
        # Told by its day: were it vague, nothing would show that a repeat came soon after.
        "date_demande": Day(search.day),
        "demandeur": search.asker,
        **(search.youth.person.cells("jeune") if search.youth else {}),
        "compte": search.account,
        "moyen": one_of(draw, MEANS),
        "doublon_de": search.repeats,
        "territoire": search.place,
    }
    row = Row(cells, search.youth.person.id if search.youth else None)
    stages, day = [(search.day, row)], search.day
    for heading, chance, wait in (
        ("date_analyse", 0.85, 20),
        ("date_signalement", 0.55, 6),
        ("date_transmission", 0.75, 10),
        ("date_suivi", 0.7, 40),
    ):
        day += timedelta(draw.randint(0, wait))
        if not draw.chance(chance) or day > LAST_NEWS:
            break
        row = row.but({heading: seen(draw, day)})
        if heading == "date_transmission":
            row = row.but({"transmise_a": draw.choice(("SPAL", "CISSS-ME"))})
        stages.append((day, row))
    book.tell(*stages)


LOG = Log(
    name="reseaux_sociaux",
    calendars={
        "SPAL": pj(THREE_QUARTERLY),
        "CISSS-ME": pj(YEARLY),
    },
    tell=tell_networks,
    mistakes=(
        (wrong_day("date_demande"), 1),
        (blank("moyen"), 2),
        (wrong_choice("demandeur", ("SPAL", "CISSS-ME", "CSMV")), 1),
    ),
    withdraw=numbered("no_demande"),
    faults=(
        cell("moyen", UNKNOWN, "intuition"),
        cell("demandeur", MISSING, ""),
        half_named(key_readable=True),
        future("date_demande"),
        cell("date_analyse", BAD_DATE, "2018-02-31"),
    ),
)
