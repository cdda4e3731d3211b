"""What each figure counts, of which facts, under which conditions: the catalogue's own words, read.

An expression is `<unit> of <facts> [where <condition> and <condition> ...]`, or `nothing` where what is
counted is nobody: `persons of met_youths where referred`. Everything that follows from one figure to
another follows from these words, and is declared nowhere else: the same expression is the same number, and
one with more conditions is a part of one with fewer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from bilan.contracts import lists

# persons: distinct; events: facts, one by one; numbers: distinct numbers that facts are told under, which
# may be in two places or under two values of a breakdown, as persons may.
Unit = Literal["persons", "events", "numbers"]
UNITS: tuple[str, ...] = get_args(Unit)
PARTS = ("numerator", "denominator", "persons")
NOTHING = "nothing"
UNKNOWN = "inconnu"  # what a breakdown says where the log says nothing

# Conditions of which every fact has one value and no other: with all its values, none is left out.
VALUES: Mapping[str, tuple[str, ...]] = {
    "axe": (*lists.AXES, UNKNOWN),
    "cible": (*lists.CIBLES, UNKNOWN),
    "closed": ("no", "yes"),
    "decision": ("accepted", "refused"),
    "formality": ("formal", "informal"),
    "issue": lists.ISSUES_CONCLUANTES,
    "lieu": (*lists.LIEUX, UNKNOWN),
    "raison_refus": (*lists.RAISONS_REFUS, UNKNOWN),
    # What is told of a youth on the way, each step on its own day; a start is a return or it is not.
    "step": ("detected", "requested", "declined", "transferred", "started", "restarted"),
    "urgency": ("urgent", "ordinary", UNKNOWN),
}
# A breakdown by two dimensions, whose values are joined by TIMES.
PRODUCTS: Mapping[str, tuple[str, str]] = {"axe_cible": ("axe", "cible")}
TIMES = " × "
# Facts of which a person has one at most, and conditions that leave one: as many events as persons.
ONE_EACH = frozenset({"secondary_youths", "first_with_delay"})
# What facts of one value always say, since their log requires it.
REQUIRED: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("step", "detected"): {"axe": lists.AXES, "cible": lists.CIBLES}
}

_EXPRESSION = re.compile(r"(?P<unit>\w+) of (?P<facts>\w+)(?: where (?P<conditions>.+))?")
_CONDITION = re.compile(r"(?P<name>[a-z]\w*)(?:=(?P<values>[^=]+))?")


class CountedError(ValueError):
    """An entry of the catalogue does not say what it counts."""


@dataclass(frozen=True, order=True)
class Condition:
    """A condition on facts: one that holds or not, or (with values) a property and what it may be."""

    name: str
    values: tuple[str, ...] = ()  # sorted

    def __str__(self) -> str:
        """As an entry writes it."""
        return f"{self.name}={'|'.join(self.values)}" if self.values else self.name


@dataclass(frozen=True, order=True)
class Counted:
    """How many of which facts, under which conditions (sorted by name, each name once)."""

    unit: Unit
    facts: str
    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        """As an entry writes it."""
        conditions = " and ".join(map(str, self.conditions))
        return f"{self.unit} of {self.facts}" + (f" where {conditions}" if conditions else "")

    @property
    def is_one_each(self) -> bool:
        """Whether a person has one of these facts at most."""
        return self.facts in ONE_EACH or any(condition.name in ONE_EACH for condition in self.conditions)

    def under(self, breakdown: str, value: str) -> "Counted":
        """The same, of the facts that have that value of a breakdown alone."""
        names = PRODUCTS.get(breakdown, (breakdown,))
        counted = self
        for name, one in zip(names, value.split(TIMES) if len(names) > 1 else [value], strict=True):
            conditions = sorted([*counted.without(name), Condition(name, (one,))])
            counted = replace(counted, conditions=tuple(conditions))
        return counted

    def is_within(self, other: "Counted") -> bool:
        """Whether these are by definition some of the others: their remainder is a count too."""
        return self.unit == other.unit and self._facts_within(other)

    def is_at_most(self, other: "Counted") -> bool:
        """Whether there are never more of these: within the others, or the persons of their events."""
        units = self.unit == other.unit or (self.unit, other.unit) == ("persons", "events")
        return (units or self._is_persons(other)) and self._facts_within(other)

    def is_same(self, other: "Counted") -> bool:
        """Whether both are one number wherever both are told."""
        alike = (self.facts, self.conditions) == (other.facts, other.conditions)
        return alike and (self.unit == other.unit or self._is_persons(other))

    def is_sum_of(self, parts: Sequence["Counted"]) -> bool:
        """Whether events are those of the parts together, each in one: all alike but for one property."""
        name = next((c.name for c in parts[0].conditions if c not in self.conditions), "")
        apart = [part.values_of(name) for part in parts]
        together = [value for values in apart for value in values]
        alike = all(
            (part.unit, part.facts, part.without(name)) == ("events", self.facts, self.without(name))
            for part in parts
        )
        return (
            self.unit == "events"
            and alike
            and all(apart)
            and sorted(together) == sorted(self.values_of(name) or VALUES.get(name, ()))
        )

    def values_of(self, name: str) -> tuple[str, ...]:
        """The values that a property may have; none where there is no such condition."""
        return next((condition.values for condition in self.conditions if condition.name == name), ())

    def without(self, name: str) -> tuple[Condition, ...]:
        """The other conditions."""
        return tuple(condition for condition in self.conditions if condition.name != name)

    def _is_persons(self, other: "Counted") -> bool:
        return self.is_one_each and {self.unit, other.unit} == {"persons", "events"}

    def _facts_within(self, other: "Counted") -> bool:
        mine = {condition.name: set(condition.values) for condition in self.conditions}
        return self.facts == other.facts and all(
            theirs.name in mine and mine[theirs.name] <= set(theirs.values) for theirs in other.conditions
        )


def parse(text: str, kpi: str) -> Counted | None:
    """The expression, or None for `nothing`. CountedError, naming the KPI, for what is not one."""
    if text == NOTHING:
        return None
    match = _EXPRESSION.fullmatch(text)
    if match is None or match["unit"] not in UNITS:
        raise CountedError(f"{kpi}: « {text} » is not « {'|'.join(UNITS)} of facts where conditions »")
    words = match["conditions"].split(" and ") if match["conditions"] else []
    conditions = sorted(_condition(word, kpi) for word in words)
    if len({condition.name for condition in conditions}) < len(conditions):
        raise CountedError(f"{kpi}: « {text} » says one condition twice")
    return Counted(cast(Unit, match["unit"]), match["facts"], _completed(conditions))


def _completed(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Those conditions, and what facts that meet them always say."""
    completed = {condition.name: condition for condition in conditions}
    for name, condition in tuple(completed.items()):
        if len(condition.values) == 1:
            for other, values in REQUIRED.get((name, condition.values[0]), {}).items():
                completed.setdefault(other, Condition(other, tuple(sorted(values))))
    return tuple(sorted(completed.values()))


def _condition(word: str, kpi: str) -> Condition:
    match = _CONDITION.fullmatch(word)
    if match is None:
        raise CountedError(f"{kpi}: « {word} » is not a condition")
    values = tuple(sorted((match["values"] or "").split("|"))) if match["values"] else ()
    known = VALUES.get(match["name"], ())
    if bool(values) != bool(known) or not set(values) <= set(known):
        raise CountedError(f"{kpi}: « {word} » is not among {', '.join(known) or 'properties with values'}")
    return Condition(match["name"], values)
