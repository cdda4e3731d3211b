"""What the cells of a column hold before they are read as their kind: texts, told apart from troubles.

Most troubles are marked by whoever opened the file. Others only show in the text: errors that a spreadsheet
wrote into a CSV, formulas kept as text, numbers of files of which it made a date or a rounded number.
"""

from dataclasses import dataclass

import polars as pl

from bilan.contracts import Kind
from bilan.intake.lists import may_say_nothing
from bilan.intake.text import garbled
from bilan.intake.troubles import (
    BECAME_DATE,
    BECAME_NUMBER,
    ERROR_CELL,
    GARBLED,
    UNCOMPUTED,
    code_of,
    is_stored,
    unmarked,
)

TEXT, STORED, CODE = "text", "stored", "code"

# #REF!, #VALEUR !, #NOM?, #DIV/0!, #N/A, #N/D; a column too narrow for its number; LibreOffice's own.
_ERROR = r"^(?:#(?:[\p{L}/0_]+\s?[!?]|(?i:N/?[AD]|GETTING_DATA))|#{2,}|(?i:err:[0-9]+))$"
_FORMULA = r"^="

_STAMP = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$"
# As spreadsheets write them, with their own capitals: « MAR-12 » is somebody's number.
_MONTH = (
    r"(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?"
)
_SHORT_DATE = rf"^(?:[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2}}|[0-9]{{1,2}}-{_MONTH}-[0-9]{{2,4}})$"
_FULL_DATE = r"^(?:[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4})$"
_FULL_MONTH = r"^[0-9]{4}-[0-9]{2}$"
_SCIENTIFIC = r"^[+-]?[0-9](?:[.,][0-9]+[Ee][+-]?|[Ee][+-])[0-9]{2,3}$"
_KEPT_FIGURES = 15  # of a number, by a spreadsheet
_LONG = rf"^[0-9]{{{_KEPT_FIGURES + 1},}}$"
_LONG_ROUNDED = rf"^[0-9]{{{_KEPT_FIGURES}}}0+$"
_DATED = "|".join((_STAMP, _SHORT_DATE, _FULL_DATE, _FULL_MONTH, _SCIENTIFIC, _LONG))
_ODD = r"^[\x00\x01#=]|(?i:^err:)|[^\x20-\x7e]|&"  # cells that need more than a look

_DATES = (Kind.DATE, Kind.BIRTH_DATE)
_OWN_NUMBERS = (Kind.NUMBER, Kind.REFERENCE)  # which may be a date, if the sender numbers so


@dataclass(frozen=True)
class Look:
    """Those of a file's distinct cells (String) that need more than a look, found for all columns at once.

    `odd`: marked, or written as no plain text is; `dated`: of which a spreadsheet may have made a date or a
    rounded number; `words`: those for nothing, in some column.
    """

    odd: frozenset[str]
    dated: frozenset[str]
    words: frozenset[str]

    @staticmethod
    def over(raw: pl.Series) -> "Look":
        """Look at cells."""
        seen = pl.DataFrame({"raw": raw}).select(
            "raw",
            odd=pl.col("raw").str.contains(_ODD),
            dated=unmarked(pl.col("raw")).str.contains(_DATED),
            words=may_say_nothing(unmarked(pl.col("raw"))),
        )
        return Look(*(frozenset(seen["raw"].filter(seen[name])) for name in ("odd", "dated", "words")))


def screened(distinct: pl.DataFrame, kind: Kind, look: Look, *, others: bool = False) -> pl.DataFrame:
    """Distinct cells (`raw`) with their `text` (null for a trouble), `stored` (Boolean) and trouble's `code`.

    `others`: whether the column holds more cells than these, none of which is written as a date.
    """
    raw = distinct["raw"].to_list()
    is_odd = pl.Series([cell in look.odd for cell in raw], dtype=pl.Boolean)
    cells = distinct.select("raw", pl.col("raw").alias(TEXT), **_PLAINLY)
    if is_odd.any():
        odd = distinct.filter(is_odd).select("raw", **_MARKED)
        cells = pl.concat([cells.filter(~is_odd), odd.with_columns(_WITH_TROUBLES)])
    if kind not in (*_DATES, Kind.FREE_TEXT) and not look.dated.isdisjoint(raw):
        cells = cells.with_columns(pl.coalesce(CODE, _became(pl.col(TEXT), kind, others=others)).alias(CODE))
    elif not is_odd.any():
        return cells
    return cells.with_columns(pl.when(pl.col(CODE).is_null()).then(pl.col(TEXT)).alias(TEXT))


def _written(text: pl.Expr) -> pl.Expr:
    """The code of a trouble that a text is itself; null for any other."""
    return (
        pl.when(text.str.contains(_ERROR))
        .then(pl.lit(ERROR_CELL))
        .when(text.str.contains(_FORMULA))
        .then(pl.lit(UNCOMPUTED))
        .when(garbled(text))
        .then(pl.lit(GARBLED))
    )


def _became(text: pl.Expr, kind: Kind, *, others: bool) -> pl.Expr:
    """Whether a spreadsheet made a date or a rounded number of what was typed; null otherwise.

    Numbers of files that are all written as dates are the sender's own way.
    """
    full = text.str.contains(_FULL_DATE)
    if kind in _OWN_NUMBERS:
        full = full & (pl.col(STORED) | (~full).any() | others)
    month = pl.col(STORED) & text.str.contains(_FULL_MONTH)
    dated = text.str.contains(_STAMP) | text.str.contains(_SHORT_DATE) | full | month
    return pl.when(dated).then(pl.lit(BECAME_DATE)).when(_rounded(text, kind)).then(pl.lit(BECAME_NUMBER))


def _rounded(text: pl.Expr, kind: Kind) -> pl.Expr:
    scientific = text.str.contains(_SCIENTIFIC)
    if kind not in _OWN_NUMBERS:
        return scientific
    long, zeros = text.str.contains(_LONG), text.str.contains(_LONG_ROUNDED)
    return scientific | (long & (pl.col(STORED) | (zeros | ~long).all()))


_PLAINLY = {STORED: pl.lit(value=False), CODE: pl.lit(None, pl.String)}
_MARKED = {
    TEXT: unmarked(pl.col("raw")),
    STORED: is_stored(pl.col("raw")),
    CODE: code_of(pl.col("raw")),
}
_WITH_TROUBLES = pl.coalesce(CODE, _written(pl.col(TEXT))).alias(CODE)
