"""The clean content of each statement: its rows, those it gets wrong, and those it says twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Fact, Row
from bilan.samples.faults import Fault
from bilan.samples.library import Books
from bilan.samples.logs import log_named

REPEATS = 0.15  # share of the files that say one or two rows twice
AT_MOST = 2  # faults in one file
ROOM = 6  # rows that a file must hold for each of its faults: those refused are then a third at most


@dataclass(frozen=True)
class Line:
    """One row of a sheet: the true row, cells typed otherwise, and the refusals that must follow."""

    row: Row
    typed: tuple[tuple[str, str], ...] = ()
    refusals: tuple[tuple[str | None, str], ...] = ()
    key_readable: bool = True


@dataclass(frozen=True)
class Statement:
    """One sender's whole log as of a date."""

    sender: str
    log: str
    date: date
    lines: tuple[Line, ...]


def make_statements(seed: int, books: Books) -> list[Statement]:
    """Every statement that holds anything, in the order of their dates."""
    statements = []
    for (sender, log), book in books.items():
        draw = Draw.of(seed, "statements", sender, log)
        faults = _plan_faults(draw, book)
        for position, day in enumerate(book.calendar):
            lines = list(_lines(book, position, faults.get(position, {})))
            _repeat(draw, lines)
            if lines:
                statements.append(Statement(sender, log, day, tuple(lines)))
    return sorted(statements, key=lambda one: (one.date, one.sender, one.log))


def _plan_faults(draw: Draw, book: Book) -> dict[int, dict[int, Fault]]:
    """Which facts (by place in the book) each statement gets wrong; the last gets nothing wrong."""
    plan: dict[int, dict[int, Fault]] = {}
    positions = list(range(1, book.last))
    faults = list(log_named(book.log).faults)
    draw.shuffle(faults)
    for fault in faults:
        draw.shuffle(positions)
        for position in positions:
            places = _where(book, position, fault)
            taken = plan.setdefault(position, {})
            if len(taken) < AT_MOST and len(places) >= ROOM * (len(taken) + 1):
                taken[draw.choice(places)] = fault
                break
    return plan


def _where(book: Book, position: int, fault: Fault) -> list[int]:
    """The facts that the statement holds and that could be got wrong that way."""

    def could(fact: Fact) -> bool:
        row = fact.at(position)
        return row is not None and not fact.steady and fault.applies(row)

    return [place for place, fact in enumerate(book.facts) if could(fact)]


def _lines(book: Book, position: int, faults: dict[int, Fault]) -> Iterator[Line]:
    for place, fact in enumerate(book.facts):
        row = fact.at(position)
        if row is None:
            continue
        fault = faults.get(place)
        if fault is None:
            yield Line(row)
            continue
        typed = tuple(fault.typed(row, book.calendar[position]).items())
        if fault.twin:
            yield Line(row, (), fault.refusals)
        yield Line(row, typed, fault.refusals, fault.key_readable)


def _repeat(draw: Draw, lines: list[Line]) -> None:
    """Say a row or two twice, in some files."""
    sound = [line for line in lines if not line.refusals]
    if len(sound) > 2 * AT_MOST and draw.chance(REPEATS):
        lines.extend(draw.sample(sound, draw.choice([1, 2])))
