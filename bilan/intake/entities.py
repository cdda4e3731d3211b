"""Letters written as a web page writes them, `&eacute;`, in a text that is none."""

import html
import re
from html.entities import html5

import polars as pl

_WHOLE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_CUT = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}))$")


def without_entities(cells: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The cells with the letters that entities stand for, and the rows (from 0) that had any."""
    letters = {cell: html.unescape(cell) for cell in _cells_with(cells, _WHOLE)}
    meant = {cell: text for cell, text in letters.items() if text != cell}
    return cells.with_columns(pl.all().replace(meant)), _rows_of(cells, meant)


def cut_entities(cells: pl.DataFrame) -> list[int]:
    """The rows (from 0) in which the `;` of an entity was taken for a separator."""
    found = ((cell, _CUT.search(cell)) for cell in _cells_with(cells, _CUT.pattern))
    return _rows_of(cells, [cell for cell, end in found if end and (not end[1] or f"{end[1]};" in html5)])


def _cells_with(cells: pl.DataFrame, pattern: str) -> list[str]:
    return [
        cell
        for column in cells
        for cell in column.filter(column.str.contains(pattern).fill_null(value=False)).unique()
    ]


def _rows_of(cells: pl.DataFrame, texts: "dict[str, str] | list[str]") -> list[int]:
    """The rows in which some cell is one of those texts."""
    held = pl.any_horizontal(pl.lit(value=False), pl.all().is_in(list(texts)).fill_null(value=False))
    return cells.select(held).to_series().arg_true().to_list()
