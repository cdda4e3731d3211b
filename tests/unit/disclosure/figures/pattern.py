"""`python -m tests.unit.disclosure.figures.pattern ORDER` writes what is hidden of figures and of a table.

ORDER is a seed: the rows of the figures and of the catalogue are given in the order that it draws.
"""

import json
import random
import sys

import polars as pl

from bilan.disclosure.figures import Earlier, protect_figures
from bilan.disclosure.rules import Rules
from bilan.disclosure.tables.protect import protect
from tests.unit.disclosure.figures.partnerships import COUNTED, drawn, exact_of
from tests.unit.disclosure.tables import grid

PARTNERSHIP, MONTHS = 1, (4, 6)
COUNTS = [[3, 9, 14, 7, 6], [8, 2, 11, 9, 5], [7, 13, 6, 4, 12], [10, 8, 9, 15, 3]]


def shuffled(rows: pl.DataFrame, order: int) -> pl.DataFrame:
    places = list(range(rows.height))
    random.Random(order).shuffle(places)
    return rows[places]


def main(order: int) -> None:
    exact = [exact_of(drawn(PARTNERSHIP).until(months)) for months in MONTHS]
    counted = shuffled(COUNTED, order)
    first, second = (shuffled(figures, order) for figures in exact)
    out = protect_figures(first, counted)
    done = protect_figures(second, counted, [Earlier(first, shuffled(out.public, order))])
    for protected in (out, done):
        sys.stdout.write(protected.public.write_csv() + json.dumps(protected.report))
    sys.stdout.write(str(protect(grid(COUNTS, "abcd", "vwxyz"), Rules()).suppressed()))


if __name__ == "__main__":
    main(int(sys.argv[1]))
