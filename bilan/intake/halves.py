"""Rows that were cut in two, of which the second half stands on the line below, in the first columns."""

import polars as pl

from bilan.contracts import Contract
from bilan.intake.headings import Header

_LEAST_WHOLE = 3  # other rows, which show how far rows go
_NUMBER, _EXTENT, _LACKS = "row", "extent", "lacks"


def cut_rows(rows: pl.DataFrame, header: Header, contract: Contract) -> list[int]:
    """The numbers of the rows that are the two halves of one.

    `rows`: `row` and the cells of a table, which hold something. Both halves end before every other row does,
    and fit in one, which may have been cut within a cell; the second lacks what a row must have, or the two
    make a row exactly.
    """
    cells = rows.columns[1:]
    required = [
        header.columns[one.name] for one in contract.columns if one.required and one.name in header.columns
    ]
    extents = [pl.when(pl.col(name).is_not_null()).then(place) for place, name in enumerate(cells, start=1)]
    shapes = rows.select(
        _NUMBER,
        pl.max_horizontal(extents).alias(_EXTENT),
        pl.any_horizontal(pl.lit(False), *(pl.col(name).is_null() for name in required)).alias(_LACKS),
    )
    whole = int(shapes.select(pl.col(_EXTENT).max()).item() or 0)
    together = pl.col(_EXTENT) + pl.col(_EXTENT).shift(-1)
    follows = pl.col(_NUMBER).shift(-1) == pl.col(_NUMBER) + 1
    fit = follows & ((together == whole) | ((together <= whole + 1) & pl.col(_LACKS).shift(-1)))
    first = _flags(shapes, fit)
    others = shapes.filter(~_both(first))
    if not first.any() or others.height < _LEAST_WHOLE:
        return []
    shorter = pl.max_horizontal(_EXTENT, pl.col(_EXTENT).shift(-1)) < others[_EXTENT].min()
    return shapes.filter(_both(first & _flags(shapes, shorter)))[_NUMBER].to_list()


def _flags(shapes: pl.DataFrame, holds: pl.Expr) -> pl.Series:
    return shapes.select(holds.fill_null(value=False)).to_series()


def _both(first: pl.Series) -> pl.Series:
    """The rows of a flag and those below them."""
    return first | first.shift(1, fill_value=False)
