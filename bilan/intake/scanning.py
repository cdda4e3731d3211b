"""What the marks of a CSV text show, before any cell is read: separators, quotes and line ends, counted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
_QUOTE, _LINE_END = ord('"'), ord("\n")
_CHUNK = 1 << 19  # bytes, so that what is made of each stays in the processor's own memory


@dataclass(frozen=True)
class Scan:
    """For every record of a text, whose lines end in LF, blank ones included."""

    cells: Counts  # one for a blank line
    hidden_separators: Counts  # those inside quotes
    hidden_lines: Counts  # line ends inside quotes
    well_quoted: bool  # otherwise the counts are worth nothing


def scan(data: bytes, separator: str) -> Scan:
    """Count them. Well quoted: every quote opens or closes a cell, or is doubled inside one (RFC 4180)."""
    quoted = b'"' in data
    walk = _Walk(data, ord(separator), quoted)
    for start in range(0, len(data), _CHUNK):
        walk.see(start)
    return walk.scan()


class _Walk:
    """The running totals of a text's marks, kept wherever a record ends."""

    def __init__(self, data: bytes, separator: int, quoted: bool) -> None:
        self._raw = np.frombuffer(data, dtype=np.uint8)
        self._separator, self._quoted = separator, quoted
        self._edge = np.zeros(256, dtype=bool)
        self._edge[[separator, _LINE_END, _QUOTE]] = True
        self._quotes = 0
        self._sound = True
        self._totals = (0, 0, 0)  # marks outside quotes, separators and line ends inside them
        self._ended: tuple[list[Counts], ...] = ([], [], [])

    def see(self, start: int) -> None:
        """Count the marks of the chunk that begins there."""
        part = self._raw[start : start + _CHUNK]
        is_mark = (part == self._separator) | (part == _LINE_END)
        if not self._quoted:
            kinds = part[np.flatnonzero(is_mark)]
            ends = np.flatnonzero(kinds == _LINE_END)
            self._keep(len(kinds), ends + 1)
            return
        marks = np.flatnonzero(is_mark | (part == _QUOTE))
        kinds = part[marks]
        quotes = kinds == _QUOTE
        after = self._quotes + np.cumsum(quotes)
        self._see_edges(start + marks[quotes])
        inside = (after & 1).astype(bool) & ~quotes
        outside = ~quotes & ~inside
        ends = np.flatnonzero(outside & (kinds == _LINE_END))
        running = [np.cumsum(outside)]
        if inside.any():
            running += [np.cumsum(inside & (kinds == kind)) for kind in (self._separator, _LINE_END)]
            self._keep_all(running, ends)
        else:
            self._keep(int(running[0][-1]) if len(marks) else 0, running[0][ends])

    def _see_edges(self, quotes: Counts) -> None:
        """Whether each opening quote follows an edge, and each closing one comes before an edge."""
        first_closes = self._quotes & 1
        self._quotes += len(quotes)
        opening, closing = quotes[first_closes::2], quotes[1 - first_closes :: 2]
        opening, closing = opening[opening > 0], closing[closing + 1 < len(self._raw)]
        sound = self._edge[self._raw[opening - 1]].all() and self._edge[self._raw[closing + 1]].all()
        self._sound = self._sound and bool(sound)

    def _keep(self, marks: int, ended: Counts) -> None:
        outside, separators, lines = self._totals
        self._ended[0].append(outside + ended)
        self._ended[1].append(np.full(len(ended), separators))
        self._ended[2].append(np.full(len(ended), lines))
        self._totals = (outside + marks, separators, lines)

    def _keep_all(self, running: list[Counts], ends: Counts) -> None:
        for kept, total, counts in zip(self._ended, self._totals, running, strict=True):
            kept.append(total + counts[ends])
        outside, separators, lines = (
            total + int(counts[-1]) for total, counts in zip(self._totals, running, strict=True)
        )
        self._totals = (outside, separators, lines)

    def scan(self) -> Scan:
        """What was counted; a last line without an end is one."""
        if len(self._raw) and self._raw[-1] != _LINE_END:
            outside, separators, lines = self._totals
            for kept, total in zip(self._ended, (outside + 1, separators, lines), strict=True):
                kept.append(np.array([total]))
        cells, hidden, broken = (_steps(kept) for kept in self._ended)
        return Scan(cells, hidden, broken, self._sound and self._quotes % 2 == 0)


def _steps(totals: list[Counts]) -> Counts:
    """What each total adds to the one before."""
    return np.diff(np.concatenate([np.zeros(1, dtype=np.int64), *totals]))
