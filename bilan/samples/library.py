"""The whole of what all senders say, in every statement: facts, then what was first said wrongly."""

from datetime import date

from bilan.samples.draw import Draw
from bilan.samples.facts import Book
from bilan.samples.log import Story
from bilan.samples.logs import LOGS, log_named
from bilan.samples.logs.arrests import make_arrests, tell_arrests
from bilan.samples.logs.charges import make_cases, tell_charges
from bilan.samples.logs.detections import Detected, Detections, first_referrals, make_detected
from bilan.samples.logs.exchanges import make_exchanges, tell_exchanges
from bilan.samples.logs.meetings import make_youths, tell_meetings
from bilan.samples.logs.referrals import tell_mobilis, tell_pj
from bilan.samples.logs.staff import Workforce, tell_mobilis_staff, tell_pj_staff
from bilan.samples.logs.trainings import make_attendances, tell_trainings
from bilan.samples.people import Person, Population
from bilan.samples.revising import revise

Books = dict[tuple[str, str], Book]

ONLY_WITH_CJM = 70  # youths whom the partners follow and police never met
BORN = (date(1991, 1, 15), date(1997, 11, 30))


def make_books(seed: int) -> Books:
    """Every sender's books for that seed, each with all that it ever says."""
    books = {
        (sender, log.name): Book(sender, log.name, calendar)
        for log in LOGS.values()
        for sender, calendar in log.calendars.items()
    }
    people = Population(Draw.of(seed, "people"))
    _tell_mobilis(seed, books, people)
    story = Story(_tell_pj(seed, books, people), *_tell_work(seed, books))
    for scope, log in LOGS.items():
        if log.tell is not None:
            log.tell(Draw.of(seed, scope), of_log(books, log.name), story)
    for (sender, name), book in books.items():
        revise(Draw.of(seed, "revisions", sender, name), book, log_named(name), people)
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


def _tell_pj(seed: int, books: Books, people: Population) -> list[Detected]:
    """The youths of Pj: whom partners refer they detect; other logs tell what they then do for them."""
    youths = tell_pj(Draw.of(seed, "pj"), of_log(books, "references"), people)
    referred = first_referrals(of_log(books, "references"))
    draw = Draw.of(seed, "detections")
    detected = make_detected(draw, people, youths, referred)
    Detections(draw, of_log(books, "depistages")).tell(detected)
    return detected


def _tell_work(seed: int, books: Books) -> tuple[Workforce, dict[str, list[Person]]]:
    """Who works for the partners, and was trained; who worked for each of Pj's, by partner."""
    # People at work have no birth date: a population of their own, where names alone tell them apart.
    draw = Draw.of(seed, "trainings")
    workers = Population(draw)
    attendances = make_attendances(draw, workers)
    tell_trainings(draw, of_log(books, "formations"), attendances)
    draw = Draw.of(seed, "staff")
    force = Workforce(draw, workers, attendances)
    tell_mobilis_staff(draw, of_log(books, "effectifs"), force)
    return force, tell_pj_staff(draw, of_log(books, "effectifs"), force)
