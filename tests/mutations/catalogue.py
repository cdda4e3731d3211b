"""The catalogue: every mutation by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

from tests.mutations.draft import CSV, XLSX, Draft

BOTH = (CSV, XLSX)
Change = Callable[[Draft], bool]


class Stage(IntEnum):
    """When a mutation is applied."""

    LINES = 0  # to cells, by row and column
    SPLIT = 1  # to where the rows stand: what was laid out is laid out again
    LAYOUT = 2  # to what stands around them
    WRITING = 3  # to how the file is saved


class Expect(Enum):
    """What a careful reader makes of it."""

    SAME = "same"  # the same events
    RIGHT_OR_LOUD = "right or loud"  # it may be that nobody could know


@dataclass(frozen=True)
class Mutation:
    """One named way in which a statement goes wrong.

    `apply` changes a draft, or returns false for one that it does not fit. A `delicate` one shows only by
    what the rest of the file says: it is paired with mutations that leave the file as it means.
    """

    name: str
    family: str
    stage: Stage
    suffixes: tuple[str, ...]
    expect: Expect
    apply: Change
    delicate: bool


CATALOGUE: dict[str, Mutation] = {}


def add(
    name: str,
    family: str,
    stage: Stage,
    apply: Change,
    *,
    suffixes: tuple[str, ...] = BOTH,
    same: bool = False,
    delicate: bool = False,
) -> None:
    """Enter a mutation; ValueError when the name is taken."""
    if name in CATALOGUE:
        raise ValueError(name)
    expect = Expect.SAME if same else Expect.RIGHT_OR_LOUD
    CATALOGUE[name] = Mutation(name, family, stage, suffixes, expect, apply, delicate)


def mutation(
    name: str,
    family: str,
    stage: Stage,
    *,
    suffixes: tuple[str, ...] = BOTH,
    same: bool = False,
    delicate: bool = False,
) -> Callable[[Change], Change]:
    """Enter the decorated function as a mutation."""

    def entered(apply: Change) -> Change:
        add(name, family, stage, apply, suffixes=suffixes, same=same, delicate=delicate)
        return apply

    return entered
