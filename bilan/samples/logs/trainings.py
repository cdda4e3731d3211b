"""Training sessions of Pj's first three years, with scores whose means are exactly the published ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bilan.samples.calendars import HALF_YEARLY, pj
from bilan.samples.draw import Draw
from bilan.samples.facts import Book, Day, Row, Value
from bilan.samples.faults import BAD_DATE, BAD_NUMBER, MISSING, cell
from bilan.samples.log import Log
from bilan.samples.people import Person, Population
from bilan.samples.revisions import Withdrawals, blank, wrong_choice
from bilan.samples.targets import GAIN_POINTS, MEAN_BEFORE, PERSONS_TRAINED


@dataclass(frozen=True)
class Session:
    """One session: how many attend, and who keeps its list (both, for those held together)."""

    number: str
    day: date
    attendances: int
    senders: tuple[str, ...]
    title: str


SESSIONS = (
    Session("F-01", date(2016, 11, 24), 68, ("COORD",), "Exploitation sexuelle : comprendre"),
    Session("F-02", date(2017, 5, 18), 74, ("COORD",), "Reconnaître les signes"),
    Session("F-03", date(2018, 2, 15), 71, ("COORD", "CISSS-ME"), "Intervenir ensemble"),
    Session("F-04", date(2018, 10, 25), 80, ("CISSS-ME",), "Proxénètes et recruteurs"),
    Session("F-05", date(2019, 5, 9), 73, ("COORD", "CISSS-ME"), "Du repérage à la référence"),
)
ORGANISATIONS = {
    "SPAL": 62,
    "CISSS-ME": 88,
    "CISSS-MC": 39,
    "CSMV": 71,
    "VILLE": 22,
    "CAVAC": 15,
    "KEKPART": 18,
    "2159": 12,
    "autre": 10,
}
HEALTH = ("CISSS-ME", "CISSS-MC")
BOTH_SCORES, BEFORE_ONLY, AFTER_ONLY = 298, 31, 17
ON_BOTH_LISTS = 2  # per session held together
STEP = Decimal("0.5")

Scores = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Attendance:
    """One person at one session."""

    session: Session
    person: Person
    organisation: str
    scores: Scores


def settle(draw: Draw, values: list[Decimal], total: Decimal, low: Decimal, high: Decimal) -> list[Decimal]:
    """Nudge values by half points, within bounds, until they add up to `total` exactly."""
    settled = list(values)
    missing = total - sum(settled)
    while missing:
        nudge = STEP if missing > 0 else -STEP
        place = draw.randrange(len(settled))
        if low <= settled[place] + nudge <= high:
            settled[place] += nudge
            missing -= nudge
    return settled


def make_scores(draw: Draw, fixed: int) -> list[Scores]:
    """Scores of those who have both: `fixed` of them at the means themselves, first in the list."""
    free = BOTH_SCORES - fixed
    before = [Decimal(draw.randint(70, 160)) / 2 for _ in range(free)]
    gains = [Decimal(draw.randint(-8, 30)) / 2 + 4 for _ in range(free)]
    before = settle(draw, before, Decimal(MEAN_BEFORE * free), Decimal(30), Decimal(80))
    gains = settle(draw, gains, Decimal(GAIN_POINTS * free), Decimal(-6), Decimal(20))
    pairs: list[Scores] = [(Decimal(MEAN_BEFORE), Decimal(MEAN_BEFORE + GAIN_POINTS))] * fixed
    return pairs + [(score, score + gain) for score, gain in zip(before, gains, strict=True)]


def make_attendances(draw: Draw, people: Population) -> list[Attendance]:
    """Who attended what: everybody once, a few a second time at a later session."""
    organisations = draw.deal(ORGANISATIONS)
    persons = [people.person("pro", draw.choice("FFM"), None) for _ in range(int(PERSONS_TRAINED.value))]
    members = list(zip(persons, organisations, strict=True))
    twice = sum(session.attendances for session in SESSIONS) - len(members)
    seats = [session for session in SESSIONS for _ in range(session.attendances)]
    # The last session takes those who were at the first: nobody sits twice in one room.
    again = members[:twice]
    seated = list(zip(seats, members + again, strict=True))
    shared = _on_both_lists(seated)
    return _scored(draw, seated, shared)


def _on_both_lists(seated: list[tuple[Session, tuple[Person, str]]]) -> list[int]:
    """The seats, in sessions held together, of those whom both senders list."""
    places = []
    for session in SESSIONS:
        if len(session.senders) > 1:
            of_session = [order for order, (held, _) in enumerate(seated) if held is session]
            health = [order for order in of_session if seated[order][1][1] in HEALTH]
            places += health[:ON_BOTH_LISTS]
    return places


def _scored(
    draw: Draw, seated: list[tuple[Session, tuple[Person, str]]], shared: list[int]
) -> list[Attendance]:
    """Deal the scores; those on both lists get the means, so that counting them twice shows in n alone."""
    pairs = make_scores(draw, len(shared))
    fixed, free = pairs[: len(shared)], pairs[len(shared) :]
    partial: list[Scores] = [(Decimal(draw.randint(80, 150)) / 2, None) for _ in range(BEFORE_ONLY)]
    partial += [(None, Decimal(draw.randint(110, 180)) / 2) for _ in range(AFTER_ONLY)]
    nothing = len(seated) - len(pairs) - len(partial)
    free += partial + [(None, None)] * nothing
    draw.shuffle(free)
    dealt = dict(zip(shared, fixed, strict=True))
    return [
        Attendance(session, person, organisation, dealt[order] if order in dealt else free.pop())
        for order, (session, (person, organisation)) in enumerate(seated)
    ]


def attendance_row(attendance: Attendance) -> Row:
    """The row of one attendance."""
    before, after = attendance.scores
    cells: dict[str, Value] = {
        "no_session": attendance.session.number,
        "date_session": Day(attendance.session.day),
        "titre": attendance.session.title,
        "theme": "exploitation sexuelle",
        **attendance.person.cells("participant"),
        "organisation": attendance.organisation,
        "score_avant": before,
        "score_apres": after,
    }
    return Row(cells, attendance.person.id)


def tell_trainings(draw: Draw, books: dict[str, Book], attendances: list[Attendance]) -> None:
    """Enter the attendances; some scores after the session arrive only with a later statement."""
    counted: dict[str, int] = {}
    for attendance in attendances:
        session = attendance.session
        row = attendance_row(attendance)
        senders = _listed_by(attendance, counted)
        for sender in senders:
            late = session is not SESSIONS[-1] and attendance.scores[1] is not None and draw.chance(0.05)
            if late:
                early = row.but({"score_apres": None})
                later = session.day + timedelta(250)
                books[sender].tell((session.day, early), (later, row), steady=len(senders) > 1)
            else:
                books[sender].tell((session.day, row), steady=len(senders) > 1)


def _listed_by(attendance: Attendance, counted: dict[str, int]) -> tuple[str, ...]:
    """Who lists this person: where two keep a list, CISSS-ME lists health, and a few are on both."""
    session = attendance.session
    if len(session.senders) == 1:
        return session.senders
    if attendance.organisation not in HEALTH:
        return ("COORD",)
    counted[session.number] = counted.get(session.number, 0) + 1
    return session.senders if counted[session.number] <= ON_BOTH_LISTS else ("CISSS-ME",)


def _withdraw(draw: Draw, book: Book, people: Population) -> None:
    """A participant who was misspelled at first, and one who was never there."""
    withdrawals = Withdrawals(draw, book)
    withdrawals.rekey(lambda row: _misspelled(row, draw), 1)
    withdrawals.withdraw(lambda row: _somebody_else(row, people), 1)


def _misspelled(row: Row, draw: Draw) -> Row:
    """The same row with a slip in the surname: another person, as far as anyone can tell."""
    return row.but({"participant_nom": f"{row['participant_nom']}{draw.choice('xz')}e"}, f"{row.who}-typo")


def _somebody_else(row: Row, people: Population) -> Row:
    """A participant who was never there."""
    other = people.person("absent", "F", None)
    return row.but(other.cells("participant"), other.id)


LOG = Log(
    name="formations",
    calendars={
        "COORD": pj(HALF_YEARLY),
        "CISSS-ME": pj(HALF_YEARLY),
    },
    mistakes=(
        (blank("score_apres"), 3),
        (wrong_choice("organisation", ("SPAL", "CSMV", "VILLE")), 2),
    ),
    withdraw=_withdraw,
    faults=(
        cell("score_avant", BAD_NUMBER, "105"),
        cell("score_apres", BAD_NUMBER, "quatre-vingts"),
        cell("organisation", MISSING, ""),
        cell("titre", MISSING, ""),
        cell("date_session", BAD_DATE, "31 avril 2018"),
    ),
)
