"""Rows of a CSV text whose cells can't be told apart: too many, cut in two, or swallowed by quotes.

Every row is told by its place in the frame, from 0; the counts of cells are those of `scanning`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from bilan.intake.quoting import is_prose
from bilan.intake.scanning import Counts, Scan

TOO_MANY_CELLS = "too_many_cells"
BROKEN_LINE = "broken_line"
SWALLOWED_LINES = "swallowed_lines"
ADVICE = {
    TOO_MANY_CELLS: "La ligne a plus de cellules qu'il n'y a d'en-têtes : une virgule, ou ce qui sépare les "
    "cellules, est écrite dans l'une d'elles et décale les suivantes. Mettre cette cellule entre guillemets, "
    "ou envoyer le classeur lui-même, en .xlsx.",
    BROKEN_LINE: "La ligne est coupée par un retour à la ligne au milieu d'une cellule : la remettre sur une "
    "seule ligne, ou envoyer le classeur lui-même, en .xlsx.",
    SWALLOWED_LINES: "Un guillemet de trop réunit plusieurs cellules, ou plusieurs lignes : le retirer, sur "
    "cette ligne ou sur celles qui l'entourent, ou le doubler s'il fait partie du texte.",
}
_FEW_FIGURES, _FIGURES = r"^\d{1,3}$", r"^\d+$"
_TOTAL = r"(?i)^\W*(?:sous\W*)?tota"
_MOST_PIECES = 50  # lines that one row may be broken into
_SEVERAL, _HALF = 2, 0.5


@dataclass(frozen=True)
class Layout:
    """Where a text's headings are, and what rows are expected under them."""

    separator: str
    header: int  # its row
    least: int  # cells up to the last required column
    known: frozenset[int]  # the places of the contract's columns
    date_at: int | None  # the place of its principal date


def row_faults(
    cells: pl.DataFrame, filled: npt.NDArray[np.bool_], scan: Scan, layout: Layout
) -> dict[int, str]:
    """The rows whose cells can't be told apart, and why.

    `cells` are as they are written, `filled` says which rows hold anything.
    """
    return _Rows(cells, filled, scan, layout).faults()


class _Rows:
    """The rows under the headings that hold anything, and how many cells they have."""

    def __init__(
        self, cells: pl.DataFrame, filled: npt.NDArray[np.bool_], scan: Scan, layout: Layout
    ) -> None:
        self._cells, self._layout = cells, layout
        self._rows = np.flatnonzero(filled)
        self._rows = self._rows[self._rows > layout.header]
        self._counts, self._hidden = scan.cells[self._rows], scan.hidden_separators[self._rows]
        self._headed = int(scan.cells[layout.header])
        self._usual = _commonest(self._counts[self._counts >= layout.least], self._headed)
        self._most = self._usual if self._all_end_in_blanks() else self._headed

    def faults(self) -> dict[int, str]:
        """Each faulty row with its code, the surest where there are two."""
        found = dict.fromkeys(self._in_excess(), TOO_MANY_CELLS)
        found |= dict.fromkeys(self._broken(), BROKEN_LINE)
        return found | dict.fromkeys(self._swallowing(), SWALLOWED_LINES)

    def _all_end_in_blanks(self) -> bool:
        """Whether rows have more separators than the headings merely because their writer ends them so."""
        usual = self._counts == self._usual
        if self._usual <= self._headed or usual.mean() <= _HALF:
            return False
        rows = self._cells[self._rows[usual]]
        return self._blank_beyond(rows).mean() > _HALF and not self._look_split(rows)

    def _blank_beyond(self, rows: pl.DataFrame) -> Counts:
        """Whether each row holds nothing beyond the headings."""
        beyond = rows.select(pl.all().str.strip_chars()).select(rows.columns[self._headed :])
        nothing = pl.all_horizontal(pl.lit(True), (pl.all() == "").fill_null(True))
        return beyond.select(nothing).to_series().to_numpy() if beyond.width else np.ones(rows.height, bool)

    def _look_split(self, rows: pl.DataFrame) -> bool:
        """Whether commas inside cells may be what made all rows longer: decimals, or a space after each."""
        if self._layout.separator != ",":
            return False
        pairs = zip(rows.columns, rows.columns[1 : self._headed + 1], strict=False)
        decimals = [
            pl.col(one).str.contains(_FIGURES) & pl.col(other).str.contains(_FEW_FIGURES)
            for place, (one, other) in enumerate(pairs, start=1)
            if place not in self._layout.known
        ]
        spaced = pl.exclude(rows.columns[0]).str.contains("^ +[^ ]")
        looks = rows.select(pl.any_horizontal(pl.lit(False), *decimals, spaced).fill_null(False).any())
        return bool(looks.item())

    def _in_excess(self) -> list[int]:
        """Rows with more cells than there are headings."""
        longer = np.flatnonzero(self._counts > self._headed)
        if not len(longer):
            return []
        kept = ~self._blank_beyond(self._cells[self._rows[longer]]) | (self._counts[longer] > self._most)
        return [int(row) for row in self._rows[longer[kept]]]

    def _broken(self) -> Iterator[int]:
        """Rows that a line break inside a cell cut: shorter than others, and together one row."""
        counts, least = self._counts, self._layout.least
        if len(counts) < _SEVERAL:
            return
        first, second = counts[:-1], counts[1:]
        may_be = (first >= _SEVERAL) & (first < self._most) & (second < self._usual)
        may_be &= ((first < least) | (second < least)) & (first + second - 1 <= self._most)
        for start in np.flatnonzero(may_be):
            end = self._end_of_broken(int(start))
            yield from (int(row) for row in self._rows[start : end + 1])

    def _end_of_broken(self, start: int) -> int:
        """The last piece of the row that begins there; a place before it when it is none."""
        together = first = int(self._counts[start])
        for place in range(start + 1, min(start + _MOST_PIECES, len(self._counts))):
            together += int(self._counts[place]) - 1
            if self._counts[place] >= self._usual or together > self._most or self._is_total(place):
                break
            if together == self._most or (first < self._usual <= together):
                return place
        return start - 1

    def _is_total(self, place: int) -> bool:
        row = self._cells[int(self._rows[place])]
        return bool(row.select(pl.coalesce(pl.all()).str.contains(_TOTAL).fill_null(False)).item())

    def _swallowing(self) -> Iterator[int]:
        """Short rows that would have all their cells but for a pair of quotes around two of them."""
        short = (self._counts < self._usual) & (self._hidden > 0)
        for place in np.flatnonzero(short & (self._counts + self._hidden >= self._usual)):
            row = int(self._rows[place])
            cells = [cell for cell in self._cells.row(row) if cell and self._layout.separator in cell]
            if not all(is_prose(cell, self._layout.separator) for cell in cells):
                yield row


def _commonest(counts: Counts, otherwise: int) -> int:
    """The count that most rows have, the larger of two; `otherwise` where no two rows agree."""
    seen = np.bincount(counts, minlength=1)
    return len(seen) - 1 - int(seen[::-1].argmax()) if seen.max() >= _SEVERAL else otherwise
