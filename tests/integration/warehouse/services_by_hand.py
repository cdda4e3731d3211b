"""The KPIs of services and places calculated again, in plain Python.

Written from the definitions of the domain, not from the models.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from statistics import median
from typing import Any

from tests.integration.warehouse.by_hand import Fact, Ledger, share
from tests.integration.warehouse.cells_by_hand import Cell, Figures, Span, first_of, of_kind, spans


def services(ledger: Ledger) -> Figures:
    """For each code of services and places, its value in a cell."""
    return {**requests(ledger), **waits(ledger), **moves(ledger), **overlaps(ledger), **housing(ledger)}


def providers(ledger: Ledger) -> dict[tuple[str, str], str]:
    return {(f.sender, f.key): f.data["fournisseur"] for f in of_kind(ledger, "pj.request.made.v1")}


def requests(ledger: Ledger) -> Figures:
    provider = providers(ledger)

    def held(cell: Cell, kind: str) -> int:
        return sum(
            cell.holds(f, f.data.get("fournisseur") or provider.get((f.sender, f.key)))
            for f in of_kind(ledger, kind)
        )

    return {
        "P09.requested": lambda cell: held(cell, "pj.request.made.v1"),
        "P09.declined": lambda cell: held(cell, "pj.request.declined.v1"),
        "P09.served": lambda cell: held(cell, "pj.request.served.v1"),
        "P10.transfers": lambda cell: held(cell, "pj.request.transferred.v1"),
    }


def order(f: Fact) -> tuple[Any, ...]:
    return (f.first, f.last, f.sender, f.data["no_demande"])


def waits(ledger: Ledger) -> Figures:
    asked = first_of(of_kind(ledger, "pj.request.made.v1"), lambda f: f.person, order)
    started = {
        f.person: f for f in first_of(of_kind(ledger, "pj.request.served.v1"), lambda f: f.person, order)
    }
    waited = [
        (started[f.person], (started[f.person].first - f.first).days)
        for f in asked
        if f.person in started and {f.precision, started[f.person].precision} == {"day"}
    ]

    def middle(cell: Cell) -> float | None:
        found = [days for f, days in waited if days >= 0 and cell.holds(f)]
        return median(found) if found else None

    return {"P09.days_to_first_start": middle}


def moves(ledger: Ledger) -> Figures:
    given = spans(ledger, "pj.request.served.v1", "pj.request.closed.v1")

    def returned(f: Fact) -> bool:
        return any(
            s.ended is not None
            and s.ended.last <= f.first
            and (s.begun.sender, s.begun.key) != (f.sender, f.key)
            and s.begun.person == f.person
            and s.begun.data["fournisseur"] == f.data["fournisseur"]
            and s.begun.data["service"] == f.data["service"]
            for s in given
        )

    returns = [s.begun for s in given if returned(s.begun)]
    made = of_kind(ledger, "pj.request.made.v1")
    transferred = of_kind(ledger, "pj.request.transferred.v1")
    return {
        "P10": lambda cell: share(
            sum(cell.holds(f) for f in [*returns, *transferred]),
            len({f.person for f in made if cell.holds(f)}),
        ),
        "P10.returns": lambda cell: sum(cell.holds(f, f.data["fournisseur"]) for f in returns),
        "P10.paths": lambda cell: sum(cell.holds(s.begun) for s in given),
        "P10.ended": lambda cell: sum(cell.holds(f) for f in departures(ledger, given)),
    }


def departures(ledger: Ledger, given: list[Span]) -> list[Fact]:
    """The last moves: those of youths whose services have all ended, in the place of the last one."""
    closed, found = of_kind(ledger, "pj.request.closed.v1"), []
    for person in {s.begun.person for s in given}:
        own = [s for s in given if s.begun.person == person]
        ends = [f for f in closed if f.person == person]
        if all(s.ended for s in own):
            last = max((s.begun for s in own), key=order)
            found.append(replace(last, first=max(f.first for f in ends), last=max(f.last for f in ends)))
    return found


def last_day(span: Span) -> date:
    """The day before the end, unless it ended on the day it began; the last day told when it goes on."""
    return max(span.begun.first, span.end - timedelta(days=1)) if span.ended else span.end


def has_known_days(span: Span) -> bool:
    return {span.begun.precision, span.ended.precision if span.ended else "day"} == {"day"}


def days_open(span: Span) -> set[date]:
    length = (last_day(span) - span.begun.first).days + 1
    return {span.begun.first + timedelta(days=n) for n in range(length)}


def overlaps(ledger: Ledger) -> Figures:
    given = [s for s in spans(ledger, "pj.request.served.v1", "pj.request.closed.v1") if has_known_days(s)]
    given.sort(key=lambda s: order(s.begun))

    def pairs(cell: Cell) -> list[tuple[Span, Span, set[date]]]:
        """Two services of one youth, where the later one is given, and their days in common in the cell."""
        found = []
        for one, other in combinations(given, 2):
            if one.begun.person == other.begun.person and cell.here(other.begun):
                both = days_open(one) & days_open(other)
                found.append((one, other, {day for day in both if cell.first <= day <= cell.last}))
        return [(one, other, both) for one, other, both in found if both]

    def led(one: Span, other: Span) -> bool:
        return bool(one.begun.data["meneur"]) != bool(other.begun.data["meneur"])

    return {
        "P10.overlaps": lambda cell: len({one.begun.person for one, _, _ in pairs(cell)}),
        "P10.overlap_days": lambda cell: len(
            {(one.begun.person, day) for one, _, days in pairs(cell) for day in days}
        ),
        "P10.overlap_led": lambda cell: share(
            sum(led(one, other) for one, other, _ in pairs(cell)), len(pairs(cell))
        ),
    }


def housing(ledger: Ledger) -> Figures:
    asked = {(f.sender, f.key): f.data["ressource"] for f in of_kind(ledger, "pj.place.requested.v1")}
    stays = spans(ledger, "pj.place.occupied.v1", "pj.place.vacated.v1")

    def held(cell: Cell, kind: str) -> list[Fact]:
        return [
            f
            for f in of_kind(ledger, kind)
            if cell.holds(f, f.data.get("ressource") or asked.get((f.sender, f.key)))
        ]

    def housed(cell: Cell) -> list[Span]:
        return [
            s
            for s in stays
            if cell.here(s.begun, s.begun.data["ressource"])
            and s.begun.first <= cell.closes
            and last_day(s) >= cell.first
        ]

    def place_days(cell: Cell) -> int:
        known = [s for s in housed(cell) if has_known_days(s)]
        return sum(len([d for d in days_open(s) if cell.first <= d <= cell.closes]) for s in known)

    def told(facts: list[Fact], name: str, wanted: object) -> float | None:
        known = [f for f in facts if f.data[name] is not None]
        return share(sum(f.data[name] == wanted for f in known), len(known))

    return {
        "P12": lambda cell: len(held(cell, "pj.place.requested.v1")),
        "P12.offered": lambda cell: len(held(cell, "pj.place.offered.v1")),
        "P12.refused": lambda cell: len(held(cell, "pj.place.refused.v1")),
        "P12.no_place": lambda cell: sum(
            f.data["raison_refus"] == "manque de place" for f in held(cell, "pj.place.refused.v1")
        ),
        "P12.housed": lambda cell: len({s.begun.person for s in housed(cell)}),
        "P12.place_days": place_days,
        "P12.in_territory": lambda cell: told(
            held(cell, "pj.place.occupied.v1"), "lieu", "sur le territoire"
        ),
        "P12.emergency": lambda cell: told(held(cell, "pj.place.requested.v1"), "urgence", True),
    }
