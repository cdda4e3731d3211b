"""Who holds some of the cells, and groups that cut across one another."""

from dataclasses import replace

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection, audit, protect
from bilan.disclosure.tables.table import Key, Table
from tests.unit.disclosure.judge import bounds
from tests.unit.disclosure.tables import grid, inner_cells, released, seen

TWO_SINGLETONS = grid([[2, 3, 20, 11], [9, 8, 30, 7], [15, 6, 12, 25]], "abc", "pqrs")
TWO_A_LINE = inner_cells("ap aq bp bq")


def named(done: Protection, name: str) -> tuple[int, int]:
    [attack] = [attack for attack in done.attacks if attack.name == name]
    return len(attack.determined), len(attack.under_protected)


def test_two_hidden_cells_of_a_row_hide_nothing_from_the_two_who_hold_one_each() -> None:
    held = replace(TWO_SINGLETONS, hidden=TWO_A_LINE, contributor="col")
    found = audit(held, Rules())
    assert named(found, "public") == (0, 0)
    assert named(found, "p") == (2, 2)  # it subtracts its own from the row, and has the other's
    assert named(found, "q") == (2, 2)
    assert named(found, "r") == (0, 0)
    assert not found.safe


def test_a_contributor_learns_nothing_of_its_neighbours() -> None:
    held = replace(TWO_SINGLETONS, contributor="col")
    done = protect(held, Rules())
    assert done.safe
    assert [attack.name for attack in done.attacks] == ["public", "p", "q", "r", "s"]
    assert len(done.suppressed()) > len(protect(TWO_SINGLETONS, Rules()).suppressed())
    for mine, theirs in (("p", "aq"), ("q", "ap")):
        [cell] = inner_cells(theirs)
        low, high = bounds([seen(held, done)], cell, least=1, holder=("col", mine))
        assert high - low >= Rules().width


def test_a_contributor_is_not_protected_from_itself() -> None:
    alone = replace(grid([[2, 9], [8, 7]], "ab", "pq", shown=[("col",), ("row", "col")]), contributor="col")
    assert protect(alone, Rules()).safe
    [row] = [row for row, cell in enumerate(protect(alone, Rules()).rows.cells) if cell[1] == ("a", "p")]
    system = protect(alone, Rules()).rows.system
    wanted = {
        system.name_of(attacker): bool(system.to_protect_from(attacker)[row]) for attacker in system.attackers
    }
    assert wanted == {"public": True, "p": False, "q": True}


TOWNS: dict[Key, int] = {
    ("t1", "north", "k1"): 2,
    ("t2", "north", "k2"): 17,
    ("t3", "north", "k3"): 9,
    ("t4", "south", "k1"): 11,
    ("t5", "south", "k2"): 8,
    ("t6", "south", "k3"): 30,
}


def linked() -> Table:
    """Towns in regions, and in counties that cut across the regions; both are shown, and the total."""
    shown = (("town",), ("region",), ("county",), ())
    return Table(("town", "region", "county"), TOWNS, shown)


def test_counties_that_cut_across_regions_are_protected_together() -> None:
    done = protect(linked(), Rules())
    assert done.safe
    hidden = done.suppressed()
    assert (("town",), ("t1",)) in hidden
    low, high = bounds([seen(done.table, done)], (("town",), ("t1",)), least=1)
    assert high - low >= Rules().width


def test_what_regions_alone_would_hide_the_counties_give_away() -> None:
    regions_alone = protect(replace(linked(), groupings=(("town",), ("region",), ())), Rules())
    hidden = frozenset(regions_alone.suppressed())
    found = audit(replace(linked(), hidden=hidden), Rules())
    assert not found.safe
    assert named(found, "public")[0] > 0


def test_a_grouping_by_an_attribute_and_another_dimension() -> None:
    counts: dict[Key, int] = {
        (town, county, year): count
        for (town, _, county), base in TOWNS.items()
        for year, count in (("2009", base), ("2010", base + 4))
    }
    table = Table(
        ("town", "county", "year"), counts, (("town", "year"), ("county", "year"), ("town",), ("year",), ())
    )
    done = protect(table, Rules())
    assert done.safe
    low, high = bounds([seen(table, done)], (("town", "year"), ("t1", "2009")), least=1)
    assert high - low >= Rules().width


def test_what_an_earlier_release_shows_for_ever_may_leave_no_room() -> None:
    margins = replace(TWO_SINGLETONS, groupings=(("row",), ("col",), ()))
    out = released(margins, protect(margins, Rules()))
    tight = protect(replace(TWO_SINGLETONS, earlier=(out,)), Rules(width=60))
    assert not tight.safe
    assert named(tight, "public")[1] >= 1
    assert protect(replace(TWO_SINGLETONS, earlier=(out,)), Rules()).safe
