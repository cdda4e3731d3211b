"""CSV text whose quotes are badly placed, which a fast reader would split wrongly without a word."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

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


def split_carefully(text: str, separator: str, limit: int | None) -> list[list[str]]:
    """The cells of badly quoted text, row by row: slow, and only for such files.

    A quote inside an unquoted cell is a character. Where that reading fails (a quote never closed,
    or closed before its cell ends), each line is read alone, so that the damage stays in its row.
    """
    try:
        return list(islice(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), limit))
    except csv.Error:
        return list(islice(_line_by_line(text, separator), limit))


def _line_by_line(text: str, separator: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        try:
            yield next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            yield line.split(separator)
