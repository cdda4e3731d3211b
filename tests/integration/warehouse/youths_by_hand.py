"""The KPIs of the youths calculated again, in plain Python: detections, axes, analyses, coverage.

Written from the definitions of the domain, not from the models.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from tests.integration.warehouse.by_hand import Fact, Ledger, share
from tests.integration.warehouse.cells_by_hand import Cell, Figures, of_kind
from tests.integration.warehouse.services_by_hand import services

DEPTH = ("tertiaire", "secondaire", "primaire")
BEGUN = ("pj.request.served.v1", "partnership.service.started.v1", "pj.place.occupied.v1")
OFFERED = (*BEGUN, "pj.place.offered.v1")
MONTHS = {months: Fraction(365 * months, 12) for months in (3, 6, 9, 12, 18, 24)}
PARTNERS = ("SPAL", "CAVAC")
WINDOW = 30  # days


def figures(ledger: Ledger) -> Figures:
    """For each code, its value in a cell."""
    return {
        **detections(ledger),
        **turning(ledger),
        **services(ledger),
        **received(ledger),
        **analyses(ledger),
        **coverage(ledger),
    }


def persons(facts: Iterable[Fact]) -> int:
    return len({f.person for f in facts})


def detections(ledger: Ledger) -> Figures:
    detected = of_kind(ledger, "pj.youth.detected.v1")

    def held(cell: Cell) -> list[Fact]:
        return [f for f in detected if cell.holds(f, f.sender)]

    return {
        "P07": lambda cell: persons(held(cell)),
        "P07.detections": lambda cell: len(held(cell)),
        "P15.detected": lambda cell: persons(held(cell)),
    }


def axis(f: Fact) -> str:
    return str(f.data.get("nouvel_axe") or f.data["axe"])


def histories(ledger: Ledger) -> dict[str, list[Fact]]:
    """What is known of each youth's axis, the earliest first; on one day, the deepest."""
    told = [f for f in ledger.facts if f.kind in ("pj.youth.detected.v1", "pj.axis.changed.v1")]
    told.sort(
        key=lambda f: (
            f.first, f.last, DEPTH.index(axis(f)), f.sender, f.territory, f.data["no_depistage"],
            f.kind != "pj.axis.changed.v1",
        )
    )  # fmt: skip
    youths: dict[str, list[Fact]] = {}
    for f in told:
        youths.setdefault(f.person, []).append(f)
    return youths


def turning(ledger: Ledger) -> Figures:
    youths = [
        (facts[0], next((f for f in facts if axis(f) == "tertiaire"), None))
        for facts in histories(ledger).values()
        if axis(facts[0]) == "secondaire"
    ]
    youths = [
        (first, then)
        for first, then in youths
        if {first.precision, then.precision if then else "day"} == {"day"}
    ]
    turned = [(first, then) for first, then in youths if then]

    def between(kinds: tuple[str, ...], first: Fact, then: Fact) -> int:
        found = [
            f
            for f in ledger.facts
            if f.kind in kinds and f.person == first.person and first.last <= f.first and f.last <= then.first
        ]
        return len({(f.kind.split(".")[1], f.sender, f.key) for f in found})

    def watched(cell: Cell) -> list[tuple[int, bool]]:
        known = []
        for first, then in youths:
            if cell.holds(first):
                since = ((then.first if then else max(first.first, cell.horizon)) - first.first).days
                known.append((since, then is not None))
        return [(days, met) for days, met in known if days >= 0]

    def turned_by(days: Fraction) -> Callable[[Cell], float | None]:
        return lambda cell: met_by(watched(cell), days)

    return {
        "P08": lambda cell: share(
            sum(cell.holds(first) for first, _ in turned), sum(cell.holds(first) for first, _ in youths)
        ),
        "P08.median_days": lambda cell: next(
            (day for day, staying in curve(watched(cell)) if staying <= Fraction(1, 2)), None
        ),
        **{f"P08.at_{months}_months": turned_by(days) for months, days in MONTHS.items()},
        "P08.with_service": lambda cell: share(
            sum(between(BEGUN, *pair) > 0 for pair in turned if cell.holds(pair[0])),
            sum(cell.holds(first) for first, _ in turned),
        ),
        "P08.services": lambda cell: share(
            sum(between(OFFERED, *pair) for pair in turned if cell.holds(pair[0])),
            sum(cell.holds(first) for first, _ in turned),
        ),
    }


def curve(watched: list[tuple[int, bool]]) -> list[tuple[int, Fraction]]:
    """Kaplan-Meier: at each day on which someone met the event, the share still without it."""
    staying, steps = Fraction(1), []
    for day in sorted({days for days, met in watched if met}):
        at_risk = sum(days >= day for days, _ in watched)
        staying *= 1 - Fraction(watched.count((day, True)), at_risk)
        steps.append((day, staying))
    return steps


def met_by(watched: list[tuple[int, bool]], horizon: Fraction) -> float | None:
    steps = curve(watched)
    over = bool(steps) and steps[-1][1] == 0
    if not watched or (horizon > max(days for days, _ in watched) and not over):
        return None
    return float(1 - next((staying for day, staying in reversed(steps) if day <= horizon), Fraction(1)))


def received(ledger: Ledger) -> Figures:
    made = [f for f in of_kind(ledger, "partnership.referral.made.v1") if f.data["vers"] in PARTNERS]
    return {"P09.received": lambda cell: sum(cell.holds(f, f.data["vers"]) for f in made)}


def analyses(ledger: Ledger) -> Figures:
    requests = of_kind(ledger, "pj.analysis.requested.v1")
    asked = {(f.sender, f.key): f.data["demandeur"] for f in requests}
    declared = {(f.sender, f.key) for f in of_kind(ledger, "pj.analysis.duplicated.v1")}

    def repeats(later: Fact) -> bool:
        return any(
            earlier.data["demandeur"] != later.data["demandeur"]
            and {earlier.precision, later.precision} == {"day"}
            and order(earlier) < order(later)
            and (later.first - earlier.first).days <= WINDOW
            and (
                (later.person is not None and earlier.person == later.person)
                or (later.data["compte"] is not None and earlier.data["compte"] == later.data["compte"])
            )
            for earlier in requests
        )

    def order(f: Fact) -> tuple[Any, ...]:
        return (f.first, f.sender, f.data["no_demande"])

    def held(cell: Cell, kind: str) -> list[Fact]:
        return [f for f in of_kind(ledger, kind) if cell.holds(f, asked.get((f.sender, f.key)))]

    return {
        "P11": lambda cell: len(held(cell, "pj.analysis.requested.v1")),
        "P11.duplicates": lambda cell: sum(
            (f.sender, f.key) in declared or repeats(f) for f in held(cell, "pj.analysis.requested.v1")
        ),
        "P11.completed": lambda cell: len(held(cell, "pj.analysis.completed.v1")),
        "P11.flagged": lambda cell: len(held(cell, "pj.publication.flagged.v1")),
        "P11.transmitted": lambda cell: len(held(cell, "pj.publication.transmitted.v1")),
        "P11.followed": lambda cell: len(held(cell, "pj.publication.followed.v1")),
    }


def coverage(ledger: Ledger) -> Figures:
    def held(cell: Cell, kind: str) -> list[Fact]:
        """Those with a known axis and target; a start has those of its own row."""
        found = [f for f in of_kind(ledger, kind) if cell.holds(f, f.data.get("fournisseur"))]
        return [f for f in found if f.data["axe"] and f.data["cible"]]

    def squares(facts: list[Fact]) -> set[tuple[str, str]]:
        return {(f.data["axe"], f.data["cible"]) for f in facts}

    def served(cell: Cell) -> set[tuple[str, str]]:
        return squares(held(cell, "pj.request.served.v1"))

    def demanded(cell: Cell) -> set[tuple[str, str]]:
        detected, made = held(cell, "pj.youth.detected.v1"), held(cell, "pj.request.made.v1")
        return squares(detected) | squares(made)

    return {
        "P15": lambda cell: len(served(cell)) / 9,
        "P15.holes": lambda cell: len(demanded(cell) - served(cell)) / 9,
        "P15.unserved": lambda cell: share(
            len(demanded(cell) - served(cell)), len(demanded(cell) | served(cell))
        ),
        "P15.served": lambda cell: persons(held(cell, "pj.request.served.v1")),
    }
