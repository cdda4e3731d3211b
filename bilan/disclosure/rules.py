"""The rules of disclosure control, named: what must be hidden, and by how much it must stay uncertain."""

from dataclasses import dataclass
from typing import Literal

SMALLEST_SHOWN = 5  # a count above 0 and below this is a person one could recognise
WIDTH = 3  # whole numbers, at least, between the least and the most that a hidden count could be
WIDTH_AT_BOUNDS = 1  # of a rate of persons at 0 or 100 %: not everybody, or somebody, must stay possible
LEAST_SHARE_SHOWN = 0.5  # of a level's counts: below, the level is withheld whole, by rule

WHOLE_TIME = ("phase", "total")

Zeros = Literal["published", "hidden"]


@dataclass(frozen=True)
class Rules:
    """How a table of counts is protected.

    With `zeros` published, whoever reads the table knows that a hidden cell holds somebody, and every bound
    starts at 1. With `zeros` hidden, nobody is a small count like the others, and every bound starts at 0.
    The rules of dominance are for tables whose contributors must not be told; counts of persons need none.
    """

    threshold: int = SMALLEST_SHOWN
    width: int = WIDTH
    zeros: Zeros = "published"
    dominance: tuple[int, float] | None = None  # n, k: the n largest contributors above k % of a cell
    p_percent: float | None = None  # p: what the others leave below p % of the largest contributor

    @property
    def least_hidden(self) -> int:
        """What anyone knows that a hidden cell holds at least."""
        return 1 if self.zeros == "published" else 0

    def is_small(self, count: int) -> bool:
        """Whether a count may not be shown as it is."""
        return self.least_hidden <= count < self.threshold
