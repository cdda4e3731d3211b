"""Operations of phase 1 against networks: about one a quarter, a third of them with the ERM."""

from datetime import timedelta

from bilan.samples.arrests import draw_known
from bilan.samples.calendars import MOBILIS_START, PHASE_1_END
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.places import in_turns

CONDUCT = {"SPAL seul": 9, "avec l'ERM": 5}


def tell_operations(draw: Draw, book: Book) -> None:
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
        book.tell((draw_known(draw, day), Row(cells)))
