"""What the samples have of one log; each module of `bilan.samples.logs` has one, named LOG."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bilan.samples.draw import Draw
from bilan.samples.facts import Book
from bilan.samples.faults import Fault
from bilan.samples.people import Person, Population
from bilan.samples.revisions import Wrong

if TYPE_CHECKING:
    from bilan.samples.logs.detections import Detected
    from bilan.samples.logs.staff import Workforce


@dataclass(frozen=True)
class Story:
    """Those of whom several logs speak: the youths that Pj detects, and who works for its partners."""

    detected: list["Detected"]
    force: "Workforce"
    staff: Mapping[str, list[Person]]  # by partner


@dataclass(frozen=True)
class Log:
    """When a log's senders state it, what they tell, and what they first get wrong."""

    name: str
    calendars: Mapping[str, tuple[date, ...]]  # by sender, the dates of its statements
    withdraw: Callable[[Draw, Book, Population], None]  # the rows that are taken back, or forgotten once
    faults: tuple[Fault, ...]  # each made once, where a statement is long enough
    mistakes: tuple[tuple[Wrong, int], ...] = ()  # told wrongly first, and so many times in each book
    revise: Callable[[Draw, Book], None] | None = None  # the same, where it takes more than a cell
    tell: Callable[[Draw, Mapping[str, Book], Story], None] | None = None  # None: told with the story
