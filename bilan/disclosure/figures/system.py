"""The figures of one programme as whole numbers, and all that must hold between them.

Every relation becomes one equation: a sum, or two cells and what the first has more than the second, which is
a cell like the others. Whoever attacks is taken to know by how much a whole differs from the sum of its parts
(persons counted twice, facts told of no part): more than anybody knows, and one rule for events and persons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from bilan.disclosure.audit import Bools, Ints
from bilan.disclosure.figures.relations import Rest, Sum
from bilan.disclosure.rules import SMALLEST_SHOWN

Pair = tuple[int, tuple[int, ...]]  # a whole, and parts of it


@dataclass(frozen=True)
class System:
    """Cells, then remainders: their counts, the equations between them, and which are counts of somebody."""

    counts: Ints
    equations: Any  # equations by cells (scipy CSR); another table keeps each of them
    counted: Bools  # a count to protect where it is small; of a remainder, whether it counts somebody
    given: int  # how many of the cells are figures' own; the others are remainders
    component: Ints  # per cell: the set of cells that have anything to do with one another
    rests: Mapping[int, Pair]  # of each remainder: the whole, and the parts that leave it

    @property
    def size(self) -> int:
        """Cells and remainders."""
        return len(self.counts)

    def with_remainders(self, given: Ints, alike: Sequence[object]) -> Ints:
        """Numbers told of the given cells, and what follows for the remainders.

        `alike` is None for a cell that is not told; a remainder follows from two that are alike.
        """
        rest = [
            max(given[whole] - given[list(parts)].sum(), 0)
            if alike[whole] is not None and all(alike[part] == alike[whole] for part in parts)
            else 0
            for whole, parts in self.rests.values()
        ]
        return np.concatenate([given, np.array(rest, dtype=np.int64)])


def is_small(counts: Ints) -> Bools:
    """The counts that may not be known as they are."""
    return np.asarray((counts > 0) & (counts < SMALLEST_SHOWN))


def system_of(counts: Sequence[int], sums: Sequence[Sum], rests: Sequence[Rest]) -> System:
    """The system of those cells. A remainder below zero is none: parts overlap, or one was corrected."""
    cells = np.array(counts, dtype=np.int64)
    pairs = _pairs(cells, sums, rests)
    places = {pair: len(cells) + at for at, pair in enumerate(pairs)}
    lines: list[dict[int, float]] = [
        {whole: -1.0, **dict.fromkeys(parts, 1.0)} for whole, parts in dict.fromkeys(sums)
    ]
    lines.extend({whole: -1.0, **dict.fromkeys(parts, 1.0), rest: 1.0}
                 for (whole, parts), rest in places.items())  # fmt: skip
    size = len(cells) + len(pairs)
    equations = _matrix(lines, size)
    left = np.array([_left(cells, pair) for pair in pairs], dtype=np.int64)
    return System(
        counts=np.concatenate([cells, left]),
        equations=equations,
        counted=np.concatenate([np.ones(len(cells), dtype=bool), np.array(list(pairs.values()), dtype=bool)]),
        given=len(cells),
        component=connected_components(abs(equations).T @ abs(equations), directed=False)[1],
        rests={place: pair for pair, place in places.items()},
    )


def _left(cells: Ints, pair: Pair) -> int:
    whole, parts = pair
    return int(cells[whole] - cells[list(parts)].sum())


def _pairs(cells: Ints, sums: Sequence[Sum], rests: Sequence[Rest]) -> dict[Pair, bool]:
    """The wholes and parts that leave a remainder, and whether it counts somebody.

    Where the parts of a whole overlap, each of them alone is never more than it.
    """
    pairs: dict[Pair, bool] = {}
    for whole, parts, counted in rests:
        pairs[whole, parts] = pairs.get((whole, parts), False) or counted
    for whole, parts in (*sums, *((whole, parts) for whole, parts, _ in rests)):
        if cells[list(parts)].sum() > cells[whole]:
            for part in parts:
                pairs.setdefault((whole, (part,)), False)
    return {pair: counted for pair, counted in pairs.items() if _left(cells, pair) >= 0}


def _matrix(lines: Sequence[Mapping[int, float]], size: int) -> Any:
    rows = [row for row, line in enumerate(lines) for _ in line]
    columns = [column for line in lines for column in line]
    signs = [sign for line in lines for sign in line.values()]
    return sp.csr_matrix((signs, (rows, columns)), shape=(len(lines), size))
