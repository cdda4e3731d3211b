"""What a person goes by, and whether a text names her.

A name alone may be anybody's: she is named where her surname stands with her given name or her birth
date, or where a reference of hers stands by itself. Texts compare without case, accents or joiners.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bilan.identity.subjects import Attributes

SHORTEST_REFERENCE = 4  # a shorter one is found everywhere and shows nothing
NEAR = 200  # characters between two cells of one record, in bytes that no reader decodes
_WORD = r"[a-z0-9]"
_BEFORE, _JOINER, _AFTER = "(^|[^a-z0-9])", "[^a-z0-9]*", "([^a-z0-9]|$)"

Pattern = tuple[str, ...]  # expressions that must all be found in one record


@dataclass(frozen=True)
class Sought:
    """The patterns of one or several persons, in the syntax that Python and RE2 share."""

    patterns: tuple[Pattern, ...]

    @classmethod
    def of(cls, persons: Iterable[Attributes]) -> "Sought":
        """The patterns of what the vault knew of them."""
        found = {pattern for person in persons for pattern in _patterns(person)}
        return cls(tuple(sorted(found)))

    def is_named(self, record: str) -> bool:
        """Whether a record (a row, a document) names one of them."""
        folded = fold(record)
        return any(all(re.search(part, folded) for part in pattern) for pattern in self._likely(folded))

    def is_near(self, text: str) -> bool:
        """Whether running text names one of them, cells of one record standing close to each other."""
        folded = fold(text)
        return any(_near(pattern, folded) for pattern in self._likely(folded))

    def _likely(self, folded: str) -> Iterator[Pattern]:
        """The patterns all of whose pieces are there: expressions are slow, and are tried for those alone."""
        return (pattern for pattern in self.patterns if all(one in folded for one in pieces_of(pattern)))


def fold(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(_MARKS).lower()


class _Marks(dict[int, int | None]):
    """Takes every combining mark away, as `str.translate` asks; a character is looked up when first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _Marks()


def _patterns(person: Attributes) -> Iterator[Pattern]:
    surname, given, birth = (_expression(person.get(a)) for a in ("surname", "given_name", "birth_date"))
    reference = person.get("reference")
    if surname and given:
        yield surname, given
    if surname and birth:
        yield surname, birth
    expression = _expression(reference)
    if expression and reference and len(reference) >= SHORTEST_REFERENCE:
        yield (expression,)


def _expression(cell: str | None) -> str | None:
    pieces = re.findall(rf"{_WORD}+", fold(cell or ""))
    return f"{_BEFORE}{_JOINER.join(pieces)}{_AFTER}" if pieces else None


@cache
def pieces_of(pattern: Pattern) -> list[str]:
    """The runs of letters and digits that a record must hold, each within a cell, for it to match."""
    inside = (part.removeprefix(_BEFORE).removesuffix(_AFTER) for part in pattern)
    return [piece for joined in inside for piece in joined.split(_JOINER)]


def _near(pattern: Pattern, folded: str) -> bool:
    first, *others = pattern
    for found in re.finditer(first, folded):
        around = folded[max(0, found.start() - NEAR) : found.end() + NEAR]
        if all(re.search(other, around) for other in others):
            return True
    return False
