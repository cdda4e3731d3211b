"""The row that shows how a log is filled in: the least that intake would accept, were it not marked."""

from datetime import date, timedelta
from itertools import cycle

from bilan.contracts import Column, Contract, Kind, Presence, Subject
from bilan.intake import Reference
from bilan.templates.values import listed_values

Value = str | int | date

_STEP = timedelta(days=30)  # from one date of the row to the next
_AGE = 16  # years, of the person at the first date
_NUMBER, _SURNAME, _GIVEN_NAME, _TEXT = "001", "Fictif", "Camille", "en quelques mots"


def example_row(contract: Contract, sender: str, reference: Reference) -> dict[str, Value]:
    """In the contract's order, a value for each required column and for those that these make necessary."""
    values = _values(contract, sender, reference)
    row = {column.name: values[column.name] for column in contract.columns if column.required}
    needed = {column.name for column in contract.columns if _holds(column.required_if, row, contract)}
    needed |= set(_person(contract.subject, row, contract))
    return {name: value for name, value in values.items() if name in row or name in needed}


def _holds(condition: tuple[str, str] | None, row: dict[str, Value], contract: Contract) -> bool:
    if condition is None:
        return False
    other, wanted = condition
    return row.get(other, contract.column(other).default) == wanted


def _person(subject: Subject, row: dict[str, Value], contract: Contract) -> tuple[str, ...]:
    """The columns that name the person, if the row speaks of one, and the consent that it then takes."""
    optional = subject.presence is Presence.OPTIONAL and subject.required_if is not None
    if optional and not _holds(subject.required_if, row, contract):
        return ()
    return subject.named_columns + ((subject.consent,) if subject.consent else ())


def _values(contract: Contract, sender: str, reference: Reference) -> dict[str, Value]:
    """A value for every column: dates follow one another, and so do partners, the sender first."""
    day = default_start(contract, reference)
    birth = day.replace(year=day.year - _AGE)
    partners = cycle((sender, *(code for code in reference.partners if code != sender)))
    values: dict[str, Value] = {}
    for column in contract.columns:
        match column.kind:
            case Kind.DATE:
                values[column.name] = day
                day += _STEP
            case Kind.BIRTH_DATE:
                values[column.name] = birth
            case Kind.PARTNER:
                values[column.name] = next(partners)
            case Kind.NAME:
                surname = column.name == contract.subject.surname
                values[column.name] = _SURNAME if surname else _GIVEN_NAME
            case _:
                values[column.name] = _plain(column, reference)
    return values


def _plain(column: Column, reference: Reference) -> Value:
    match column.kind:
        case Kind.INTEGER | Kind.DECIMAL:
            return max(column.minimum or 0, 1)
        case Kind.FREE_TEXT:
            return _TEXT
        case Kind.NUMBER | Kind.REFERENCE:
            return _NUMBER
        case _:
            return listed_values(column, reference)[0]


def default_start(contract: Contract, reference: Reference) -> date:
    """The first day that a row may bear when it does not say its programme."""
    starts = reference.programmes
    return starts[contract.programme] if contract.programme else min(starts.values())
