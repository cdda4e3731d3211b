"""Totals among the cells of a table: known by their names, or by their being the sums of others.

`bilan protect` reads cells that add up to the totals it shows. A total that stands among them is believed
to be one more category, and gives back by subtraction what is hidden of the others.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, combinations

from bilan.disclosure.tables.table import Grouping, Key

BY_NAME, BY_SUM = "name", "sum"
CERTAIN = 8  # bits: a sum that chance would make in one table of 2 ** 8 is no chance
MOST = 0.9  # of its cells that a total must be true of: a report may have one wrong
TRIED_UP_TO = {2: 500, 3: 60}  # categories of a dimension, by how many may add up to another
FEWEST = 2  # categories that a total is of

_TOTAL = r"(?:(?:sous|sub|grand) ?)?tota(?:l|ls|le|les|ux)"
_NAMED = re.compile(
    rf"^(?:{_TOTAL}|tot|ensemble|ens|tous|toutes|les deux|somme|cumul|all|both|overall|sum|combined)\b"
    rf"|\b(?:{_TOTAL}|ensemble|tous|confondue?s?|combined)$"
)
_LINKS = frozenset({"et", "and", "ou", "or", "plus"})
_PRIME, _BASE = 2**61 - 1, 7

Vector = tuple[int, ...]


@dataclass(frozen=True)
class Total:
    """A category that is a total of others, or a column that holds totals (`category` is null then)."""

    dimension: str
    category: str | None
    known_by: str


def totals_in(
    dimensions: Grouping, inner: Mapping[Key, int], denied: frozenset[tuple[str, str | None]] = frozenset()
) -> list[Total]:
    """The totals among inner cells, by dimension. `denied`: what the user says is none."""
    found = []
    for place, name in enumerate(dimensions):
        if (name, None) in denied:
            continue
        if known_by := _column_of_totals(place, name, inner):
            found.append(Total(name, None, known_by))
            continue
        rows = _rows_of(place, inner)
        kept = {category for at, category in denied if at == name and category is not None}
        found += [Total(name, category, by) for category, by in _in_dimension(rows, kept)]
    return found


def look_alikes(dimensions: Grouping, inner: Mapping[Key, int]) -> list[tuple[str, tuple[str, ...]]]:
    """The categories of a dimension that differ by case, accent form, spaces or unseen characters alone."""
    found = []
    for place, name in enumerate(dimensions):
        alike: dict[str, list[str]] = {}
        for category in dict.fromkeys(key[place] for key in inner):
            alike.setdefault(_seen(category), []).append(category)
        found += [(name, tuple(group)) for group in alike.values() if len(group) > 1]
    return found


def _seen(category: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", category).casefold())
    return "".join(one for one in folded if not one.isspace() and unicodedata.category(one) != "Cf")


def _words(label: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", label).casefold()
    return re.findall(r"[a-z]+|[0-9]+", "".join(one for one in parts if not unicodedata.combining(one)))


def _is_named_total(label: str) -> bool:
    return bool(_NAMED.search(" ".join(word for word in _words(label) if not word.isdigit())))


# categories


def _rows_of(place: int, inner: Mapping[Key, int]) -> dict[str, dict[Key, int]]:
    """category -> its cells by the rest of their keys, in the order of the table."""
    rows: dict[str, dict[Key, int]] = {}
    for key, count in inner.items():
        rows.setdefault(key[place], {})[key[:place] + key[place + 1 :]] = count
    return rows


def _in_dimension(rows: dict[str, dict[Key, int]], denied: set[str]) -> Iterator[tuple[str, str]]:
    """The totals among categories. One that is found is set aside: others may be totals of what is left."""
    left = dict(rows)
    for category in rows:
        if category not in denied and len(rows) > 1 and _is_named_total(category):
            del left[category]
            yield category, BY_NAME
    while True:
        found = next((name for name in left if name not in denied and _is_sum(name, left)), None)
        if found is None:
            return
        del left[found]
        yield found, BY_SUM


def _is_sum(category: str, rows: dict[str, dict[Key, int]]) -> bool:
    """Whether a category is the sum of others, too often or of too much for it to be chance."""
    keys = list(rows[category])
    total = tuple(rows[category].values())
    others = {
        name: tuple(cells.get(key, 0) for key in keys) for name, cells in rows.items() if name != category
    }
    others = {name: cells for name, cells in others.items() if any(cells)}
    if len(others) < FEWEST or not any(total):
        return False
    if _adds_up(total, others.values()) and (not _words(category) or _weight(total) >= CERTAIN):
        return True
    if any(_told_by_name(category, others, total)):
        return True
    found = _sums_among(total, list(others.values()))
    return any(_weight(total) >= CERTAIN + math.log2(ways) and _sum(parts) == total for ways, parts in found)


def _told_by_name(category: str, others: dict[str, Vector], total: Vector) -> Iterator[bool]:
    """Whether its name puts together those of others, of which it is the sum."""
    words = set(_words(category)) - _LINKS
    parts = {name: set(_words(name)) for name in others}
    named = [name for name, parts_words in parts.items() if parts_words and parts_words <= words]
    if len(named) > 1 and words == set().union(*(parts[name] for name in named)):
        yield _sum(others[name] for name in named) == total


def _adds_up(total: Vector, others: Iterable[Vector]) -> bool:
    """Whether it is the sum of all the others, in most of its cells."""
    right = sum(cell == summed for cell, summed in zip(total, _sum(others), strict=True))
    return right == len(total) or (right > 1 and right >= MOST * len(total))


def _sums_among(total: Vector, others: list[Vector]) -> Iterator[tuple[int, tuple[Vector, ...]]]:
    """The sums that reports make and that may be that total, each with how many ways there are to make one.

    Lines that follow each other, any two, any three: told by prints, which add up as the cells do.
    """
    prints, wanted, count = [_print(vector) for vector in others], _print(total), len(others)
    before = [0, *accumulate(prints, lambda one, other: (one + other) % _PRIME)]
    starts = {print_: start for start, print_ in enumerate(before)}
    for end in range(count + 1):
        start = starts.get((before[end] - wanted) % _PRIME, end)
        if start < end - 1:
            yield math.comb(count, 2), tuple(others[start:end])
    places = {print_: place for place, print_ in enumerate(prints)}
    for size in (2, 3):
        if count > TRIED_UP_TO[size] or count < size:
            return
        for some in combinations(range(count), size - 1):
            last = places.get((wanted - sum(prints[place] for place in some)) % _PRIME, -1)
            if last > some[-1]:
                yield math.comb(count, size), tuple(others[place] for place in (*some, last))


def _print(vector: Vector) -> int:
    return sum(cell * pow(_BASE, place + 1, _PRIME) for place, cell in enumerate(vector)) % _PRIME


def _sum(vectors: Iterable[Vector]) -> Vector:
    return tuple(map(sum, zip(*vectors, strict=True)))


def _weight(total: Iterable[int]) -> float:
    """How little chance explains that so many cells, of counts so large, are just those: in bits."""
    return sum(math.log2(1 + cell) for cell in total)


# columns


def _column_of_totals(place: int, name: str, inner: Mapping[Key, int]) -> str | None:
    """Whether a column that is read as a dimension holds counts: totals of the lines that share the rest."""
    if _is_named_total(name):
        return BY_NAME
    counts = {key: int(key[place]) for key in inner if key[place].isascii() and key[place].isdigit()}
    if len(counts) < len(inner) or len(set(counts.values())) < FEWEST:
        return None
    rest = [index for index in range(len(next(iter(inner)))) if index != place]
    for size in range(len(rest) + 1):
        for kept in combinations(rest, size):
            sums: dict[Key, int] = {}
            for key, count in inner.items():
                group = tuple(key[index] for index in kept)
                sums[group] = sums.get(group, 0) + count
            right = all(counts[key] == sums[tuple(key[index] for index in kept)] for key in inner)
            if right and _weight(sums.values()) >= CERTAIN:
                return BY_SUM
    return None
