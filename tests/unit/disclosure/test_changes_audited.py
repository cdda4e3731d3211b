"""The audit believes no change that it has not checked."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from bilan.disclosure.audit import Attacker, Audit, Bools, Change, Reach, matrix_of
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.system import PUBLIC, System
from bilan.disclosure.tables.table import rows_of
from bilan.disclosure.tables.trim import trimmed
from tests.unit.disclosure.tables import grid

# a b
# c d, and e f that nobody needs to hide
TABLE = replace(grid([[2, 6], [7, 9], [8, 8]], "xyz", "pq"), contributor="row")


def change(unknowns: tuple[int, ...], by: tuple[int, ...]) -> Change:
    return Change(np.array(unknowns), np.array(by))


SQUARE = change((0, 1, 2, 3), (1, -1, -1, 1))
BACK = change((0, 1, 2, 3), (-1, 1, 1, -1))


def system() -> System:
    return rows_of(TABLE, Rules()).system


def hidden(*rows: int) -> Bools:
    found = system().forced.copy()
    found[list(rows)] = True
    return found


def public(proof: Reach, row: int = 0) -> int:
    return int(proof.width[0][row])


def test_a_square_that_is_hidden_is_proved_both_ways() -> None:
    proof = system().reach(hidden(0, 1, 2, 3), [SQUARE, BACK])
    assert (proof.unsound, public(proof)) == (0, 2)
    assert (proof.up[0][0], proof.down[0][0]) == (1, 1)


@pytest.mark.parametrize("shown", [0, 1, 2, 3])
def test_a_change_that_changes_what_is_shown_is_unsound(shown: int) -> None:
    rows = [row for row in range(4) if row != shown]
    proof = system().reach(hidden(*rows), [SQUARE])
    assert (proof.unsound, public(proof)) == (1, 0)


def test_a_change_that_changes_a_total_is_unsound() -> None:
    proof = system().reach(hidden(0, 1), [change((0, 1), (1, 1))])
    assert (proof.unsound, public(proof)) == (1, 0)


def test_a_change_that_takes_a_hidden_cell_below_one_is_unsound_where_zeros_are_shown() -> None:
    down = change((0, 1, 2, 3), (-2, 2, 2, -2))
    proof = system().reach(hidden(0, 1, 2, 3), [down])
    assert (proof.unsound, public(proof)) == (1, 0)
    where_hidden = rows_of(TABLE, Rules(zeros="hidden")).system
    assert where_hidden.reach(hidden(0, 1, 2, 3), [down]).unsound == 0


def test_a_change_that_takes_an_unknown_below_nobody_is_unsound() -> None:
    where_hidden = rows_of(TABLE, Rules(zeros="hidden")).system
    proof = where_hidden.reach(hidden(0, 1, 2, 3), [change((0, 1, 2, 3), (-3, 3, 3, -3))])
    assert proof.unsound == 1


def test_unknowns_below_nobody_are_refused_even_where_no_shown_row_tells() -> None:
    totals = grid([[2, 6], [7, 9]], "xy", "pq", shown=[("row",)])
    only_rows = rows_of(totals, Rules()).system
    proof = only_rows.reach(only_rows.forced, [change((0, 1), (-3, 3))])
    assert proof.unsound == 1


def test_a_change_counts_only_against_those_who_hold_nothing_of_it() -> None:
    proof = system().reach(hidden(0, 1, 2, 3), [SQUARE])
    names = [system().name_of(attacker) for attacker in system().attackers]
    assert dict(zip(names, proof.up[:, 0].tolist(), strict=True)) == {"public": 1, "x": 0, "y": 0, "z": 1}


def test_an_unsound_witness_does_not_spoil_the_others() -> None:
    proof = system().reach(hidden(0, 1, 2, 3), [SQUARE, change((0,), (5,))])
    assert (proof.unsound, public(proof)) == (1, 1)


def test_without_a_change_nothing_is_proved() -> None:
    assert not system().reach(hidden(0, 1, 2, 3), []).up.any()


def test_trimming_shows_again_what_no_change_needs_and_keeps_the_proof() -> None:
    public_alone = rows_of(replace(TABLE, contributor=None), Rules()).system
    up, back = change((0, 1, 2, 3), (2, -2, -2, 2)), BACK
    too_much = [up, back, change((0, 1, 4, 5), (1, -1, -1, 1)), change((0, 1, 4, 5), (-1, 1, 1, -1))]
    before = hidden(0, 1, 2, 3, 4, 5)
    left = trimmed(public_alone, before, too_much, 3)
    assert left.tolist()[:6] == [True, True, True, True, False, False]
    kept = [w for w in too_much if not abs(public_alone.moved_rows([w]))[~left].sum()]
    assert public(public_alone.reach(left, kept)) == 3


def test_trimming_leaves_what_one_attacker_alone_still_needs() -> None:
    needed = system()
    changes = [SQUARE, change((0, 1, 4, 5), (1, -1, -1, 1))]
    left = trimmed(needed, hidden(0, 1, 2, 3, 4, 5), changes, 1)
    assert left[:6].all()  # y believes only the second, z only the first
    assert PUBLIC in needed.attackers


# figures: cells that equations tie, without a matrix of sums; a partner has counted some of them himself

EQUATIONS = np.array([[-1, 1, 1]])  # the first is the sum of the others


def figures_audit(own: int = 0, knows: int | None = None) -> Audit:
    known = np.array([at == knows for at in range(3)])
    nothing = np.zeros(3, dtype=np.int64)
    partner = Attacker("partner", np.array([0, own, 0]), known)
    return Audit(
        counts=np.array([10, 3, 7]),
        equations=sp.csr_matrix(EQUATIONS),
        known=np.array([True, False, False]),
        least=np.array([0, 1, 1]),
        attackers=[Attacker("public", nothing, nothing.astype(bool)), partner],
    )


def widths(audit: Audit, *changes: Change) -> list[int]:
    """Of the second cell: to the public, then to the partner."""
    return [int(width) for width in audit.reach(matrix_of(changes, 3)).width[:, 1]]


def test_a_change_that_breaks_an_equation_is_unsound() -> None:
    assert figures_audit().reach(matrix_of([change((1,), (2,))], 3)).unsound == 1
    assert widths(figures_audit(), change((1, 2), (2, -2)), change((1, 2), (-2, 2))) == [4, 4]


def test_no_partner_believes_in_fewer_than_it_counted_itself() -> None:
    down, up = change((1, 2), (-2, 2)), change((1, 2), (1, -1))
    assert widths(figures_audit(own=2), down, up) == [3, 1]


def test_no_partner_believes_a_change_of_what_it_knows() -> None:
    assert widths(figures_audit(knows=2), change((1, 2), (-2, 2))) == [2, 0]
