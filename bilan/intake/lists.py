"""Closed lists, codes, yes or no, and words for nothing, compared without case, accents, spaces, hyphens or
apostrophes."""

from collections.abc import Iterable
from functools import cache

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.common import COMMON
from bilan.contracts.lists import AUTRE
from bilan.contracts.placeholders import CROSSES, DITTO, NAMES, NO_NUMBER, OF_PERSONS, SIGNS, WORDS
from bilan.intake.text import joined, plain

YES, NO, UNKNOWN = "oui", "non", "inconnu"
_YES_WORDS = ("oui", "o", "x", "1", "1.0", "1,0", "vrai", "true")
_NO_WORDS = ("non", "n", "0", "0.0", "0,0", "faux", "false")
_SEPARATORS = "[,;/\n]"
_OTHER = rf"(?s)^{AUTRE}(?::.*)?$"  # « autre : ... »: what follows is free text and goes no further


def read_choices_of_one(raw: pl.Expr, allowed: Iterable[str]) -> pl.Expr:
    """The value of the list, as the list writes it; null when it is not on the list."""
    values = tuple(allowed)
    folded = joined(raw)
    found = folded.replace_strict(_by_fold(values), default=None, return_dtype=pl.String)
    if AUTRE not in values:
        return found
    return pl.coalesce(found, pl.when(folded.str.contains(_OTHER)).then(pl.lit(AUTRE)))


def read_partners(raw: pl.Expr, allowed: Iterable[str]) -> pl.Expr:
    """A partner's code, or `autre` where allowed; a code of figures may come as a spreadsheet's number."""
    return read_choices_of_one(raw.str.replace(r"^(\d+)[.,]0+$", "$1"), allowed)


def read_yes_no(raw: pl.Expr) -> pl.Expr:
    """Boolean; null when it is neither."""
    words = {**dict.fromkeys(_YES_WORDS, True), **dict.fromkeys(_NO_WORDS, False)}
    return joined(raw).replace_strict(words, default=None, return_dtype=pl.Boolean)


def read_yes_no_unknown(raw: pl.Expr) -> pl.Expr:
    """`oui`, `non` or `inconnu`; null when it is none of them."""
    words = {**dict.fromkeys(_YES_WORDS, YES), **dict.fromkeys(_NO_WORDS, NO), UNKNOWN: UNKNOWN}
    return joined(raw).replace_strict(words, default=None, return_dtype=pl.String)


def read_choices(cells: pl.DataFrame, allowed: Iterable[str]) -> pl.DataFrame:
    """Cells (`raw`, `text`) that hold one value or several: `value` List(String) sorted and unique, `known`.

    `value` is null when the text holds nothing but separators. What follows « autre : » may hold
    separators of its own: pieces after it that the list does not know belong to that free text.
    """
    pieces = cells.select("raw", piece=pl.col("text").str.replace_all(_SEPARATORS, "\0").str.split("\0"))
    pieces = pieces.explode("piece").filter(joined(pl.col("piece")) != "")
    pieces = pieces.with_columns(
        one=read_choices_of_one(pl.col("piece"), allowed),
        free=joined(pl.col("piece")).str.starts_with(f"{AUTRE}:").cum_max().over("raw"),
    )
    values = pieces.group_by("raw").agg(
        value=pl.col("one").drop_nulls().unique().sort(),
        known=(pl.col("one").is_not_null() | pl.col("free")).all(),
    )
    return cells.join(values, on="raw", how="left").with_columns(pl.col("known").fill_null(True))


@cache
def _by_fold(values: tuple[str, ...]) -> dict[str, str]:
    folded = pl.DataFrame({"value": list(values)}, schema={"value": pl.String})
    return dict(folded.select(joined(pl.col("value")).alias("fold"), "value").iter_rows())


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
