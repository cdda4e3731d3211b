"""Operations of phase 1 against networks: about one a quarter, a third of them with the ERM."""

from collections.abc import Mapping
from datetime import timedelta

from bilan.samples.calendars import MOBILIS_START, PHASE_1_END, YEARLY, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, UNKNOWN, cell
from bilan.samples.log import Log, Story
from bilan.samples.logs.arrests import draw_known
from bilan.samples.places import in_turns
from bilan.samples.revising import numbered
from bilan.samples.revisions import listed, wrong_day

CONDUCT = {"SPAL seul": 9, "avec l'ERM": 5}


def tell_operations(draw: Draw, books: Mapping[str, Book], _story: Story) -> None:
    """Enter the operations, spread over the phase."""
    conducted = draw.deal(CONDUCT)
    places = in_turns(draw, len(conducted))
    width = (PHASE_1_END - MOBILIS_START) / len(conducted)
    for order, conduct in enumerate(conducted):
        start = MOBILIS_START + width * order
        day = draw.day(start, start + width - timedelta(days=1))
        cells: dict[str, Value] = {
            "no_operation": f"OP-{day:%y}-{order + 1:02d}",
            "date_operation": Day(day),
            "conduite": conduct,
            "territoire": places[order],
        }
        books["SPAL"].tell((draw_known(draw, day), Row(cells)))


LOG = Log(
    name="operations",
    calendars={
        "SPAL": mobilis(YEARLY),
    },
    tell=tell_operations,
    mistakes=(
        (listed("operations", "conduite"), 1),
        (wrong_day("date_operation"), 1),
    ),
    withdraw=numbered("no_operation"),
    faults=(
        cell("conduite", UNKNOWN, "avec la GRC"),
        cell("date_operation", BAD_DATE, "31/11/2009"),
    ),
)
