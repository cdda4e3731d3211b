"""Decisions to show what a rule would hide, each with its reason and the name of who took it."""

import csv
from dataclasses import dataclass
from importlib.resources import files

RATE_AT_BOUNDS = "rate_at_bounds"  # a rate of persons at 0 or at 100 %


@dataclass(frozen=True)
class Decision:
    """One exception to one rule, for one indicator of one programme."""

    programme: str
    code: str
    rule: str
    reason: str  # in French, as published
    decided_by: str
    decided_on: str  # YYYY-MM-DD


def decisions() -> tuple[Decision, ...]:
    """Every exception that the project's reference holds."""
    text = (files("bilan") / "reference" / "disclosure_exceptions.csv").read_text(encoding="utf-8")
    return tuple(Decision(**line) for line in csv.DictReader(text.splitlines()))
