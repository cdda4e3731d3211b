"""Cells that hold no value but a trouble: an error, a formula never computed, a text that was damaged.

Such a cell travels through the frames of strings as a text that no file can hold (it begins with NUL), so
that it is neither taken for blank nor read, and refuses its row with its own code. Likewise a number or a
date that a workbook stored as such begins with a mark: nothing about it depends on how people write.
"""

import polars as pl

_MARK = "\0"
_STORED = "\1"

ERROR_CELL = "error_cell"  # #N/A, #REF!
UNCOMPUTED = "uncomputed_formula"
GARBLED = "garbled_text"  # letters that a wrong encoding made
BECAME_DATE = "became_date"  # « 1-2 », of which a spreadsheet made a date
BECAME_NUMBER = "became_number"  # a long number, of which a spreadsheet kept the first figures
PARTLY_STRUCK = "partly_struck"  # old text struck through beside the new, in one cell
SHOWN_OTHERWISE = "shown_otherwise"  # a number whose format shows something else


def trouble(code: str) -> str:
    """The text of a cell that holds that trouble."""
    return _MARK + code


def is_trouble(text: pl.Expr) -> pl.Expr:
    """Whether a text stands for a trouble; null for a blank cell."""
    return text.str.starts_with(_MARK)


def code_of(text: pl.Expr) -> pl.Expr:
    """The code of a trouble's text; null for any other."""
    return pl.when(is_trouble(text)).then(text.str.slice(len(_MARK)))


def stored(text: str) -> str:
    """The text of a cell that a workbook stores as a number or a date: a decimal point, or an ISO stamp."""
    return _STORED + text


def is_stored(text: pl.Expr) -> pl.Expr:
    """Whether a text is a number or a date that a workbook stored; null for a blank cell."""
    return text.str.starts_with(_STORED)


def unmarked(text: pl.Expr) -> pl.Expr:
    """The text of a cell, without the mark of what a workbook stored; null for a trouble."""
    return pl.when(~is_trouble(text)).then(text.str.strip_prefix(_STORED))
