"""The KPIs of the subcommittee and the partners' table calculated again, in plain Python."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise

from tests.integration.warehouse.by_hand import VAGUENESS, Fact, Ledger, middle, share
from tests.integration.warehouse.cells_by_hand import (
    Cell,
    Figures,
    Span,
    first_of,
    months,
    moved,
    of_kind,
    share_of,
    spans,
)

MILIEUX = {"SPAL": "police", "CAVAC": "aide aux victimes", "VILLE": "municipal"}


def subcommittee(ledger: Ledger) -> Figures:
    present = first_of(
        of_kind(ledger, "pj.meeting.attended.v1"),
        lambda f: (f.data["no_reunion"], f.person),
        lambda f: (VAGUENESS[f.precision], f.first, f.territory, f.data["organisation"]),
    )
    concerns = of_kind(ledger, "pj.concern.shared.v1")
    actions = spans(ledger, "pj.action.decided.v1", "pj.action.completed.v1")
    every = [*present, *concerns, *(a.begun for a in actions)]

    def meetings(cell: Cell) -> int:
        return len({f.data["no_reunion"] for f in every if cell.holds(f)})

    def decided(cell: Cell) -> list[Span]:
        return [a for a in actions if cell.holds(a.begun)]

    def completed(cell: Cell) -> list[Span]:
        return [a for a in actions if a.ended and moved(a, cell)]

    return {
        "P05": meetings,
        "P05.attendance": lambda cell: share(sum(cell.holds(f) for f in present), meetings(cell)),
        "P05.represented": lambda cell: len({f.data["no_reunion"] for f in present if cell.holds(f)}),
        "P05.members": lambda cell: len({f.person for f in present if cell.holds(f)}),
        "P05.milieux": lambda cell: len(
            {MILIEUX.get(f.data["organisation"], "autre") for f in present if cell.holds(f)}
        ),
        "P05.concerns": lambda cell: sum(cell.holds(f) for f in concerns),
        "P06": lambda cell: len(decided(cell)),
        "P06.completed": lambda cell: len(completed(cell)),
        "P06.completed_share": lambda cell: share(
            sum(a.ended is not None for a in decided(cell)), len(decided(cell))
        ),
        "P06.days": lambda cell: middle(a.days() for a in completed(cell)),
    }


def table(ledger: Ledger) -> Figures:
    members = spans(ledger, "pj.partner.joined.v1", "pj.partner.left.v1")
    delegates = spans(ledger, "pj.delegate.named.v1", "pj.delegate.left.v1")
    posts = spans(ledger, "pj.coordination.filled.v1", "pj.coordination.vacated.v1")
    met = of_kind(ledger, "pj.table.met.v1")
    filled = [(p.begun.programme, p.begun.first, p.ended.last if p.ended else date.max) for p in posts]
    followers = list(successors([d.begun for d in delegates]))
    return {
        "P13.delegates": lambda cell: sum(cell.holds(f, f.data["organisation"]) for f in followers),
        "P13.delegate_days": lambda cell: middle(
            d.days() for d in delegates if moved(d, cell, d.begun.data["organisation"])
        ),
        "P14.coordination": lambda cell: sum(months(cell, filled)),
        "P14.coordination_share": lambda cell: share_of(list(months(cell, filled))),
        "P14.partners": lambda cell: len(
            {m.begun.data["organisation"] for m in members if cell.here(m.begun) and m.overlaps(cell)}
        ),
        "P14.meetings": lambda cell: sum(cell.holds(f) for f in met),
    }


def successors(named: list[Fact]) -> Iterator[Fact]:
    """The delegates named after another person of the same partner."""

    def organisation(f: Fact) -> str:
        return str(f.data["organisation"])

    ordered = sorted(named, key=lambda f: (organisation(f), f.first, f.last, f.person, f.territory))
    for _, own in groupby(ordered, key=organisation):
        yield from (later for earlier, later in pairwise(own) if earlier.person != later.person)
