"""CSV text whose quotes are badly placed, which a fast reader would split wrongly without a word."""

import csv
from collections.abc import Iterator
from io import StringIO

import numpy as np

_QUOTE = ord('"')


def well_quoted(content: bytes, separator: str) -> bool:
    """Whether every quote opens or closes a cell, or is doubled inside one (RFC 4180); lines end in LF."""
    if b'"' not in content:
        return True
    data = np.frombuffer(b"\n" + content + b"\n", dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    edges = np.array([ord(separator), ord("\n"), _QUOTE], dtype=np.uint8)
    return bool(np.isin(data[opening - 1], edges).all() and np.isin(data[closing + 1], edges).all())


def requoted(text: str, separator: str) -> str:
    """Badly quoted text with its quotes where they belong, the same rows and cells.

    A quote inside an unquoted cell is a character. Where that reading fails (a quote never closed,
    or closed before its cell ends), each line is read alone, so that the damage stays in its row.
    """
    out = StringIO(newline="")
    try:
        _writer(out, separator).writerows(
            csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        )
    except csv.Error:
        return "\n".join(_line_by_line(text, separator))
    return out.getvalue()


def _line_by_line(text: str, separator: str) -> Iterator[str]:
    """Each line, rewritten only if a quote is in it."""
    for line in text.split("\n"):
        yield _requoted_line(line, separator) if '"' in line else line


def _requoted_line(line: str, separator: str) -> str:
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        cells = line.split(separator)
    out = StringIO(newline="")
    _writer(out, separator).writerow(cells)
    return out.getvalue().removesuffix("\n")


def _writer(out: StringIO, separator: str) -> "csv._writer":  # type: ignore[name-defined]  # unnamed in csv
    return csv.writer(out, delimiter=separator, lineterminator="\n")
