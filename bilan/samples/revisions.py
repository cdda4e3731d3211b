"""What senders change their mind about: corrections, withdrawals, renumberings, rows forgotten once.

Every function here changes what earlier statements said and leaves the last one as it was.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from bilan.contracts import CONTRACTS, Contract, EventSpec
from bilan.samples.calendars import MOBILIS_START, PHASE_1_END, PJ_START
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Fact, Row, Value

Wrong = Callable[[Draw, Row], Mapping[str, Value] | None]

# A withdrawal waits until a book holds this many facts: one of them is then less than a tenth.
ENOUGH = 12
# A log that is restated a few times only, of which no statement is long, does not wait so.
SHORT, ENOUGH_OF_SHORT = 4, 4


def wrong_day(heading: str) -> Wrong:
    """A date that was first given some days too early."""

    def wrong(draw: Draw, row: Row) -> Mapping[str, Value] | None:
        value = row[heading]
        if not isinstance(value, Day) or value.precision != "day":
            return None
        earlier = value.first - timedelta(draw.randint(1, 15))
        start = MOBILIS_START if value.first <= PHASE_1_END else PJ_START
        return {heading: Day(earlier)} if earlier >= start else None

    return wrong


def month_only(heading: str) -> Wrong:
    """A date of which only the month was first known."""

    def wrong(_draw: Draw, row: Row) -> Mapping[str, Value] | None:
        value = row[heading]
        if not isinstance(value, Day) or value.precision != "day":
            return None
        return {heading: Day(value.first.replace(day=1), "month")}

    return wrong


def wrong_choice(heading: str, options: tuple[Value, ...]) -> Wrong:
    """Another value of a closed list, where one is given now."""

    def wrong(draw: Draw, row: Row) -> Mapping[str, Value] | None:
        if row[heading] is None:
            return None
        return {heading: draw.choice([option for option in options if option != row[heading]])}

    return wrong


def blank(heading: str) -> Wrong:
    """A cell that was first left empty."""

    def wrong(_draw: Draw, row: Row) -> Mapping[str, Value] | None:
        return None if row[heading] is None else {heading: None}

    return wrong


def first_outcome(before: str, after: str) -> Wrong:
    """An outcome first told as another one, its date the same."""

    def wrong(_draw: Draw, row: Row) -> Mapping[str, Value] | None:
        return {"issue": before} if row["issue"] == after and row["date_issue"] is not None else None

    return wrong


def choices(log: str, heading: str) -> tuple[Value, ...]:
    """The closed list of a contract's column."""
    return CONTRACTS[log].column(heading).choices


def listed(log: str, heading: str) -> Wrong:
    """Another value of that column's own closed list."""
    return wrong_choice(heading, choices(log, heading))


def misread(fact: Fact, until: int, wrong: Mapping[str, Value]) -> Fact:
    """The same fact, told with those wrong cells before the statement at `until`."""
    versions: dict[int, Row | None] = {
        since: row and row.but(wrong) for since, row in fact.versions if since < until
    }
    versions[until] = fact.at(until)
    versions.update({since: row for since, row in fact.versions if since > until})
    return Fact(tuple(sorted(versions.items())), steady=True)


def correct(draw: Draw, book: Book, wrong: Wrong, count: int) -> None:
    """Have `count` facts told wrongly for one to three statements."""
    done = 0
    for fact in _candidates(draw, book):
        if done == count:
            return
        until = fact.first + draw.randint(1, 3)
        row = fact.at(until)
        cells = wrong(draw, row) if row is not None and until <= book.last else None
        if cells is not None:
            book.swap(fact, misread(fact, until, cells))
            done += 1


def change_outcome(draw: Draw, book: Book, wrong: Wrong, count: int) -> None:
    """Have `count` outcomes told wrongly in the statement that first gave them."""
    done = 0
    for fact in _candidates(draw, book):
        until = fact.settled + 1
        row = fact.final
        cells = wrong(draw, row) if row is not None and until <= book.last else None
        if cells is None or done == count or row is None:
            continue
        versions = (*fact.versions[:-1], (fact.settled, row.but(cells)), (until, row))
        book.swap(fact, Fact(versions, steady=True))
        done += 1


def empty_outcome(draw: Draw, book: Book) -> None:
    """Have one dated outcome emptied in one statement, and given again in the next."""
    for fact in _candidates(draw, book):
        row = fact.final
        if row is None or not isinstance(row["date_issue"], Day) or fact.settled + 2 > book.last:
            continue
        emptied = row.but({"issue": "en cours", "date_issue": None})
        versions = (*fact.versions, (fact.settled + 1, emptied), (fact.settled + 2, row))
        book.swap(fact, Fact(versions, steady=True))
        return


class Withdrawals:
    """The statements in which a book may still lose a row: one row at most in each."""

    def __init__(self, draw: Draw, book: Book) -> None:
        """The statements between the first and last, in a random order, once the book is long enough."""
        self._draw, self._book = draw, book
        short = len(book.calendar) <= SHORT
        enough = ENOUGH_OF_SHORT if short else ENOUGH
        open_to = [
            position
            for position in range(1 if short else 2, book.last)
            if sum(fact.at(position - 1) is not None for fact in book.facts) >= enough
        ]
        draw.shuffle(open_to)
        self._free = open_to

    def withdraw(self, make: Callable[[Row], Row], count: int) -> None:
        """Add `count` rows that are withdrawn later, each made from another fact's."""
        for position in self._take(count):
            for fact in self._alive(position):
                made = fact.at(position - 1)
                if made is not None:
                    ghost = Fact(((position - 1, make(made)), (position, None)), steady=True)
                    self._book.facts.append(ghost)
                    break

    def rekey(self, make: Callable[[Row], Row], count: int) -> None:
        """Have `count` facts told under a mistyped key at first: one withdrawn, the other new."""
        for position in self._take(count):
            for fact in self._alive(position):
                row = fact.at(position - 1)
                if row is not None and fact.settled < position:
                    typed = Fact(((fact.first, make(row)), (position, None)), steady=True)
                    self._book.swap(fact, Fact(((position, fact.final),), steady=True))
                    self._book.facts.append(typed)
                    break

    def forget(self, count: int) -> None:
        """Leave `count` facts out of one statement; they are back in the next."""
        for position in self._take(count):
            for fact in self._alive(position):
                if fact.settled < position:
                    versions = (*fact.versions, (position, None), (position + 1, fact.final))
                    self._book.swap(fact, Fact(versions, steady=True))
                    break

    def _take(self, count: int) -> list[int]:
        taken, self._free = self._free[:count], self._free[count:]
        return taken

    def _alive(self, position: int) -> Iterator[Fact]:
        """Facts, in a random order, that the statement before that position already held."""
        for fact in _candidates(self._draw, self._book):
            row = fact.at(position - 1)
            if row is not None and yields_one_event(CONTRACTS[self._book.log], row):
                yield fact


def yields_one_event(contract: Contract, row: Row) -> bool:
    """Whether nothing followed yet: withdrawing such a row retracts one event, not up to five."""
    return sum(_yields(spec, row) for spec in contract.events) == 1


def _yields(spec: EventSpec, row: Row) -> bool:
    if spec.when is not None and row[spec.when[0]] not in spec.when[1]:
        return False
    return spec.when_present is None or row[spec.when_present] is not None


def _candidates(draw: Draw, book: Book) -> list[Fact]:
    """Facts that nothing else was done to, in a random order."""
    facts = [fact for fact in book.facts if not fact.steady]
    draw.shuffle(facts)
    return facts
