"""Charges and court outcomes that follow the arrests of phase 1."""

from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.calendars import PHASE_1_END, mobilis
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row
from bilan.samples.faults import (
    BAD_DATE,
    BAD_NUMBER,
    MISSING,
    TOO_EARLY,
    UNKNOWN,
    cell,
    contradiction,
    future,
)
from bilan.samples.log import Log
from bilan.samples.logs.arrests import Arrest, draw_known, suspect
from bilan.samples.people import Person, Population
from bilan.samples.revising import numbered
from bilan.samples.revisions import (
    blank,
    change_outcome,
    empty_outcome,
    first_outcome,
    listed,
    wrong_choice,
    wrong_day,
)
from bilan.samples.targets import PERSONS_CHARGED

# Of 81 persons charged, 4 were never arrested in an event of the log; 7 have a second case.
WITHOUT_ARREST = 4
SECOND_CASES = 7
GUILTY_PLEA, GUILTY_VERDICT = "plaidoyer de culpabilité", "verdict de culpabilité"
PLEAS, VERDICTS = 53, 13
CONCLUDED = PLEAS + VERDICTS
UNDATED = 6  # outcomes told without their date
LAST_CONCLUSION = date(2011, 8, 26)


@dataclass(frozen=True)
class Case:
    """One person charged in one court file; `arrest` is None when the log knows of none."""

    court: str
    person: Person
    day: date
    place: str
    offence: str
    arrest: Arrest | None


def make_cases(draw: Draw, people: Population, arrests: list[Arrest]) -> list[Case]:
    """Every case, by date of charge."""
    first: dict[str, Arrest] = {}
    for arrest in arrests:
        first.setdefault(arrest.person.id, arrest)
    charged = draw.sample(list(first.values()), int(PERSONS_CHARGED.value) - WITHOUT_ARREST)
    second = draw.sample(charged, SECOND_CASES)
    cases = [_case(draw, arrest, arrest.motive) for arrest in charged]
    cases += [_case(draw, arrest, "stupéfiants", wait=60) for arrest in second]
    for arrest in draw.sample(arrests, WITHOUT_ARREST):
        # Summoned rather than arrested, in the wake of somebody else's arrest.
        case = _case(draw, arrest, "obtention de services sexuels")
        cases.append(Case(case.court, suspect(draw, people), case.day, case.place, case.offence, None))
    return _numbered(draw, sorted(cases, key=lambda case: (case.day, case.person.id)))


def _case(draw: Draw, arrest: Arrest, offence: str, wait: int = 0) -> Case:
    day = min(arrest.day + timedelta(days=wait + draw.randint(0, 45)), PHASE_1_END)
    return Case("", arrest.person, day, arrest.place, offence, arrest)


def _numbered(draw: Draw, cases: list[Case]) -> list[Case]:
    """Give each case its court file; those arrested together often share one."""
    shared: dict[str, str] = {}
    numbered = []
    for order, case in enumerate(cases):
        court = f"505-01-{90000 + 137 * order:06d}-{case.day:%y}{order % 10}"
        if case.arrest is not None and case.offence == case.arrest.motive and draw.chance(0.6):
            court = shared.setdefault(case.arrest.event, court)
        numbered.append(Case(court, case.person, case.day, case.place, case.offence, case.arrest))
    return numbered


def case_row(case: Case, counts: int | None) -> Row:
    """The row of a case that is still before the court."""
    return Row(
        {
            "no_cour": case.court,
            "no_evenement": case.arrest.event if case.arrest else None,
            **case.person.cells("suspect"),
            "date_accusation": Day(case.day),
            "chefs": counts,
            "infraction": case.offence,
            "date_issue": None,
            "issue": "en cours",
            "territoire": case.place,
        },
        case.person.id,
    )


def tell_charges(draw: Draw, book: Book, cases: list[Case]) -> None:
    """Enter the cases; most outcomes arrive in a later statement than the charge."""
    concluded = set(draw.sample(range(CONCLUDED + 8), CONCLUDED))
    outcomes = draw.deal({GUILTY_PLEA: PLEAS, GUILTY_VERDICT: VERDICTS})
    undated = set(draw.sample(sorted(concluded)[: CONCLUDED // 2], UNDATED))
    for order, case in enumerate(cases):
        counts = draw.choice([1, 1, 1, 2, 2, 3, 4, 6, None])
        opened = (draw_known(draw, case.day), case_row(case, counts))
        if order not in concluded:
            book.tell(opened)
            continue
        ended = min(draw.day(case.day + timedelta(60), case.day + timedelta(420)), LAST_CONCLUSION)
        ended = max(ended, case.day)
        told = max(ended, opened[0])
        outcome = {"issue": outcomes.pop(), "date_issue": None if order in undated else Day(ended)}
        _tell_outcome(draw, book, opened, told, outcome)


def _tell_outcome(
    draw: Draw, book: Book, opened: tuple[date, Row], told: date, outcome: dict[str, str | Day | None]
) -> None:
    """Enter a case with its outcome; one in nine times the outcome's date arrives later still."""
    row = opened[1].but(outcome)
    stages = [opened, (told, row)]
    if outcome["date_issue"] is not None and draw.chance(0.11):
        vague = opened[1].but({**outcome, "date_issue": None})
        stages = [opened, (told, vague), (told + timedelta(80), row)]
    book.tell(*stages)


def _revise(draw: Draw, book: Book) -> None:
    """Outcomes told as others at first, and one that was emptied for a time."""
    change_outcome(draw, book, first_outcome(GUILTY_PLEA, GUILTY_VERDICT), 2)
    change_outcome(draw, book, first_outcome("retrait", GUILTY_PLEA), 1)
    change_outcome(draw, book, first_outcome("arrêt des procédures", GUILTY_VERDICT), 1)
    empty_outcome(draw, book)


LOG = Log(
    name="accusations",
    calendars={
        "SPAL": mobilis(2),
    },
    revise=_revise,
    mistakes=(
        (wrong_day("date_accusation"), 3),
        (blank("chefs"), 3),
        (wrong_choice("chefs", (1, 2, 5)), 2),
        (listed("accusations", "infraction"), 2),
    ),
    withdraw=numbered("no_cour"),
    faults=(
        cell("chefs", BAD_NUMBER, "0"),
        cell("chefs", BAD_NUMBER, "2,5"),
        cell("infraction", MISSING, ""),
        cell("issue", UNKNOWN, "coupable"),
        cell("date_accusation", BAD_DATE, "2010-13-05"),
        cell("date_accusation", TOO_EARLY, "15/06/2002"),
        future("date_accusation"),
        cell("no_cour", MISSING, "", key_readable=False),
        contradiction("infraction", "traite de personnes", "agression sexuelle"),
    ),
)
