"""What holds of any table; the tests beside, and the long ones of tests/integration, draw the tables."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection, audit, protect
from bilan.disclosure.tables.system import PUBLIC
from bilan.disclosure.tables.table import Cell, Table
from tests.unit.disclosure.drawn import Case
from tests.unit.disclosure.judge import FAR, Seen, bounds
from tests.unit.disclosure.tables import bounds_of, released, seen

UNLIMITED = FAR // 2  # the judge's most of a cell that nothing limits is larger


def every_claim_is_the_judges(case: Case) -> None:
    """Nothing small is shown, and the engine says uncertain to an attacker what the judge finds so."""
    done = protect(case.table, case.rules)
    assert done.unsound == 0
    assert not _shows_something_small(done, case.rules)
    _claims_are_the_judges(done, case.rules)


def printed_bounds_are_the_judges(case: Case) -> None:
    """The bounds of each hidden cell are neither wider nor narrower than what the public can tell."""
    done = protect(case.table, case.rules)
    for cell, (low, high) in bounds_of(done).items():
        least, most = bounds([seen(done.table, done)], cell, least=case.rules.least_hidden)
        assert (low, min(high, UNLIMITED)) == (least, min(most, UNLIMITED))


def audit_is_the_judges(case: Case, hidden: frozenset[Cell]) -> None:
    """The same of a pattern that somebody else chose."""
    _claims_are_the_judges(audit(replace(case.table, hidden=hidden), case.rules), case.rules)


def nothing_protected_becomes_known(tables: Sequence[Table], rules: Rules) -> None:
    """Tables released one after the other, as long as each is safe: what any hid stays hidden and unknown."""
    out: list[Protection] = []
    for table in tables:
        earlier = tuple(released(before.table, before) for before in out)
        done = protect(replace(table, earlier=earlier), rules)
        if not done.safe:
            break
        assert not _shows_something_small(done, rules)
        out.append(done)
    read = [seen(done.table, done) for done in out]
    for at, done in enumerate(out):
        assert all(width >= rules.width for width in _widths(done, read, rules, of=at).values())
    for before, after in itertools.pairwise(out):
        assert set(before.suppressed()) & set(after.rows.cells) <= set(after.suppressed())


def _claims_are_the_judges(done: Protection, rules: Rules) -> None:
    for (row, place), width in _widths(done, [seen(done.table, done)], rules).items():
        assert (width < rules.width) == (row in done.attacks[place].under_protected)
        assert (width == 0) == (row in done.attacks[place].determined)


def _widths(
    done: Protection, releases: Sequence[Seen], rules: Rules, of: int = -1
) -> dict[tuple[int, int], int]:
    """The width that the judge leaves each attacker, per row to protect and place of the attacker."""
    system, table = done.rows.system, done.table
    found = {}
    for place, attacker in enumerate(system.attackers):
        holder = None if attacker == PUBLIC else (table.contributor or "", system.name_of(attacker))
        wanted = system.to_protect_from(attacker)
        for row, cell in enumerate(done.rows.cells):
            if wanted[row]:
                low, high = bounds(releases, cell, least=rules.least_hidden, holder=holder, of=of)
                found[row, place] = high - low
    return found


def _shows_something_small(done: Protection, rules: Rules) -> bool:
    """Whether a small count is shown that no release still out had shown before."""
    told = zip(done.rows.cells, done.hidden, done.rows.system.values, strict=False)
    return any(
        not hidden and rules.is_small(int(value)) and cell not in done.rows.already_public
        for cell, hidden, value in told
    )
