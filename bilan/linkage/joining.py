"""Which of the scored pairs to link, which to put to a person: a pure decision."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from bilan.linkage.comparisons import LINK_THRESHOLD, REVIEW_THRESHOLD

Pair = tuple[str, str]


@dataclass(frozen=True)
class Joining:
    """Pairs with their scores, decimal strings, likeliest first."""

    linked: list[tuple[str, str, str]]
    waiting: list[tuple[str, str, str]]


def join(
    scored: Iterable[tuple[str, str, float]],
    same: Iterable[Pair],
    apart: Iterable[Pair],
    known: Collection[Pair],
) -> Joining:
    """Take scored pairs (token, other, probability), likeliest first.

    `same`: pairs that are one person already; `apart`: pairs of which somebody said that they are not;
    `told`: pairs never to be put forward again. No link may bring together, through others, two
    tokens that somebody held apart: such a pair is for a person to decide.
    """
    groups = _Groups(same, apart)
    linked, waiting = [], []
    for token, other, probability in scored:
        if (token, other) in known or groups.are_one(token, other):
            continue
        if probability >= LINK_THRESHOLD and groups.may_join(token, other):
            groups.join(token, other)
            linked.append((token, other, score_text(probability)))
        elif probability >= REVIEW_THRESHOLD:
            waiting.append((token, other, score_text(probability)))
    return Joining(linked, [pair for pair in waiting if not groups.are_one(*pair[:2])])


def score_text(probability: float) -> str:
    """Four decimals, never rounded up to a certainty or over a threshold."""
    return str(Decimal(str(probability)).quantize(Decimal("0.0001"), rounding=ROUND_DOWN))


class _Groups:
    """Persons as sets of tokens, and the tokens that each set may not take in."""

    def __init__(self, same: Iterable[Pair], apart: Iterable[Pair]) -> None:
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in same:
            self.join(one, other)
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def are_one(self, one: str, other: str) -> bool:
        return other in self._of(one)

    def may_join(self, one: str, other: str) -> bool:
        others = self._of(other)
        return not any(self._apart.get(token, set()) & others for token in self._of(one))

    def join(self, one: str, other: str) -> None:
        members = self._of(one) | self._of(other)
        for token in members:
            self._members[token] = members

    def _of(self, token: str) -> set[str]:
        return self._members.get(token, {token})
