"""The seeded source of every choice that the samples make."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Draw(random.Random):
    """A reproducible stream of choices, named by a seed and a scope; never a source of secrets."""

    @classmethod
    def of(cls, seed: int, *scope: object) -> "Draw":
        """The stream of that seed and scope: adding a scope elsewhere does not disturb it."""
        return cls("/".join(str(part) for part in (seed, *scope)))

    def chance(self, share: float) -> bool:
        """True for about that share of the calls."""
        return self.random() < share

    def day(self, first: date, last: date) -> date:
        """A day between the two, both included; the first if they are the wrong way round."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))

    def deal(self, quotas: Mapping[T, int]) -> list[T]:
        """Each value as often as its quota says, in a random order."""
        cards = [value for value, count in quotas.items() for _ in range(count)]
        self.shuffle(cards)
        return cards

    def spread(self, options: Sequence[T], count: int) -> list[T]:
        """`count` values, each option as often as the others (give or take one), in a random order."""
        cards = [options[position % len(options)] for position in range(count)]
        self.shuffle(cards)
        return cards
