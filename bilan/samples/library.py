"""The whole of what all senders say, in every statement: facts, then what was first said wrongly."""

from datetime import date

from bilan.samples.arrests import make_arrests, tell_arrests
from bilan.samples.calendars import CALENDARS
from bilan.samples.charges import make_cases, tell_charges
from bilan.samples.detections import Detections, first_referrals, make_detected
from bilan.samples.draw import Draw
from bilan.samples.exchanges import make_exchanges, tell_exchanges
from bilan.samples.facts import Book
from bilan.samples.funding import tell_funding
from bilan.samples.housing import tell_housing
from bilan.samples.meetings import make_youths, tell_meetings
from bilan.samples.networks import tell_networks
from bilan.samples.operations import tell_operations
from bilan.samples.outreach import tell_outreach
from bilan.samples.people import Person, Population
from bilan.samples.referrals import tell_mobilis, tell_pj
from bilan.samples.revising import revise
from bilan.samples.schools import tell_schools
from bilan.samples.staff import Workforce, tell_mobilis_staff, tell_pj_staff
from bilan.samples.subcommittee import tell_subcommittee
from bilan.samples.table import tell_table
from bilan.samples.trainings import make_attendances, tell_trainings
from bilan.samples.trajectories import tell_trajectories

Books = dict[tuple[str, str], Book]

ONLY_WITH_CJM = 70  # youths whom the partners follow and police never met
BORN = (date(1991, 1, 15), date(1997, 11, 30))


def make_books(seed: int) -> Books:
    """Every sender's books for that seed, each with all that it ever says."""
    books = {key: Book(*key, calendar) for key, calendar in CALENDARS.items()}
    people = Population(Draw.of(seed, "people"))
    _tell_mobilis(seed, books, people)
    _tell_pj(seed, books, people)
    _tell_work(seed, books)
    for (sender, log), book in books.items():
        revise(Draw.of(seed, "revisions", sender, log), book, people)
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


def _tell_pj(seed: int, books: Books, people: Population) -> None:
    """The youths of Pj: whom partners refer they detect, follow, look up and house."""
    youths = tell_pj(Draw.of(seed, "pj"), of_log(books, "references"), people)
    referred = first_referrals(of_log(books, "references"))
    draw = Draw.of(seed, "detections")
    detected = make_detected(draw, people, youths, referred)
    Detections(draw, of_log(books, "depistages")).tell(detected)
    tell_trajectories(Draw.of(seed, "trajectories"), of_log(books, "trajectoires"), detected)
    tell_networks(Draw.of(seed, "networks"), of_log(books, "reseaux_sociaux"), detected)
    tell_housing(Draw.of(seed, "housing"), of_log(books, "hebergements"), detected)


def _tell_work(seed: int, books: Books) -> None:
    """What the partners do together, and who does it."""
    # People at work have no birth date: a population of their own, where names alone tell them apart.
    draw = Draw.of(seed, "trainings")
    workers = Population(draw)
    attendances = make_attendances(draw, workers)
    tell_trainings(draw, of_log(books, "formations"), attendances)
    draw = Draw.of(seed, "staff")
    force = Workforce(draw, workers, attendances)
    tell_mobilis_staff(draw, of_log(books, "effectifs"), force)
    staff = tell_pj_staff(draw, of_log(books, "effectifs"), force)
    tell_table(Draw.of(seed, "table"), books["COORD", "concertation"], force, staff)
    tell_subcommittee(Draw.of(seed, "subcommittee"), books["COORD", "sous_comite"], staff)
    tell_schools(Draw.of(seed, "schools"), of_log(books, "sans_p_ni_e"))
    tell_operations(Draw.of(seed, "operations"), books["SPAL", "operations"])
    tell_funding(Draw.of(seed, "funding"), of_log(books, "financements"))
    tell_outreach(Draw.of(seed, "outreach"), of_log(books, "rayonnement"))
