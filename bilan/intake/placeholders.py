"""Whether a cell holds a word for nothing, as the contracts list them."""

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.common import COMMON
from bilan.contracts.placeholders import CROSSES, DITTO, NAMES, NO_NUMBER, OF_PERSONS, SIGNS, WORDS
from bilan.intake.text import plain

_NO_WORD = r"[^\p{L}\p{N}]+"
_OF_ANY_TEXT = (Kind.NAME, Kind.REFERENCE, Kind.NUMBER)


def may_say_nothing(text: pl.Expr) -> pl.Expr:
    """Whether a text is a word for nothing in some column, or stands for the cell above."""
    fold = _fold(text)
    some = fold.is_in(list(WORDS | OF_PERSONS)) | (fold == "") | fold.str.contains(CROSSES)
    return some | text.str.contains(SIGNS) | text.str.contains(DITTO)


def says_nothing(text: pl.Expr, column: Column) -> pl.Expr:
    """Whether a text is a word for nothing in that column; what the column admits is read first."""
    fold = _fold(text)
    found = fold.is_in(list(WORDS | _more(column))) | fold.str.contains(CROSSES)
    if column.kind not in _OF_ANY_TEXT:
        return found | text.str.contains(SIGNS)
    found = found | (fold == "")
    return found & ~text.is_in(list(NAMES)) if column.kind is Kind.NAME else found


def says_the_same(text: pl.Expr) -> pl.Expr:
    """Whether a text stands for the cell above: a reader may only ask for that one to be written out."""
    return text.str.contains(DITTO).fill_null(value=False)


def _fold(text: pl.Expr) -> pl.Expr:
    return plain(text).str.replace_all(_NO_WORD, " ").str.strip_chars(" ")


def _more(column: Column) -> frozenset[str]:
    """The words that say nothing of a person or of another row, whose number may be blank; of a row, 0."""
    if column.kind is Kind.NUMBER and column.required:
        return NO_NUMBER
    return OF_PERSONS if column.kind in _OF_ANY_TEXT else frozenset()


def may_be_blank(column: Column) -> bool:
    """Whether a blank cell says no more than a word for nothing does: not needed, and no default."""
    return not (column.required or column.default is not None or column in COMMON)
