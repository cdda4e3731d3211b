"""What early statements say wrongly: the corrections and withdrawals of each book."""

from collections.abc import Callable
from itertools import count

from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Row
from bilan.samples.log import Log
from bilan.samples.people import Population
from bilan.samples.revisions import Withdrawals, correct


def revise(draw: Draw, book: Book, log: Log, people: Population) -> None:
    """Change what earlier statements of a book said; the last one stays as it was."""
    if log.revise is not None:
        log.revise(draw, book)
    for wrong, many in log.mistakes:
        correct(draw, book, wrong, many)
    log.withdraw(draw, book, people)


def numbered(heading: str) -> Callable[[Draw, Book, Population], None]:
    """Withdrawals of a log whose rows bear a number: entered by mistake, mistyped, forgotten once."""

    def withdraw(draw: Draw, book: Book, _people: Population) -> None:
        withdrawals, numbers = Withdrawals(draw, book), count(1)

        def renumbered(row: Row) -> Row:
            number = row[heading]
            # A number that is all digits stays so; otherwise a letter that nobody else uses.
            suffix = f"99{next(numbers)}" if str(number).isdigit() else f"-Z{next(numbers)}"
            return row.but({heading: f"{number}{suffix}"})

        withdrawals.withdraw(renumbered, 2)
        withdrawals.rekey(renumbered, 1)
        withdrawals.forget(1)

    return withdraw
