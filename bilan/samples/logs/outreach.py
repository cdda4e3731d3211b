"""Outreach: the press conference of 8 March 2011, prizes, presentations, research milestones."""

from collections.abc import Mapping
from datetime import date, timedelta

from bilan.samples.calendars import YEARLY, mobilis, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Row, Value
from bilan.samples.faults import BAD_NUMBER, MISSING, TOO_EARLY, cell
from bilan.samples.lives import seen
from bilan.samples.log import Log, Story
from bilan.samples.revising import numbered
from bilan.samples.revisions import wrong_choice, wrong_day

PRESS, PRIZE, TALK = "conférence de presse", "prix", "présentation"
RESEARCH, NETWORK = "jalon de recherche", "sensibilisation à la thérapie de réseau"

# The day, the kind, and how many people it reached; None where nobody counted.
Activity = tuple[date, str, int | None]
MOBILIS_ACTIVITIES: tuple[Activity, ...] = (
    (date(2009, 2, 12), TALK, 45),
    (date(2009, 5, 28), TALK, 60),
    (date(2009, 11, 19), PRIZE, None),
    (date(2010, 3, 25), TALK, 120),
    (date(2010, 6, 3), TALK, 38),
    (date(2010, 10, 14), PRIZE, 200),
    (date(2011, 3, 8), PRESS, None),
    (date(2011, 4, 7), TALK, 85),
    (date(2011, 5, 19), TALK, 52),
    (date(2011, 6, 9), PRIZE, None),
)
PJ_ACTIVITIES: tuple[Activity, ...] = (
    (date(2016, 11, 17), PRESS, None),
    (date(2017, 2, 9), TALK, 70),
    (date(2017, 3, 30), RESEARCH, None),
    (date(2017, 6, 15), NETWORK, 41),
    (date(2017, 10, 26), TALK, 95),
    (date(2018, 1, 18), NETWORK, 36),
    (date(2018, 4, 12), RESEARCH, 28),
    (date(2018, 5, 31), TALK, 110),
    (date(2018, 11, 8), PRIZE, 150),
    (date(2018, 12, 6), "autre", 24),
    (date(2019, 3, 14), NETWORK, 44),
    (date(2019, 5, 2), RESEARCH, 32),
    (date(2019, 6, 6), TALK, 130),
)
TITLES = {PRESS: "Point de presse", PRIZE: "Remise de prix", TALK: "Colloque", RESEARCH: "Rapport d'étape"}


def tell_outreach(draw: Draw, books: Mapping[str, Book], _story: Story) -> None:
    """Enter the activities of both programmes; a few are known by their month alone."""
    for book, activities in ((books["SPAL"], MOBILIS_ACTIVITIES), (books["COORD"], PJ_ACTIVITIES)):
        for order, (day, kind, reached) in enumerate(activities, start=1):
            cells: dict[str, Value] = {
                "no_activite": f"R{day:%y}-{order:02d}",
                # The press conference is an anchor of the bilan: its day is always known.
                "date_activite": seen(draw, day, 0.0 if kind == PRESS else 0.06),
                "activite": kind,
                "titre": TITLES.get(kind, "Rencontre"),
                "personnes_rejointes": reached,
            }
            book.tell((day + timedelta(draw.randint(0, 20)), Row(cells)))


LOG = Log(
    name="rayonnement",
    calendars={
        "SPAL": mobilis(YEARLY),
        "COORD": pj(YEARLY),
    },
    tell=tell_outreach,
    mistakes=(
        (wrong_choice("personnes_rejointes", (20, 50, 100)), 1),
        (wrong_day("date_activite"), 1),
    ),
    withdraw=numbered("no_activite"),
    faults=(
        cell("activite", MISSING, ""),
        cell("personnes_rejointes", BAD_NUMBER, "beaucoup"),
        cell("date_activite", TOO_EARLY, "2005-10-02"),
    ),
)
