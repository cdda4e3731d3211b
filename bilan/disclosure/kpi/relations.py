"""What adds up from one indicator to another: who reads two of them side by side subtracts across them.

Declared, not found: two figures may be equal by chance, and what adds up by definition does so for ever.
"""

from collections.abc import Iterator
from typing import NamedTuple

PERSONS = "n_persons"


class Term(NamedTuple):
    """A number of a figure: of its whole, or of one value of a breakdown."""

    code: str
    breakdown: str | None = None
    breakdown_value: str | None = None
    part: str = "numerator"


class Sum(NamedTuple):
    """A number that others make together."""

    whole: Term
    parts: tuple[Term, ...]


# A breakdown by two dimensions, whose values are joined by `TIMES`, and the indicator that gives the
# margins: one breakdown for each dimension.
TIMES = " × "
MARGINS = {("P15.detected", "axe_cible"): ("P07", ("axe", "cible"))}

_GUILTY = (
    Term("M04.concluded", "issue", "plaidoyer de culpabilité"),
    Term("M04.concluded", "issue", "verdict de culpabilité"),
)
_NO_PLACE = ("P12.refused", "raison_refus", "manque de place")
SUMS = (
    Sum(Term("M04"), _GUILTY),
    Sum(
        Term("M04.presented", part="denominator"),
        (*_GUILTY, Term("M04.concluded", "issue", "acquittement")),
    ),
    Sum(Term("P10"), (Term("P10.returns"), Term("P10.transfers"))),
    Sum(Term("P12.no_place"), (Term(*_NO_PLACE),)),
    Sum(Term("P12.no_place", part=PERSONS), (Term(*_NO_PLACE, PERSONS),)),
)


def margins_of(code: str, breakdown: str | None, value: str | None) -> Iterator[tuple[str, str, str]]:
    """The figures (code, breakdown, value) that have the value of a breakdown by two dimensions as a part."""
    told = MARGINS.get((code, breakdown or ""))
    if told is not None and value is not None:
        whole, dimensions = told
        for dimension, one in zip(dimensions, value.split(TIMES), strict=True):
            yield whole, dimension, one
