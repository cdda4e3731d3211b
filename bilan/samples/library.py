"""The whole of what all senders say, in every statement: facts, then what was first said wrongly."""

from datetime import date
from itertools import count

from bilan.samples.arrests import make_arrests, tell_arrests
from bilan.samples.calendars import CALENDARS
from bilan.samples.charges import make_cases, tell_charges
from bilan.samples.draw import Draw
from bilan.samples.exchanges import make_exchanges, tell_exchanges
from bilan.samples.facts import Book, Row
from bilan.samples.meetings import make_youths, tell_meetings
from bilan.samples.people import Person, Population
from bilan.samples.referrals import tell_mobilis, tell_pj
from bilan.samples.revisions import (
    Withdrawals,
    blank,
    change_outcome,
    choices,
    correct,
    empty_outcome,
    first_outcome,
    month_only,
    wrong_choice,
    wrong_day,
)
from bilan.samples.trainings import make_attendances, tell_trainings

Books = dict[tuple[str, str], Book]

ONLY_WITH_CJM = 70  # youths whom the partners follow and police never met
BORN = (date(1991, 1, 15), date(1997, 11, 30))
GUILTY_PLEA, GUILTY_VERDICT = "plaidoyer de culpabilité", "verdict de culpabilité"


def make_books(seed: int) -> Books:
    """Every sender's books for that seed, each with all that it ever says."""
    books = {key: Book(*key, calendar) for key, calendar in CALENDARS.items()}
    people = Population(Draw.of(seed, "people"))
    _tell_mobilis(seed, books, people)
    tell_pj(Draw.of(seed, "pj"), of_log(books, "references"), people)
    # Participants have no birth date: a population of their own, where names alone tell them apart.
    draw = Draw.of(seed, "trainings")
    attendances = make_attendances(draw, Population(draw))
    tell_trainings(draw, of_log(books, "formations"), attendances)
    _revise(seed, books, people)
    return books


def of_log(books: Books, log: str) -> dict[str, Book]:
    """The books of one log, by sender."""
    return {sender: book for (sender, of), book in books.items() if of == log}


def _tell_mobilis(seed: int, books: Books, people: Population) -> None:
    draw = Draw.of(seed, "court")
    arrests = make_arrests(draw, people)
    tell_arrests(draw, books["SPAL", "arrestations"], arrests)
    tell_charges(draw, books["SPAL", "accusations"], make_cases(draw, people, arrests))
    draw = Draw.of(seed, "youths")
    youths = make_youths(draw, people)
    referred = tell_meetings(draw, books["SPAL", "jeunes_rencontres"], youths)
    known = _known_by_name(draw, people, [youth.person for youth in youths if youth.naming == "named"])
    draw = Draw.of(seed, "exchanges")
    tell_exchanges(draw, of_log(books, "echanges"), make_exchanges(draw, known))
    tell_mobilis(Draw.of(seed, "mobilis"), of_log(books, "references"), referred, known)


def _known_by_name(draw: Draw, people: Population, met: list[Person]) -> list[Person]:
    """Youths of whom the partners speak: many that police met, and some that it did not."""
    others = [people.person("suivi", draw.choice("FFFM"), BORN) for _ in range(ONLY_WITH_CJM)]
    return met + others


def _revise(seed: int, books: Books, people: Population) -> None:
    """Change what earlier statements said, book by book."""
    for (sender, log), book in books.items():
        draw = Draw.of(seed, "revisions", sender, log)
        REVISE[log](draw, book)
        _withdraw(draw, book, people)


def _revise_arrests(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_arrestation"), 4)
    correct(draw, book, month_only("date_arrestation"), 3)
    correct(draw, book, wrong_choice("motif", choices("arrestations", "motif")), 4)
    correct(draw, book, wrong_choice("gang", ("oui", "non", "inconnu")), 3)
    correct(draw, book, blank("gang"), 2)


def _revise_charges(draw: Draw, book: Book) -> None:
    change_outcome(draw, book, first_outcome(GUILTY_PLEA, GUILTY_VERDICT), 2)
    change_outcome(draw, book, first_outcome("retrait", GUILTY_PLEA), 1)
    change_outcome(draw, book, first_outcome("arrêt des procédures", GUILTY_VERDICT), 1)
    empty_outcome(draw, book)
    correct(draw, book, wrong_day("date_accusation"), 3)
    correct(draw, book, blank("chefs"), 3)
    correct(draw, book, wrong_choice("chefs", (1, 2, 5)), 2)
    correct(draw, book, wrong_choice("infraction", choices("accusations", "infraction")), 2)


def _revise_meetings(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_rencontre"), 6)
    correct(draw, book, month_only("date_rencontre"), 3)
    correct(draw, book, wrong_choice("sexe", ("F", "M", "X")), 2)
    correct(draw, book, wrong_choice("fugue", ("oui", "non", "inconnu")), 4)
    correct(draw, book, blank("date_devoilement"), 5)
    correct(draw, book, wrong_choice("ressource", ("CJM", "KEKPART", "CAVAC")), 3)


def _revise_referrals(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_reference"), 2)
    correct(draw, book, month_only("date_reference"), 1)
    correct(draw, book, blank("motif"), 2)


def _revise_exchanges(draw: Draw, book: Book) -> None:
    correct(draw, book, wrong_day("date_echange"), 2)
    correct(draw, book, wrong_choice("formel", (True, False)), 2)
    natures = choices("echanges", "nature")
    correct(draw, book, wrong_choice("nature", tuple((str(nature),) for nature in natures)), 2)


def _revise_trainings(draw: Draw, book: Book) -> None:
    correct(draw, book, blank("score_apres"), 3)
    correct(draw, book, wrong_choice("organisation", ("SPAL", "CSMV", "VILLE")), 2)


REVISE = {
    "arrestations": _revise_arrests,
    "accusations": _revise_charges,
    "jeunes_rencontres": _revise_meetings,
    "references": _revise_referrals,
    "echanges": _revise_exchanges,
    "formations": _revise_trainings,
}

NUMBERS = {
    "arrestations": "no_evenement",
    "accusations": "no_cour",
    "jeunes_rencontres": "no_rencontre",
    "references": "no_reference",
    "echanges": "no_echange",
}


def _withdraw(draw: Draw, book: Book, people: Population) -> None:
    """Rows entered by mistake, mistyped numbers, a row forgotten once; a misspelled participant."""
    withdrawals = Withdrawals(draw, book)
    if book.log == "formations":
        withdrawals.rekey(lambda row: _misspelled(row, draw), 1)
        withdrawals.withdraw(lambda row: _somebody_else(row, people), 1)
        return
    heading, numbers = NUMBERS[book.log], count(1)

    def renumbered(row: Row) -> Row:
        number = row[heading]
        # A number that is all digits stays so; otherwise a letter that nobody else uses.
        suffix = f"99{next(numbers)}" if str(number).isdigit() else f"-Z{next(numbers)}"
        return row.but({heading: f"{number}{suffix}"})

    withdrawals.withdraw(renumbered, 2)
    withdrawals.rekey(renumbered, 1)
    withdrawals.forget(1)


def _misspelled(row: Row, draw: Draw) -> Row:
    """The same row with a slip in the surname: another person, as far as anyone can tell."""
    return row.but({"participant_nom": f"{row['participant_nom']}{draw.choice('xz')}e"}, f"{row.who}-typo")


def _somebody_else(row: Row, people: Population) -> Row:
    """A participant who was never there."""
    other = people.person("absent", "F", None)
    return row.but(other.cells("participant"), other.id)
