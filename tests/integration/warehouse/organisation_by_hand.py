"""The KPIs of the organisation calculated again, in plain Python: staff, schools, funding, outreach.

Written from the definitions of the domain, not from the models.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.integration.warehouse.by_hand import VAGUENESS, Fact, Ledger, middle, share
from tests.integration.warehouse.cells_by_hand import (
    Cell,
    Figures,
    Span,
    first_of,
    month_end,
    months,
    of_kind,
    share_of,
    spans,
)
from tests.integration.warehouse.table_by_hand import subcommittee, table


def figures(ledger: Ledger) -> Figures:
    """For each code, its value in a cell."""
    return {
        **staff(ledger),
        **schools(ledger),
        **grants(ledger),
        **public(ledger),
        **subcommittee(ledger),
        **table(ledger),
    }


def staff(ledger: Ledger) -> Figures:
    posts = spans(ledger, "partnership.staff.assigned.v1", "partnership.staff.left.v1")
    replaced = {(f.sender, f.key) for f in of_kind(ledger, "partnership.staff.replaced.v1")}
    replacing = [p.begun for p in posts if (p.begun.sender, p.begun.key) in replaced]
    sessions = ledger.of("pj.training.attended.v1", "no_session", "person")

    def assigned(cell: Cell) -> list[Span]:
        return [p for p in posts if cell.here(p.begun, p.begun.sender) and p.overlaps(cell)]

    def left(cell: Cell) -> set[str]:
        ended = [p for p in assigned(cell) if p.ended]
        return {
            p.begun.person for p in ended if p.ended and cell.first <= p.ended.first and p.end <= cell.last
        }

    def in_post(cell: Cell) -> set[str]:
        return {p.begun.person for p in posts if cell.here(p.begun, p.begun.sender) and p.at_end(cell)}

    def trained(cell: Cell) -> set[str]:
        since = a_year_before(cell.closes)
        return {s.person for s in sessions if since < s.first and s.last <= cell.closes}

    return {
        "M01": lambda cell: len({p.begun.person for p in assigned(cell)}),
        "P04": lambda cell: share(len(in_post(cell) & trained(cell)), len(in_post(cell))),
        "P13": lambda cell: share(len(left(cell)), len({p.begun.person for p in assigned(cell)})),
        "P13.replaced": lambda cell: sum(cell.holds(f, f.sender) for f in replacing),
    }


def a_year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def schools(ledger: Ledger) -> Figures:
    kinds = {
        "mobilis.class.visited.v1": "visite de classe",
        "mobilis.residency.held.v1": "résidence",
        "mobilis.presentation.given.v1": "présentation conjointe",
    }
    told = [f for f in ledger.facts if f.kind in kinds]

    def order(f: Fact) -> tuple[Any, ...]:
        return (VAGUENESS[f.precision], f.first, f.sender, f.territory, kinds[f.kind])

    activities = first_of(told, lambda f: f.data["no_activite"], order)
    visits = [f for f in activities if f.kind == "mobilis.class.visited.v1"]
    presentations = [f for f in activities if f.kind == "mobilis.presentation.given.v1"]
    return {
        "M11": lambda cell: len({f.data["no_ecole"] for f in activities if cell.holds(f)}),
        "M11.classes": lambda cell: len(
            {(f.data["no_ecole"], f.data["no_classe"]) for f in visits if cell.holds(f)}
        ),
        "M11.youths": lambda cell: sum(f.data["jeunes_rejoints"] or 0 for f in activities if cell.holds(f)),
        "M12": lambda cell: sum(cell.holds(f) for f in presentations),
    }


def grants(ledger: Ledger) -> Figures:
    awarded = spans(ledger, "partnership.grant.awarded.v1", "partnership.grant.ended.v1")

    def dollars(cell: Cell) -> float:
        return float(sum(Fraction(g.begun.data["montant"]) for g in awarded if cell.holds(g.begun)))

    covered = [
        (
            g.begun.programme,
            date.fromisoformat(g.begun.data["periode_debut"]),
            min(
                last_possible(g.begun.data["periode_fin"], g.begun.data["periode_fin_precision"]),
                g.ended.last if g.ended else date.max,
            ),
        )
        for g in awarded
    ]
    return {
        "M13": dollars,
        "M13.grants": lambda cell: sum(cell.holds(g.begun) for g in awarded),
        "P14": lambda cell: sum(months(cell, covered)),
        "P14.funded_share": lambda cell: share_of(list(months(cell, covered))),
    }


def last_possible(day: str, precision: str) -> date:
    first = date.fromisoformat(day)
    if precision == "day":
        return first
    return month_end(first if precision == "month" else first.replace(month=12))


def public(ledger: Ledger) -> Figures:
    outreach = of_kind(ledger, "partnership.outreach.held.v1")
    operations = of_kind(ledger, "mobilis.operation.conducted.v1")
    joint = [f for f in operations if f.data["conduite"] == "avec l'ERM"]
    return {
        "M09": disclosures(ledger),
        "M14": lambda cell: sum(cell.holds(f) for f in outreach),
        "M14.reached": lambda cell: sum(
            f.data["personnes_rejointes"] or 0 for f in outreach if cell.holds(f)
        ),
        "M15": lambda cell: sum(cell.holds(f) for f in operations),
        "M15.joint_share": lambda cell: share(
            sum(cell.holds(f) for f in joint), sum(cell.holds(f) for f in operations)
        ),
    }


def disclosures(ledger: Ledger) -> Callable[[Cell], float | None]:
    def disclosed(f: Fact) -> str:
        return str(f.data["date_devoilement"] or "") if f.data["date_devoilement_precision"] == "day" else ""

    met = first_of(
        of_kind(ledger, "mobilis.youth.met.v1"),
        lambda f: (f.data["no_rencontre"], f.person),
        lambda f: (*f.order(), not disclosed(f), disclosed(f)),
    )
    followed = []
    for person, text in {(f.person, disclosed(f)) for f in met if disclosed(f)}:
        day = date.fromisoformat(text)
        since = [f for f in met if f.person == person and f.precision == "day" and f.first >= day]
        for f in sorted(since, key=lambda f: (f.first, f.territory))[:1]:
            followed.append((f, (f.first - day).days))
    return lambda cell: middle(days for f, days in followed if cell.holds(f))
