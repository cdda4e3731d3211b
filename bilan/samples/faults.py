"""Rows that one statement gets wrong and the next one repairs: what is typed, and which refusals follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bilan.samples.facts import Row, Value

Typed = dict[str, str]

UNKNOWN, MISSING, BAD_DATE, BAD_NUMBER = "unknown_value", "missing_value", "bad_date", "bad_number"
TOO_EARLY = "date_before_programme"


@dataclass(frozen=True)
class Fault:
    """One way of getting a row wrong.

    `typed` gives the cells as typed instead of the true ones; `refusals` the expected (column,
    code) of each; `key_readable` whether it can still be told which row it was. With `twin`, the
    true row stands in the sheet as well, so that the two contradict each other.
    """

    refusals: tuple[tuple[str | None, str], ...]
    typed: Callable[[Row, date], Typed]
    applies: Callable[[Row], bool] = lambda _row: True
    key_readable: bool = True
    twin: bool = False


def cell(heading: str, code: str, text: str, *, key_readable: bool = True) -> Fault:
    """One faulty cell, in a row where that cell is not empty."""
    return Fault(
        ((heading, code),),
        lambda _row, _statement: {heading: text},
        lambda row: row[heading] is not None,
        key_readable=key_readable,
    )


def future(heading: str) -> Fault:
    """A date after the statement's own."""
    return Fault(
        ((heading, "date_in_future"),),
        lambda _row, statement: {heading: f"{statement + timedelta(40):%d/%m/%Y}"},
    )


def contradiction(heading: str, one: str, other: str, *, value: Value = None) -> Fault:
    """The same key twice: where the row holds `one` (as `value`, if it is typed), `other` is added."""
    true = one if value is None else value
    return Fault(
        ((None, "duplicate_key"),),
        lambda row, _statement: {heading: other if row[heading] == true else one},
        lambda row: row[heading] is not None,
        twin=True,
    )


def named(row: Row) -> bool:
    """Whether the row names a youth."""
    return row["jeune_nom"] is not None and row["jeune_ref"] is None


def breach() -> Fault:
    """A name beside a consent that was refused: the row leaks what it must not hold."""
    return Fault(
        ((None, "consent_breach"),),
        lambda _row, _statement: {"consentement_nominatif": "non"},
        lambda row: named(row) and row["consentement_nominatif"] is True,
    )


def uninvited(partner: str) -> Fault:
    """A name passed on, with consent, to a partner that no line of the protocol has it go to."""
    return Fault(
        ((None, "protocol_breach"),),
        lambda _row, _statement: {"vers": partner},
        lambda row: named(row) and row["consentement_nominatif"] is True,
    )


def half_named(*, key_readable: bool) -> Fault:
    """A youth whose given name is missing, with no reference instead."""
    return Fault(((None, "missing_if"),), lambda _row, _statement: {"jeune_prenom": ""}, named, key_readable)


def two_cells(*faulty: tuple[str, str, str]) -> Fault:
    """Several faulty cells (heading, code, text) in one row: one refusal for each."""
    return Fault(
        tuple((heading, code) for heading, code, _ in faulty),
        lambda _row, _statement: {heading: text for heading, _, text in faulty},
    )


def emptied(heading: str, other: str, value: Value) -> Fault:
    """A cell left empty although another cell's value makes it necessary."""
    return Fault(
        ((heading, "missing_if"),), lambda _row, _statement: {heading: ""}, lambda row: row[other] == value
    )


def nameless(heading: str, value: str, given_name: str) -> Fault:
    """A row of that kind whose person lacks a given name."""
    return Fault(
        ((None, "missing_if"),), lambda _row, _statement: {given_name: ""}, lambda row: row[heading] == value
    )
