"""Grants: those of phase 1, told by the SPAL, and those of Pj, told by the coordination.

From July to September 2018 nothing covers Pj: its fragility is what [PJ] complains of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bilan.samples.calendars import YEARLY, mobilis, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, BAD_NUMBER, UNKNOWN, cell
from bilan.samples.log import Log, Story
from bilan.samples.revising import numbered
from bilan.samples.revisions import listed, wrong_choice


@dataclass(frozen=True)
class Grant:
    """One grant, the days it covers, and the day it ended early, if it did."""

    funder: str
    strand: str
    awarded: date
    covers: tuple[date, date]
    ended: date | None = None


CRE, FORUM, MINISTRY = "CRÉ de Longueuil", "Forum jeunesse Longueuil", "ministère de la Sécurité publique"
COORDINATION, ACTIVITIES = "coordination", "activités"

MOBILIS_GRANTS = (
    Grant(CRE, COORDINATION, date(2008, 9, 22), (date(2008, 9, 1), date(2009, 8, 31))),
    Grant(FORUM, ACTIVITIES, date(2008, 11, 3), (date(2008, 11, 1), date(2009, 6, 30))),
    Grant(CRE, ACTIVITIES, date(2009, 3, 16), (date(2009, 4, 1), date(2010, 3, 31))),
    Grant(CRE, COORDINATION, date(2009, 8, 24), (date(2009, 9, 1), date(2010, 8, 31))),
    Grant(FORUM, ACTIVITIES, date(2009, 10, 5), (date(2009, 10, 1), date(2010, 6, 30))),
    Grant("autre", ACTIVITIES, date(2010, 2, 8), (date(2010, 2, 1), date(2010, 12, 31))),
    Grant(CRE, COORDINATION, date(2010, 8, 30), (date(2010, 9, 1), date(2011, 8, 31))),
    Grant(FORUM, ACTIVITIES, date(2010, 11, 15), (date(2010, 11, 1), date(2011, 6, 30))),
)
PJ_GRANTS = (
    Grant(MINISTRY, COORDINATION, date(2016, 10, 3), (date(2016, 10, 1), date(2017, 9, 30))),
    Grant(MINISTRY, ACTIVITIES, date(2016, 10, 3), (date(2016, 10, 1), date(2017, 9, 30))),
    Grant("PAFARC", ACTIVITIES, date(2017, 2, 13), (date(2017, 3, 1), date(2018, 5, 31))),
    Grant("autre", ACTIVITIES, date(2017, 5, 29), (date(2017, 6, 1), date(2017, 12, 31))),
    Grant(MINISTRY, COORDINATION, date(2017, 9, 18), (date(2017, 10, 1), date(2018, 6, 30))),
    Grant(
        MINISTRY,
        ACTIVITIES,
        date(2017, 9, 18),
        (date(2017, 10, 1), date(2018, 9, 30)),
        ended=date(2018, 6, 29),
    ),
    Grant("autre", ACTIVITIES, date(2018, 1, 22), (date(2018, 2, 1), date(2018, 6, 30))),
    Grant(MINISTRY, COORDINATION, date(2018, 10, 9), (date(2018, 10, 1), date(2019, 9, 30))),
    Grant(MINISTRY, ACTIVITIES, date(2018, 10, 9), (date(2018, 10, 1), date(2019, 9, 30))),
    Grant("PAFARC", ACTIVITIES, date(2018, 11, 26), (date(2018, 12, 1), date(2019, 11, 30))),
)
AMOUNTS = {COORDINATION: (120, 180), ACTIVITIES: (30, 140)}  # half thousands of dollars


def tell_funding(draw: Draw, books: Mapping[str, Book], _story: Story) -> None:
    """Enter the grants of both programmes, each with its amount."""
    for book, grants in ((books["SPAL"], MOBILIS_GRANTS), (books["COORD"], PJ_GRANTS)):
        for order, grant in enumerate(grants, start=1):
            row = _row(grant, f"S-{grant.awarded:%Y}-{order:02d}", draw.randint(*AMOUNTS[grant.strand]))
            stages = [(grant.awarded + timedelta(draw.randint(0, 30)), row)]
            if grant.ended is not None:
                stages.append((grant.ended, row.but({"date_cessation": Day(grant.ended)})))
            book.tell(*stages)


def _row(grant: Grant, number: str, half_thousands: int) -> Row:
    cells: dict[str, Value] = {
        "no_subvention": number,
        "date_octroi": Day(grant.awarded),
        "bailleur": grant.funder,
        "volet": grant.strand,
        "montant": Decimal(half_thousands * 500),
        "periode_debut": Day(grant.covers[0]),
        "periode_fin": Day(grant.covers[1]),
    }
    return Row(cells)


LOG = Log(
    name="financements",
    calendars={
        "SPAL": mobilis(YEARLY),
        "COORD": pj(YEARLY),
    },
    tell=tell_funding,
    mistakes=(
        (wrong_choice("montant", (Decimal(25000), Decimal(48500), Decimal(72000))), 1),
        (listed("financements", "volet"), 1),
    ),
    withdraw=numbered("no_subvention"),
    faults=(
        cell("montant", BAD_NUMBER, "dix mille"),
        cell("bailleur", UNKNOWN, "Ville de Québec"),
        cell("periode_fin", BAD_DATE, "31/06/2018"),
    ),
)
