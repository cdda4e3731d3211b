"""Until when a young person's record may be opened: facts, a birth date and a table of rules -> a due date.

Pure: no clock, no file, no key. A person is due when the last of her records is; one record that no
rule speaks of, or whose period can't be told, and she is not due.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

BIRTH, CONCLUSION, CASE = "birth", "conclusion", "case"
MINOR, YOUTH = "minor", "youth"
ADULT_AT = 18
DAY, MONTH, YEAR = "day", "month", "year"
_MONTHS = 12


@dataclass(frozen=True)
class Rule:
    """One line of `access_periods.csv`. `counted_from`: a fact of the record, or the end of another rule."""

    rule: str
    log: str
    outcome: str  # empty: whatever the outcome
    applies_to: str  # minor (under 18 when first charged) or youth
    counted_from: str
    amount: int
    unit: str
    source: str
    status: str  # assumed, or confirmed by a lawyer


@dataclass(frozen=True)
class Record:
    """One row of a sender's log as the ledger believes it; `facts`: what periods may be counted from."""

    log: str
    outcome: str = ""
    facts: tuple[tuple[str, date], ...] = ()
    event: str | None = None  # the police event that the row is about, by which an arrest finds its case
    charged_on: date | None = None


@dataclass(frozen=True)
class Due:
    """When a period ends, by which rule; `precision` is year where the day would tell a birth date."""

    day: date
    rule: str
    precision: str
    confirmed: bool


def due_of_person(records: Iterable[Record], rules: Iterable[Rule], born: date | None) -> Due | None:
    """When the last of a person's periods ends; None while one of them can't be told."""
    held, known = list(records), list(rules)
    charges = [record.charged_on for record in held if record.charged_on]
    minor = born is not None and bool(charges) and min(charges) < plus(born, ADULT_AT, YEAR)
    cases: dict[str, Due] = {}
    ends: list[Due] = []
    for record in sorted(held, key=lambda record: record.charged_on is None):  # cases before their arrests
        end = _due_of_record(record, known, born, minor=minor, cases=cases)
        if end is None:
            return None
        if record.charged_on and record.event:
            before = cases.get(record.event)
            cases[record.event] = max(before, end, key=_day) if before else end
        ends.append(end)
    if not ends:
        return None
    last = max(ends, key=_day)
    return Due(last.day, last.rule, last.precision, all(end.confirmed for end in ends))


def _day(due: Due) -> date:
    return due.day


def _due_of_record(
    record: Record, rules: list[Rule], born: date | None, *, minor: bool, cases: Mapping[str, Due]
) -> Due | None:
    """When a record's period ends. Where two rules speak of it, the longer stands."""
    facts = dict(record.facts)
    ends = []
    for rule in rules:
        if rule.log != record.log or rule.outcome not in ("", record.outcome):
            continue
        if rule.applies_to == MINOR and not minor:
            continue
        if rule.counted_from == CASE:
            ends.append(cases.get(record.event or ""))
        elif rule.counted_from == BIRTH:
            ends.append(_by_age(rule, born))
        else:
            ends.append(_by_fact(rule, rules, facts))
    known = [end for end in ends if end is not None]
    return max(known, key=_day) if known and len(known) == len(ends) else None


def _by_age(rule: Rule, born: date | None) -> Due | None:
    """The first of January that follows: the same for all who are born in one year."""
    if born is None:
        return None
    reached = plus(born, rule.amount, rule.unit)
    return Due(date(reached.year + 1, 1, 1), rule.rule, YEAR, rule.status != "assumed")


def _by_fact(rule: Rule, rules: list[Rule], facts: Mapping[str, date]) -> Due | None:
    before = next((other for other in rules if other.rule == rule.counted_from), None)
    start = facts.get(rule.counted_from)
    confirmed = rule.status != "assumed"
    if before is not None:
        counted = _by_fact(before, rules, facts)
        start = counted.day if counted else None
        confirmed = confirmed and before.status != "assumed"
    return Due(plus(start, rule.amount, rule.unit), rule.rule, DAY, confirmed) if start else None


def plus(day: date, amount: int, unit: str) -> date:
    """A day some days, months or years later; a day that the month lacks gives its last one."""
    if unit == DAY:
        return day + timedelta(days=amount)
    months = day.year * _MONTHS + day.month - 1 + amount * (_MONTHS if unit == YEAR else 1)
    year, month = divmod(months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
