"""Where the lines of a CSV text end, whoever wrote it: LF, CR LF, CR, or another break."""

import re

from bilan.intake.quoting import RowShape

_BREAK = re.compile("[\r\v\f\x85\u2028\u2029]")  # each may end a line, or break one inside a cell
_SEPARATORS = (";", ",", "\t", "|")
_SHORTEST_DATE = re.compile(r"\d{4}|\d[-/.]\d")


def with_line_feeds(text: str) -> str:
    """CR LF becomes LF, and CR where no line ends otherwise; other breaks are left."""
    if "\r" not in text:
        return text
    text = re.sub("\r+\n", "\n", text)
    return text if "\n" in text else text.replace("\r", "\n")


def has_breaks(text: str) -> bool:
    """Whether a text has breaks other than LF."""
    return any(mark in text for mark in "\r\v\f\x85\u2028\u2029")


def all_broken(text: str) -> str:
    """Every break ends a line."""
    return _BREAK.sub("\n", text)


def none_broken(text: str) -> str:
    """Every break is a space of its cell."""
    return _BREAK.sub(" ", text)


def broken_where_rows_are(text: str, separator: str, shape: RowShape, date_at: int | None) -> str:
    """A break ends a line where what it separates are rows, and is a space of its cell elsewhere.

    `date_at`: the place of the log's principal date among the cells, where that is known.
    """
    judge = _Judge(separator, shape, date_at)
    return "\n".join(judge.judged(line) if _BREAK.search(line) else line for line in text.split("\n"))


class _Judge:
    def __init__(self, separator: str, shape: RowShape, date_at: int | None) -> None:
        self._separator, self._shape, self._date_at = separator, shape, date_at
        self._others = [mark for mark in _SEPARATORS if mark != separator]

    def judged(self, line: str) -> str:
        """One line, its breaks replaced."""
        pieces = self._pieces(line)
        filled = [piece for piece in pieces if piece.strip()]
        together = sum(self._separators(piece) for piece in filled) + 1
        are_rows = all(self._is_row(piece) or self._is_otherwise_cut(piece) for piece in filled[1:])
        too_long = together > self._shape.most and any(self._is_long(piece) for piece in filled)
        joint = "\n" if len(filled) > 1 and (are_rows or too_long) else " "
        return joint.join(none_broken(piece) for piece in filled)

    def _pieces(self, line: str) -> list[str]:
        """What the breaks outside quotes separate; a quote that the line never closes counts for none."""
        pieces, start, unclosed = [], 0, line.count('"') % 2 == 1
        for found in _BREAK.finditer(line):
            if unclosed or line.count('"', start, found.start()) % 2 == 0:
                pieces.append(line[start : found.start()])
                start = found.end()
        return [*pieces, line[start:]]

    def _separators(self, piece: str) -> int:
        """Those outside quotes."""
        return sum(part.count(self._separator) for part in piece.split('"')[::2])

    def _is_long(self, piece: str) -> bool:
        return self._separators(piece) + 1 >= self._shape.least

    def _is_otherwise_cut(self, piece: str) -> bool:
        """Whether it has the cells of a row by another separator: another program wrote it."""
        in_prose = {mark: piece.count(f"{mark} ") for mark in self._others}
        return any(piece.count(mark) - spaced + 1 >= self._shape.least for mark, spaced in in_prose.items())

    def _is_row(self, piece: str) -> bool:
        if self._date_at is None or not self._is_long(piece):
            return False
        cells = piece.split(self._separator)
        return self._date_at < len(cells) and bool(_SHORTEST_DATE.search(cells[self._date_at]))
