"""The table of steps: what it allows, what it forbids, and the diagram drawn from it."""

from itertools import product
from pathlib import Path

import pytest

from bilan.release.errors import ReleaseRefusedError
from bilan.release.register.transitions import STATES_FR, STEPS_FR, State, Step, can_take, check_take, diagram

DOCUMENT = Path(__file__).parents[3] / "docs" / "publication.md"
ALLOWED = {
    (None, Step.FREEZE),
    (State.CANDIDATE, Step.FAIL),
    (State.CANDIDATE, Step.PASS),
    (State.CHECKED, Step.SIGN),
    (State.CHECKED, Step.APPROVE),
    (State.APPROVED, Step.PUBLISH),
    (State.APPROVED, Step.WITHDRAW),
    (State.PUBLISHED, Step.WITHDRAW),
}


@pytest.mark.parametrize(("state", "step"), list(product([None, *State], Step)))
def test_every_step_from_every_state(state: State | None, step: Step) -> None:
    assert can_take(state, step) == ((state, step) in ALLOWED)
    if can_take(state, step):
        assert check_take(3, state, step) in State
    else:
        with pytest.raises(ReleaseRefusedError, match="n° 3"):
            check_take(3, state, step)


def test_nothing_is_published_but_through_two_signatures() -> None:
    """Whatever way is taken to a publication passes by its checks and by the second signature."""
    ways: list[tuple[Step, ...]] = [()]
    found = []
    for _ in range(7):
        ways = [(*way, step) for way in ways for step in Step if _leads(way, step)]
        found += [way for way in ways if way[-1] is Step.PUBLISH]
    assert found
    for way in found:
        assert {Step.PASS, Step.APPROVE} <= set(way)


def _leads(way: tuple[Step, ...], step: Step) -> bool:
    state = None
    for earlier in way:
        state = check_take(1, state, earlier)
    return can_take(state, step)


def test_every_state_and_step_has_words() -> None:
    assert set(STATES_FR) == set(State)
    assert set(STEPS_FR) == set(Step)


def test_the_documentation_shows_the_table_as_it_is() -> None:
    assert f"```mermaid\n{diagram()}```\n" in DOCUMENT.read_text(encoding="utf-8")
