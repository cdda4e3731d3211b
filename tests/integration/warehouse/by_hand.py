"""The KPIs calculated again, in plain Python, from the same events: no SQL, no table, no dbt.

Written from the definitions of the domain, not from the models.
"""

import calendar
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

STARTS = {"MOBILIS": date(2008, 9, 1), "Pj": date(2016, 10, 1)}
GUILTY = ("plaidoyer de culpabilité", "verdict de culpabilité")
WITHDRAWN = ("retrait", "arrêt des procédures")
VAGUENESS = {"day": 0, "month": 1, "year": 2}


@dataclass(frozen=True)
class Fact:
    """An event as it is believed, with the person behind its token."""

    kind: str
    programme: str
    territory: str
    person: str
    precision: str
    first: date
    last: date
    data: dict[str, Any]
    sender: str
    key: str  # what makes its row unique to the sender
    told_to: date = date.max  # the last day that its sender has told of that log

    def order(self) -> tuple[Any, ...]:
        """Of two rows on one person and number, which is believed: the first in this order.

        The one that tells more (a referral, both scores), then the more precise, then the earlier.
        """
        before: Any = self.data.get("score_avant")
        after: Any = self.data.get("score_apres")
        scored = None not in (before, after)
        tells_less = (not self.data.get("referee"), not scored)
        scores = (Fraction(after) - Fraction(before), Fraction(before)) if scored else ()
        return (*tells_less, VAGUENESS[self.precision], self.first, self.territory, *scores)


class Ledger:
    """What is believed of some rows of events at a date, for what had happened by another."""

    def __init__(self, rows: Iterable[dict[str, Any]], known_at: date | None, until: date | None) -> None:
        known = [row for row in rows if known_at is None or row["reporteddate"] <= known_at]
        persons = components(row for row in known if row["log"] == "identity")
        latest: dict[tuple[str, str, str], dict[str, Any]] = {}
        for row in sorted(known, key=lambda row: (row["reporteddate"], row["sequence"])):
            latest[row["source"], row["type"], row["natural_key"]] = row
        believed = [row for row in latest.values() if row["action"] != "retract" and row["programme"]]
        self.told: dict[tuple[str, str, str], date] = {}
        for row in known:
            if row["log"] != "identity":
                one = (row["programme"], row["log"], row["source"])
                last = max(row["reporteddate"], self.told.get(one, date.min))
                self.told[one] = min(last, until) if until else last
        facts = [
            replace(
                fact(row, persons),
                told_to=self.told.get((row["programme"], row["log"], row["source"]), date.max),
            )
            for row in believed
        ]
        self.facts = [f for f in facts if until is None or f.last <= until]

    def reached(self, programme: str, logs: Iterable[str]) -> tuple[date, date] | None:
        """The last day that all senders of all those logs have told, and that one of each has."""
        each = [
            [day for (p, log, _), day in self.told.items() if (p, log) == (programme, one)] for one in logs
        ]
        return (min(map(min, each)), min(map(max, each))) if each and all(each) else None

    def of(self, kind: str, *key: str) -> list[Fact]:
        """The facts of a kind, one for each key; « person » stands for who it speaks of."""
        kept: dict[tuple[Any, ...], Fact] = {}
        for f in sorted((f for f in self.facts if f.kind == kind), key=Fact.order):
            kept.setdefault(tuple(f.person if name == "person" else f.data[name] for name in key), f)
        return list(kept.values())


def fact(row: dict[str, Any], persons: dict[str, str]) -> Fact:
    """An event's first and last possible days, not before its programme began, and its person."""
    first, precision = row["time"], row["time_precision"]
    last = first
    if precision == "month":
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    elif precision == "year":
        last = date(first.year, 12, 31)
    start = STARTS[row["programme"]]
    return Fact(
        row["type"],
        row["programme"],
        row["territory"],
        persons.get(row["subject"], row["subject"]),
        precision,
        max(first, start) if last >= start else first,
        last,
        json.loads(row["data"]),
        row["source"],
        row["natural_key"],
    )


def components(links: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Who each linked token is, by merging sets until none meet."""
    groups: list[set[str]] = []
    for link in links:
        pair = {link["subject"], json.loads(link["data"])["other"]}
        for group in [group for group in groups if group & pair]:
            groups.remove(group)
            pair |= group
        groups.append(pair)
    return {token: min(group) for group in groups for token in group}


def figures(ledger: Ledger) -> dict[str, Callable[[Callable[[Fact], bool]], Any]]:
    """For each code, its value over the facts that a cell holds."""
    arrests = ledger.of("mobilis.arrest.made.v1", "no_evenement", "person")
    charges = ledger.of("mobilis.charge.laid.v1", "no_cour", "person")
    cases = ledger.of("mobilis.case.concluded.v1", "no_cour", "person")
    meetings = ledger.of("mobilis.youth.met.v1", "no_rencontre", "person")
    rows = ledger.of("mobilis.exchange.made.v1", "no_echange", "rang")
    attendances = ledger.of("pj.training.attended.v1", "no_session", "person")
    charged = {f.person for f in charges}
    formal = {f.data["no_echange"] for f in rows if f.data["formel"]}
    presented = [f for f in cases if f.data["issue"] not in WITHDRAWN]
    referred = [f for f in meetings if f.data["referee"]]
    scored = [f for f in attendances if None not in (f.data["score_avant"], f.data["score_apres"])]
    delays = {id(f): days_since_arrest(f, arrests) for f in charges}
    guilty = [f for f in cases if f.data["issue"] in GUILTY]
    return {
        "M02": lambda cell: count(arrests, cell),
        "M03": lambda cell: count(charges, cell, "person"),
        "M04": lambda cell: share(count(guilty, cell), count(cases, cell)),
        "M04.presented": lambda cell: share(count(guilty, cell), count(presented, cell)),
        "M04.concluded": lambda cell: count(cases, cell),
        "M05": lambda cell: count(referred, cell, "person"),
        "M05.met": lambda cell: count(meetings, cell, "person"),
        "M05.meetings": lambda cell: count(meetings, cell),
        "M06": lambda cell: len({f.data["no_echange"] for f in rows if cell(f)} & formal),
        "M06.informal": lambda cell: len({f.data["no_echange"] for f in rows if cell(f)} - formal),
        "M07": lambda cell: share(
            count([f for f in arrests if f.person in charged], cell, "person"), count(arrests, cell, "person")
        ),
        "M08": lambda cell: middle(delays[id(f)] for f in charges if cell(f)),
        "P01": lambda cell: len({f.data["no_session"] for f in attendances if cell(f)}),
        "P02": lambda cell: count(attendances, cell, "person"),
        "P02.attendances": lambda cell: count(attendances, cell),
        "P03": lambda cell: share(gains(scored, cell), count(scored, cell)),
        "P03.relative": lambda cell: share(gains(scored, cell), scores(scored, cell, "score_avant")),
        "P03.before": lambda cell: share(scores(scored, cell, "score_avant"), count(scored, cell)),
        "P03.after": lambda cell: share(scores(scored, cell, "score_apres"), count(scored, cell)),
    }


def days_since_arrest(charge: Fact, arrests: list[Fact]) -> int | None:
    """Days since the arrest in the event the charge names, otherwise the person's last one before it."""
    own = [f for f in arrests if f.person == charge.person]
    named = [f for f in own if f.data["no_evenement"] == charge.data["no_evenement"]]
    before = sorted((f for f in own if f.last <= charge.first), key=lambda f: (f.last, f.first))
    found = named or before[-1:]
    if not found or {charge.precision, found[0].precision} != {"day"}:
        return None
    return (charge.first - found[0].first).days


def count(facts: list[Fact], cell: Callable[[Fact], bool], distinct: str | None = None) -> int:
    inside = [f for f in facts if cell(f)]
    return len({f.person for f in inside}) if distinct else len(inside)


def gains(facts: list[Fact], cell: Callable[[Fact], bool]) -> Fraction:
    both = [(Fraction(f.data["score_avant"]), Fraction(f.data["score_apres"])) for f in facts if cell(f)]
    return sum((after - before for before, after in both), Fraction(0))


def scores(facts: list[Fact], cell: Callable[[Fact], bool], name: str) -> Fraction:
    return sum((Fraction(f.data[name]) for f in facts if cell(f)), Fraction(0))


def share(part: int | Fraction, whole: int | Fraction) -> float | None:
    return float(Fraction(part) / Fraction(whole)) if whole else None


def middle(days: Iterable[int | None]) -> float | None:
    known = [day for day in days if day is not None]
    return median(known) if known else None
