"""Partners as attackers: each knows what it counts itself, and all that rests on logs that it alone sends."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from bilan.disclosure.audit import Attacker, Bools, Ints
from bilan.disclosure.figures.context import Context
from bilan.disclosure.figures.counted import Counted
from bilan.disclosure.figures.levels import counting, dated
from bilan.disclosure.figures.numbers import Reader
from bilan.disclosure.figures.sheet import TOLD, Row, View
from bilan.disclosure.figures.stretches import Stretches
from bilan.disclosure.figures.system import System


def partners_of(
    system: System, views: Sequence[View], stretches: Stretches, reader: Reader, known: Context
) -> list[Attacker]:
    """Each partner, with what it counts itself, and the facts that it alone tells."""
    counts: dict[str, Ints] = defaultdict(lambda: np.zeros(system.given, dtype=np.int64))
    kinds: dict[object, str] = {}
    for view, row in _own_figures(views, known):
        for _, cell, count in reader.cells_of(row):
            kinds.setdefault(_kind(cell.number), reader.attributed(row["code"]))
            if cell in view:
                counts[row["partner"]][view[cell]] = count
    for own in counts.values():
        for place, way in stretches.ways.items():
            own[place] = max(sum(sign * own[cell] for cell, sign in way), 0)
    # What a partner did not count of what partners count, it knows to be none.
    whose: list[str | None] = [None] * system.given
    facts: list[str] = [""] * system.given
    for view in (*views, stretches.view):
        for cell, place in view.items():
            whose[place], facts[place] = kinds.get(_kind(cell.number)), cell.number.facts
    return [
        Attacker(
            name,
            system.with_remainders(np.minimum(counts[name], system.counts[: system.given]), whose),
            _alone(system, facts, reader.facts_of(code for code, of in known.senders.items() if of == name)),
        )
        for name in sorted({*known.exact["partner"].drop_nulls(), *known.senders.values()})
    ]


def _own_figures(views: Sequence[View], known: Context) -> Iterator[tuple[View, Row]]:
    """Partners' own figures, each with the view of its release; today's last: what was is not what is."""
    releases = [release.own(known.programme) for release in known.earlier][: len(views) - 1]
    today = known.exact.filter(pl.col("partner").is_not_null())
    for view, rows in zip((*views[1:], views[0]), (*releases, today), strict=True):
        shown = dated(counting(rows, known.catalogue)).filter(pl.col("status").is_in(TOLD))
        for row in shown.iter_rows(named=True):
            yield view, row


def _kind(number: Counted) -> tuple[object, ...]:
    """What is counted, by which properties, whatever their values."""
    return number.unit, number.facts, tuple(condition.name for condition in number.conditions)


def _alone(system: System, facts: Sequence[str], of_one: set[str]) -> Bools:
    """The cells that count what one partner alone tells, and the remainders of those."""
    knows = np.zeros(system.size, dtype=bool)
    knows[: system.given] = [one in of_one for one in facts]
    for rest, (whole, parts) in system.rests.items():
        knows[rest] = knows[whole] and knows[list(parts)].all()
    return knows
