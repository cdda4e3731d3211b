"""What figures count: each whole number once, wherever it is shown, at its territory and period.

A number is what it counts: persons or events, of which facts, under which conditions, as the catalogue says.
Two figures that count the same, of whatever indicators, show one number: hiding it in one of them and not in
the other would be for nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from bilan.disclosure.figures.counted import PRODUCTS, Condition, Counted, parse

PARTS = {"numerator": "counts_numerator", "denominator": "counts_denominator", "n_persons": "counts_persons"}

# The values of a property (its name, of which facts, under which other conditions) that some breakdown gives.
Seen = Mapping[tuple[str, tuple[Condition, ...], str], set[str]]


class Period(NamedTuple):
    """A period, as far as its release knows of the programme."""

    kind: str
    start: date
    end: date


class Cell(NamedTuple):
    """A number at a territory (None: all of them) and a period."""

    number: Counted
    territory: str | None
    period: Period


class Reader:
    """Turns figures into the cells that they rest on, by what the catalogue says of their codes."""

    def __init__(self, catalogue: pl.DataFrame) -> None:
        """`catalogue` has `code`, `holds` and the `counts_*` columns, '' where there is nothing to say."""
        self._counted: Mapping[str, dict[str, Counted]] = {
            entry["code"]: {
                part: _canonical(counted, entry["holds"])
                for part, column in PARTS.items()
                if entry[column] and (counted := parse(entry[column], entry["code"]))
            }
            for entry in catalogue.iter_rows(named=True)
        }
        self.bounds = list(_bounds(catalogue, self._counted))
        self._attributed: Mapping[str, str] = dict(catalogue.select("code", "attributed_to").iter_rows())

    def cells_of(self, figure: Mapping[str, Any]) -> Iterator[tuple[str, Cell, int]]:
        """Each part of a figure that counts somebody: the part, its cell, its count.

        A code that the catalogue does not know any more has none.
        """
        period = Period(figure["period_kind"], figure["starts"], figure["ends"])
        for part, counted in self._counted.get(figure["code"], {}).items():
            if figure[part] is not None:
                value = figure["breakdown_value"]
                number = counted if value is None else counted.under(figure["breakdown"], value)
                yield part, Cell(number, figure["territory"], period), round(figure[part])

    def values_seen(self, figures: pl.DataFrame) -> Seen:
        """The values that breakdowns give of a property, of the facts that meet the other conditions."""
        seen: dict[tuple[str, tuple[Condition, ...], str], set[str]] = defaultdict(set)
        values = figures.select("code", "breakdown", "breakdown_value").drop_nulls().unique()
        for code, breakdown, value in values.iter_rows():
            for counted in self._counted.get(code, {}).values():
                number = counted.under(breakdown, value)
                for name in PRODUCTS.get(breakdown, (breakdown,)):
                    seen[number.facts, number.without(name), name].update(number.values_of(name))
        return seen

    def attributed(self, code: str) -> str:
        """Whose a fact is, where partners have figures of their own of a code."""
        return self._attributed[code]

    def facts_of(self, codes: Iterable[str]) -> set[str]:
        """The facts that those codes count."""
        return {counted.facts for code in codes for counted in self._counted.get(code, {}).values()}


def adds_up(number: Counted) -> bool:
    """Whether the count of two periods that follow one another is the sum of theirs: events, by their day."""
    return number.unit == "events" and "(" not in number.facts


def _bounds(
    catalogue: pl.DataFrame, counted: Mapping[str, Mapping[str, Counted]]
) -> Iterator[tuple[Counted, Counted]]:
    """The numbers of which an entry says that another is never more: « part: at most <what it counts> »."""
    known = sorted({each for parts in counted.values() for each in parts.values()})
    for entry in catalogue.iter_rows(named=True):
        for bound in filter(None, entry["bounds"].split("; ")):
            part, _, most = bound.partition(": at most ")
            limit = parse(most, entry["code"])
            least = counted[entry["code"]]["n_persons" if part == "persons" else part]
            for other in known:
                if limit and _flowing(other) == limit:
                    yield other, least


def _flowing(counted: Counted) -> Counted:
    """The same number, whatever a period holds of its facts."""
    return replace(counted, facts=counted.facts.partition(" ")[0])


def _canonical(counted: Counted, holds: str) -> Counted:
    """One name for one number: facts that a period holds otherwise than by their day are other facts, and
    where a person has one fact at most, persons are events.
    """
    unit = "events" if counted.is_one_each else counted.unit
    return replace(counted, unit=unit, facts=counted.facts + ("" if holds == "within" else f" ({holds})"))
