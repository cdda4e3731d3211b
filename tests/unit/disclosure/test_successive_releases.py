"""Releases that follow one another: all that are still out are read together."""

from dataclasses import replace

from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import Protection, protect
from bilan.disclosure.tables.table import Table
from tests.unit.disclosure.judge import bounds
from tests.unit.disclosure.tables import grid, inner_cells, released, seen

COUNTS = [[2, 7, 9], [6, 8, 12], [10, 11, 5]]
[CELL] = inner_cells("ax")


def after(*out: tuple[Table, Protection], counts: list[list[int]]) -> tuple[Table, Protection]:
    earlier = tuple(released(*one) for one in out)
    table = replace(grid(counts, "abc", "xyz"), earlier=earlier)
    return table, protect(table, Rules())


def corrected(count: int) -> list[list[int]]:
    return [[count, *COUNTS[0][1:]], *COUNTS[1:]]


def test_a_cell_stays_hidden_when_its_count_has_grown() -> None:
    first = after(counts=COUNTS)
    table, done = after(first, counts=corrected(40))
    assert done.safe
    assert CELL in done.suppressed()
    low, high = bounds([seen(*first), seen(table, done)], CELL, least=1, of=0)
    assert high - low >= Rules().width


def test_a_cell_stays_hidden_when_its_count_has_become_nobody() -> None:
    first = after(counts=COUNTS)
    _, done = after(first, counts=corrected(0))
    assert done.safe
    assert done.suppressed()[CELL] == 0


def test_patterns_only_grow_over_three_releases() -> None:
    first = after(counts=COUNTS)
    second = after(first, counts=[[2, 7, 9], [6, 8, 3], [10, 11, 5]])
    third = after(first, second, counts=COUNTS)
    patterns = [set(done.suppressed()) for _, done in (first, second, third)]
    assert patterns[0] < patterns[1] <= patterns[2]
    assert all(done.safe for _, done in (first, second, third))


def test_what_was_shown_before_it_became_small_is_not_called_hidden_again() -> None:
    shown = after(counts=[[40, 7, 9], [6, 8, 12], [10, 11, 5]])
    assert not shown[1].suppressed()
    _, done = after(shown, counts=COUNTS)
    assert done.safe  # a count corrected to 2 is another count, and is hidden
    assert CELL in done.suppressed()


def test_a_small_count_that_is_out_is_told_as_public() -> None:
    table = grid(COUNTS, "abc", "xyz")
    loose = protect(table, Rules(threshold=1))
    assert not loose.suppressed()
    _, done = after((table, loose), counts=COUNTS)
    assert done.rows.already_public == (CELL,)
    assert CELL not in done.suppressed()


def test_without_the_earlier_release_in_mind_the_two_give_the_cell_away() -> None:
    first = after(counts=COUNTS)
    hidden_otherwise = replace(
        grid(COUNTS, "abc", "xyz"), hidden=inner_cells("ax az cx cz"), sensitive=inner_cells("ax")
    )
    forgetful = protect(hidden_otherwise, Rules())
    assert forgetful.safe
    both = [seen(*first), seen(hidden_otherwise, forgetful)]
    assert bounds(both, CELL, least=1) == (2, 2)
