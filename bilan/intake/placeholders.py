"""Whether a cell holds a word for nothing, as the contracts list them."""

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.common import COMMON
from bilan.contracts.placeholders import CROSSES, NAMES, OF_LINKS, OF_PERSONS, SIGNS, WORDS
from bilan.intake.text import plain

_NO_WORD = r"[^\p{L}\p{N}]+"
_OF_ANY_TEXT = (Kind.NAME, Kind.REFERENCE, Kind.NUMBER)


def says_nothing(text: pl.Expr, column: Column) -> pl.Expr:
    """Whether a text is a word for nothing in that column; what the column admits is read first."""
    fold = plain(text).str.replace_all(_NO_WORD, " ").str.strip_chars(" ")
    found = fold.is_in(list(WORDS | _more(column))) | fold.str.contains(CROSSES)
    if column.kind not in _OF_ANY_TEXT:
        return found | text.str.contains(SIGNS)
    found = found | (fold == "")
    return found & ~text.is_in(list(NAMES)) if column.kind is Kind.NAME else found


def _more(column: Column) -> frozenset[str]:
    """The words that say nothing of a person or of another row, whose number may be blank."""
    if column.kind is Kind.NAME:
        return OF_PERSONS
    links = column.kind is Kind.REFERENCE or (column.kind is Kind.NUMBER and not column.required)
    return OF_LINKS if links else frozenset()


def may_be_blank(column: Column) -> bool:
    """Whether a blank cell says no more than a word for nothing does: not needed, and no default."""
    return not (column.required or column.default is not None or column in COMMON)
