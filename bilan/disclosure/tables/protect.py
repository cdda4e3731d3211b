"""Choose what to hide of a table, prove that it is enough, and say what each attacker could work out."""

from dataclasses import dataclass, replace

import numpy as np

from bilan.disclosure.audit import Bools, Change, Ints, Reach, reach_of
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.moves import Hiding
from bilan.disclosure.tables.room import Room
from bilan.disclosure.tables.search import Demand, cheapest
from bilan.disclosure.tables.shape import Shape, cube_of
from bilan.disclosure.tables.system import PUBLIC, System
from bilan.disclosure.tables.table import Cell, Rows, Table, rows_of
from bilan.disclosure.tables.thin import thinned
from bilan.disclosure.tables.trim import trimmed

EXACT_UP_TO = 100  # hidden cells: beyond, bounds are those that the changes prove
TRIED_UP_TO = 400  # rows left open for one attacker: beyond, they are not tried and count as known
THINNED_UP_TO = 250  # hidden rows: beyond, cells that hide nothing are not looked for one by one
JOINT_UP_TO = (
    600  # whole-number unknowns of the programme that weighs a whole table: beyond, its root takes minutes
)


@dataclass(frozen=True)
class Attack:
    """What one attacker works out of the sensitive cells, of those that it does not hold itself."""

    name: str
    determined: tuple[int, ...]  # rows known exactly
    under_protected: tuple[int, ...]  # rows known to less than the width, those included


@dataclass(frozen=True)
class Protection:
    """A table, what is hidden of it, and what that leaves the attackers."""

    table: Table
    rows: Rows
    hidden: Bools  # per row
    low: Ints  # per row: the least that the public can tell of it
    high: Ints  # per row: the most
    attacks: tuple[Attack, ...]
    unsound: int  # changes that did not verify: none, unless the search is wrong

    @property
    def safe(self) -> bool:
        """Whether every protected cell is uncertain by the width to every attacker, and proved so."""
        return self.unsound == 0 and not any(attack.under_protected for attack in self.attacks)

    def suppressed(self) -> dict[Cell, int]:
        """The hidden cells and their exact counts."""
        values = self.rows.system.values
        return {cell: int(values[row]) for row, cell in enumerate(self.rows.cells) if self.hidden[row]}


@dataclass(frozen=True)
class _Plan:
    """What to hide, and the tables that prove it enough."""

    hidden: Bools
    changes: list[Change]


def protect(table: Table, rules: Rules) -> Protection:
    """Hide what is small, and what else it takes for nobody to subtract their way back to it."""
    rows = rows_of(table, rules)
    system = rows.system
    plan = _completed(system, _by_moves(table, rows, rules.width), rules.width)
    hidden = trimmed(system, plan.hidden, plan.changes, rules.width)
    plan = _Plan(hidden, _kept(system, hidden, plan.changes))
    if hidden.sum() <= THINNED_UP_TO:
        plan = _Plan(*thinned(system, plan.hidden, plan.changes, rules.width))
    at_once = _at_once(system, rules.width)
    if at_once and _lost(system, at_once) < _lost(system, plan):
        plan = at_once
    return _judged(table, rows, plan, rules.width)


def audit(table: Table, rules: Rules) -> Protection:
    """What the hidden cells of `table.hidden` leave the attackers; nothing more is hidden.

    Without a sensitive cell of its own, every hidden cell of the table counts as one.
    """
    rows = rows_of(table, rules)
    if not table.sensitive:
        rows = replace(rows, system=replace(rows.system, sensitive=rows.system.forced.copy()))
    hidden, sensitive = rows.system.forced, rows.system.sensitive
    as_it_stands = replace(rows.system, fixed=~hidden, sensitive=sensitive & hidden)
    plan = _by_moves(table, replace(rows, system=as_it_stands), rules.width)
    return _judged(table, rows, _Plan(hidden.copy(), plan.changes), rules.width)


def _by_moves(table: Table, rows: Rows, width: int) -> _Plan:
    """Hide what product moves ask for, cell after cell: the smallest first, which leave the least choice."""
    system = rows.system
    hidden = system.forced | system.sensitive
    shape = Shape(table)
    if shape.is_too_large:
        return _Plan(hidden, [])
    cube, places, inner = cube_of(shape, rows)
    start = np.zeros(cube.counts.shape, dtype=bool)
    for place, row in places.items():
        start[place] = hidden[row]
    hiding = Hiding(cube, start, width)
    needed = {attacker: system.to_protect_from(attacker) for attacker in system.attackers}
    values = system.values
    for place, row in sorted(places.items(), key=lambda placed: int(values[placed[1]])):
        for attacker in sorted(system.attackers, reverse=True):  # what protects from a partner does from all
            if needed[attacker][row]:
                hiding.cover(place, attacker + 1)
    for place, row in places.items():
        hidden[row] = hiding.hidden[place]
    changes = list(hiding.changes(inner))
    return _Plan(hidden, _kept(system, hidden, changes))


def _completed(system: System, plan: _Plan, width: int) -> _Plan:
    """The plan, with what a programme finds for the rows that it leaves too certain."""
    hidden, changes = plan.hidden, list(plan.changes)
    for row, attacker in _demands(system, plan, width):
        if (row, attacker) in _demands(system, _Plan(hidden, changes), width):
            found = cheapest(system, hidden, [(row, attacker)], width)
            if found:
                hidden = hidden | _touched(system, found)
                changes.extend(found)
    return _Plan(hidden, changes)


def _at_once(system: System, width: int) -> _Plan | None:
    """The best plan there is, where the table is small enough to weigh whole."""
    hidden = system.forced | system.sensitive
    demands = _demands(system, _Plan(hidden, []), width)
    if not demands or 2 * len(demands) * len(system.counts) > JOINT_UP_TO:
        return None
    found = cheapest(system, hidden, demands, width)
    return _Plan(hidden | _touched(system, found), found) if found else None


def _demands(system: System, plan: _Plan, width: int) -> list[Demand]:
    """The rows that the plan does not prove uncertain, each with the attacker concerned; smallest first."""
    proof = system.reach(plan.hidden, plan.changes)
    short = [
        (int(row), attacker)
        for position, attacker in enumerate(system.attackers)
        for row in np.flatnonzero(system.to_protect_from(attacker) & (proof.width[position] < width))
    ]
    values = system.values
    return sorted(short, key=lambda demand: (values[demand[0]], -demand[1]))


def _kept(system: System, hidden: Bools, changes: list[Change]) -> list[Change]:
    """The changes that move nothing that is shown."""
    telling = np.asarray(abs(system.moved_rows(changes))[~hidden].sum(axis=0)).ravel()
    return [change for change, is_shown in zip(changes, telling, strict=True) if not is_shown]


def _touched(system: System, changes: list[Change]) -> Bools:
    """The rows that those changes change."""
    return np.asarray(abs(system.moved_rows(changes)).sum(axis=1)).ravel() > 0


def _lost(system: System, plan: _Plan) -> int:
    return int((1 + system.values)[plan.hidden].sum())


def _judged(table: Table, rows: Rows, plan: _Plan, width: int) -> Protection:
    """Settle by exact bounds what the changes leave open, and prove all of it once more."""
    system, hidden, changes = rows.system, plan.hidden, list(plan.changes)
    exact = int(hidden[: len(rows.cells)].sum()) <= EXACT_UP_TO
    proof = system.reach(hidden, changes)
    low, high = system.values - proof.down[0], system.values + proof.up[0]
    for position, attacker in enumerate(system.attackers):
        asked = system.to_protect_from(attacker) & (proof.width[position] < width)
        if attacker == PUBLIC and exact:
            room = Room(system, hidden, PUBLIC)
            for row in np.flatnonzero(hidden):
                found = room.extremes(int(row))
                low[row], high[row] = found.low, found.high
                changes.extend(found.changes)
        elif 0 < asked.sum() <= TRIED_UP_TO:
            changes.extend(_settled(system, Room(system, hidden, attacker), asked, width))
    proof = system.reach(hidden, changes)
    attacks = tuple(
        _attack(system, proof, position, attacker, width)
        for position, attacker in enumerate(system.attackers)
    )
    return Protection(table, rows, hidden, low, high, attacks, proof.unsound)


def _settled(system: System, room: Room, asked: Bools, width: int) -> list[Change]:
    """Changes that tell whether those rows are uncertain, as few as will do."""
    up, down = np.zeros_like(system.values), np.zeros_like(system.values)
    changes: list[Change] = []
    for row in np.flatnonzero(asked):
        found = room.extremes(int(row)).changes if up[row] + down[row] < width else ()
        if found:
            [higher], [lower] = reach_of(system.moved_rows(found), np.ones((1, len(found)), dtype=bool))
            up, down = np.maximum(up, higher), np.maximum(down, lower)
            changes.extend(found)
    return changes


def _attack(system: System, proof: Reach, position: int, attacker: int, width: int) -> Attack:
    protected, ranges = system.to_protect_from(attacker), proof.width[position]
    return Attack(
        system.name_of(attacker),
        determined=tuple(int(row) for row in np.flatnonzero(protected & (ranges == 0))),
        under_protected=tuple(int(row) for row in np.flatnonzero(protected & (ranges < width))),
    )
