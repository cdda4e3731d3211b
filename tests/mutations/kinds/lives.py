"""Lives that can't be."""

from datetime import date, timedelta
from typing import Any

from bilan.contracts import Kind
from tests.mutations.catalogue import Stage, mutation
from tests.mutations.draft import Draft, Line, is_day

_LIVES: Any = {"family": "lives", "stage": Stage.LINES}
# The first never comes after the second.
ORDERS = (
    ("date_debut", "date_fin"),
    ("periode_debut", "periode_fin"),
    ("date_activite", "date_fin"),
    ("date_accusation", "date_issue"),
    ("date_demande", "date_decision"),
    ("date_reference", "date_decision"),
    ("date_depistage", "date_changement"),
    ("date_demande", "date_analyse"),
    ("date_signalement", "date_transmission"),
    ("date_transmission", "date_suivi"),
    ("date_reunion", "date_realisation"),
)


def _born(draft: Draft) -> list[tuple[Line, str]]:
    return draft.free(draft.kinds(Kind.BIRTH_DATE), is_day)


def _birth(draft: Draft, day: date) -> bool:
    cells = _born(draft)
    for line, name in cells[:1]:
        draft.put(line, name, day)
        draft.lose(line)
    return bool(cells)


@mutation("birth-after-the-fact", **_LIVES)
def _after_the_fact(draft: Draft) -> bool:
    principal = draft.clean.contract.principal_date
    cells = [(line, name) for line, name in _born(draft) if is_day(line.cells[principal])]
    for line, name in cells[:1]:
        draft.put(line, name, line.cells[principal] + timedelta(draft.random.choice([1, 20])))
        draft.lose(line)
    return bool(cells)


@mutation("birth-the-same-day", **_LIVES)
def _same_day(draft: Draft) -> bool:
    principal = draft.clean.contract.principal_date
    cells = [(line, name) for line, name in _born(draft) if is_day(line.cells[principal])]
    for line, name in cells[:1]:
        draft.put(line, name, line.cells[principal])
        draft.lose(line)
    return bool(cells)


@mutation("birth-in-the-future", **_LIVES)
def _in_the_future(draft: Draft) -> bool:
    return _birth(draft, date(draft.random.choice([2031, 2099]), 3, 4))


@mutation("birth-centuries-ago", **_LIVES)
def _centuries_ago(draft: Draft) -> bool:
    return (
        _birth(draft, date(draft.random.choice([1800, 1812, 1854]), 3, 4))
        if draft.suffix == ".csv"
        else False
    )


@mutation("birth-a-century-too-early", **_LIVES)
def _a_century(draft: Draft) -> bool:
    """1896 for 1996."""
    cells = [(line, name) for line, name in _born(draft) if line.cells[name].year >= 1990]
    for line, name in cells[:1]:
        day = line.cells[name]
        draft.put(line, name, f"{day:%d/%m/}{day.year - 100}")
        draft.lose(line)
    return bool(cells)


@mutation("year-of-three-figures", **_LIVES)
def _three_figures(draft: Draft) -> bool:
    cells = draft.free(draft.kinds(Kind.DATE, Kind.BIRTH_DATE), is_day)
    for line, name in cells[:1]:
        day = line.cells[name]
        draft.put(line, name, f"{day:%d/%m/}0{day.year % 1000:03d}")
        draft.lose(line)
    return bool(cells)


@mutation("end-before-start", **_LIVES)
def _end_before_start(draft: Draft) -> bool:
    names = {column.name for column in draft.kinds(Kind.DATE)}
    orders = [(first, last) for first, last in ORDERS if {first, last} <= names]
    draft.random.shuffle(orders)
    for first, last in orders:
        for line, name in draft.free([draft.column(last)], is_day):
            if is_day(line.cells[first]):
                draft.put(line, name, line.cells[first] - timedelta(draft.random.choice([1, 40, 400])))
                draft.lose(line)
                return True
    return False


@mutation("secondary-date-after-the-statement", **_LIVES)
def _secondary(draft: Draft) -> bool:
    """What is told as done was not yet: an end may be planned, a decision may not."""
    planned = {"date_fin", "periode_fin", "periode_debut", "date_cessation", "date_debut"}
    columns = [
        column
        for column in draft.kinds(Kind.DATE)
        if column.name != draft.clean.contract.principal_date and column.name not in planned
    ]
    cells = draft.free(columns, is_day)
    for line, name in cells[:1]:
        draft.put(line, name, draft.clean.statement_date + timedelta(draft.random.choice([1, 30, 4000])))
        draft.lose(line)
    return bool(cells)


@mutation("end-a-century-late", **_LIVES)
def _century_late(draft: Draft) -> bool:
    """2110 for 2010."""
    ends = [column for column in draft.kinds(Kind.DATE) if column.name.endswith("_fin")]
    cells = draft.free(ends, is_day)
    for line, name in cells[:1]:
        day = line.cells[name]
        draft.put(line, name, day.replace(year=day.year + 100, day=min(day.day, 28)))
        draft.lose(line)
    return bool(cells)


@mutation("fact-after-the-statement", **_LIVES)
def _fact_later(draft: Draft) -> bool:
    cells = draft.free([draft.column(draft.clean.contract.principal_date)], is_day)
    for line, name in cells[:1]:
        draft.put(line, name, draft.clean.statement_date + timedelta(draft.random.choice([1, 365])))
        draft.lose(line)
    return bool(cells)


@mutation("fact-before-the-programme", **_LIVES)
def _fact_earlier(draft: Draft) -> bool:
    if draft.clean.contract.precedes_programme:
        return False
    cells = draft.free([draft.column(draft.clean.contract.principal_date)], is_day)
    for line, name in cells[:1]:
        draft.put(line, name, date(1998, 5, 4))
        draft.lose(line)
    return bool(cells)


@mutation("age-out-of-range", **_LIVES)
def _age(draft: Draft) -> bool:
    """A youth of fifty, a suspect of four."""
    youths = draft.clean.contract.subject.surname == "jeune_nom"
    principal = draft.clean.contract.principal_date
    cells = [(line, name) for line, name in _born(draft) if is_day(line.cells[principal])]
    for line, name in cells[:1]:
        draft.put(line, name, line.cells[principal] - timedelta(365 * (50 if youths else 4)))
        draft.lose(line)
    return bool(cells)


@mutation("age-for-a-birth-date", **_LIVES)
def _age_for_birth(draft: Draft) -> bool:
    cells = _born(draft)
    for line, name in cells[:2]:
        draft.put(line, name, draft.random.choice([16, "16 ans", "16"]))
        draft.lose(line)
    return bool(cells)
