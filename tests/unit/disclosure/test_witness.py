"""The proof believes no witness that it has not checked."""

from dataclasses import replace

import pytest

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.system import PUBLIC, Bools, System
from bilan.disclosure.tables.table import rows_of
from bilan.disclosure.tables.trim import trimmed
from bilan.disclosure.tables.witness import Proof, Witness, moved_rows, prove
from tests.unit.disclosure.tables import grid

# a b
# c d, and e f that nobody needs to hide
TABLE = replace(grid([[2, 6], [7, 9], [8, 8]], "xyz", "pq"), contributor="row")
SQUARE = Witness((0, 1, 2, 3), (1, -1, -1, 1))
BACK = Witness((0, 1, 2, 3), (-1, 1, 1, -1))


def system() -> System:
    return rows_of(TABLE, Rules()).system


def hidden(*rows: int) -> Bools:
    found = system().forced.copy()
    found[list(rows)] = True
    return found


def public(proof: Proof, row: int = 0) -> int:
    return int(proof.ranges(0)[row])


def test_a_square_that_is_hidden_is_proved_both_ways() -> None:
    proof = prove(system(), hidden(0, 1, 2, 3), [SQUARE, BACK])
    assert (proof.unsound, public(proof)) == (0, 2)
    assert (proof.up[0][0], proof.down[0][0]) == (1, 1)


@pytest.mark.parametrize("shown", [0, 1, 2, 3])
def test_a_witness_that_changes_what_is_shown_is_unsound(shown: int) -> None:
    rows = [row for row in range(4) if row != shown]
    proof = prove(system(), hidden(*rows), [SQUARE])
    assert (proof.unsound, public(proof)) == (1, 0)


def test_a_witness_that_changes_a_total_is_unsound() -> None:
    proof = prove(system(), hidden(0, 1), [Witness((0, 1), (1, 1))])
    assert (proof.unsound, public(proof)) == (1, 0)


def test_a_witness_that_takes_a_hidden_cell_below_one_is_unsound_where_zeros_are_shown() -> None:
    down = Witness((0, 1, 2, 3), (-2, 2, 2, -2))
    proof = prove(system(), hidden(0, 1, 2, 3), [down])
    assert (proof.unsound, public(proof)) == (1, 0)
    where_hidden = rows_of(TABLE, Rules(zeros="hidden")).system
    assert prove(where_hidden, hidden(0, 1, 2, 3), [down]).unsound == 0


def test_a_witness_that_takes_an_unknown_below_nobody_is_unsound() -> None:
    where_hidden = rows_of(TABLE, Rules(zeros="hidden")).system
    proof = prove(where_hidden, hidden(0, 1, 2, 3), [Witness((0, 1, 2, 3), (-3, 3, 3, -3))])
    assert proof.unsound == 1


def test_unknowns_below_nobody_are_refused_even_where_no_shown_row_tells() -> None:
    totals = grid([[2, 6], [7, 9]], "xy", "pq", shown=[("row",)])
    only_rows = rows_of(totals, Rules()).system
    proof = prove(only_rows, only_rows.forced, [Witness((0, 1), (-3, 3))])
    assert proof.unsound == 1


def test_a_witness_counts_only_against_those_who_hold_nothing_of_it() -> None:
    proof = prove(system(), hidden(0, 1, 2, 3), [SQUARE])
    names = [system().name_of(attacker) for attacker in system().attackers]
    assert dict(zip(names, proof.up[:, 0].tolist(), strict=True)) == {"public": 1, "x": 0, "y": 0, "z": 1}


def test_an_unsound_witness_does_not_spoil_the_others() -> None:
    proof = prove(system(), hidden(0, 1, 2, 3), [SQUARE, Witness((0,), (5,))])
    assert (proof.unsound, public(proof)) == (1, 1)


def test_without_a_witness_nothing_is_proved() -> None:
    assert not prove(system(), hidden(0, 1, 2, 3), []).up.any()


def test_trimming_shows_again_what_no_witness_needs_and_keeps_the_proof() -> None:
    public_alone = rows_of(replace(TABLE, contributor=None), Rules()).system
    up, back = Witness((0, 1, 2, 3), (2, -2, -2, 2)), BACK
    too_much = [up, back, Witness((0, 1, 4, 5), (1, -1, -1, 1)), Witness((0, 1, 4, 5), (-1, 1, 1, -1))]
    before = hidden(0, 1, 2, 3, 4, 5)
    left = trimmed(public_alone, before, too_much, 3)
    assert left.tolist()[:6] == [True, True, True, True, False, False]
    kept = [w for w in too_much if not abs(moved_rows(public_alone, [w]))[~left].sum()]
    assert public(prove(public_alone, left, kept)) == 3


def test_trimming_leaves_what_one_attacker_alone_still_needs() -> None:
    needed = system()
    witnesses = [SQUARE, Witness((0, 1, 4, 5), (1, -1, -1, 1))]
    left = trimmed(needed, hidden(0, 1, 2, 3, 4, 5), witnesses, 1)
    assert left[:6].all()  # y believes only the second, z only the first
    assert PUBLIC in needed.attackers
