"""From a file's sheets to the rows of its log: which tables hold them, and what was left out, and why."""

from dataclasses import dataclass

import polars as pl

from bilan.contracts import Contract, Kind
from bilan.intake.grids import ROW_FAULT, Grid
from bilan.intake.headings import Header, find_headers
from bilan.intake.ragged import BROKEN_LINE
from bilan.intake.text import joined
from bilan.intake.troubles import SHOWN_OTHERWISE, trouble

EXAMPLE_MARK = "Exemple (ligne ignorée)"  # words that no remark begins with: what bears them is left out
TABLE_WITHOUT_COLUMN = "table_without_column"
_TOTAL = r"^(sous)?tota(l|ux)(general|generaux)?:?\d*$"
_EXAMPLE = r"^exemple\(ligneignoree\)"
_LEAST_OF_A_COLUMN = 2  # cells
_SEVERAL_CELLS = r"[;,\t|].*[;,\t|]"  # a row that another program wrote, in one cell
_LEAST_FILLED_DOWN = 3  # rows at the end that say nothing but the same
_SERIAL = r"^[1-9][0-9]{4}(\.[0-9]+)?$"


@dataclass(frozen=True)
class Table:
    """The rows of one table, `row` (Int64, the sheet's own number) and a column of strings for each column
    of the contract that it has, by its name.

    `dropped`: the sheet's rows under the headings that are none of the log, by the reason why. `faults`:
    `row` and `code`, rows that can't be believed whatever their cells hold.
    """

    header: Header
    rows: pl.DataFrame
    dropped: dict[str, list[int]]
    faults: pl.DataFrame
    contradicted: tuple[str, ...]  # the contract's columns that it has twice, and that differ
    has_unnamed: bool  # a column that most rows fill, and that has no heading


def tables_of(grid: Grid, contract: Contract) -> list[Table]:
    """The tables of a sheet that bear the log's headings; none where nothing looks like them."""
    headers = find_headers(grid.cells, contract)
    rows = sorted({header.row for header in headers})
    below = dict(zip(rows, [*rows[1:], grid.cells.height], strict=False))
    return [_table(grid, header, below[header.row], contract) for header in headers]


def _table(grid: Grid, header: Header, stop: int, contract: Contract) -> Table:
    numbered = grid.cells.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    below = numbered.slice(header.last + 1, stop - header.last - 1).select("row", *header.span)
    filled = below.filter(pl.any_horizontal(pl.exclude("row").is_not_null()))
    dropped = _marked(filled)
    kept = filled.filter(~pl.col("row").is_in([row for rows in dropped.values() for row in rows]))
    if down := _filled_down(kept, header, contract):
        dropped["filled_down"] = down
        kept = kept.filter(~pl.col("row").is_in(down))
    rows = kept.select("row", *(pl.col(held).alias(name) for name, held in header.columns.items()))
    if grid.days_since_1904:
        rows = rows.with_columns(_without_serials(contract, header))
    faults = grid.faults.filter(pl.col("row").is_in(rows["row"].implode()))
    if header.lacks(contract):
        lacking = rows.select("row", code=pl.lit(TABLE_WITHOUT_COLUMN))
        faults = pl.concat([faults, lacking])
    elif halves := set(cut_rows(kept, header, contract)).difference(faults["row"]):
        cut = pl.DataFrame({"row": sorted(halves), "code": BROKEN_LINE}, schema=ROW_FAULT)
        faults = pl.concat([faults, cut])
    twice = (name for other, name in header.repeated.items() if _differ(kept, other, header.columns[name]))
    sound = kept.filter(~pl.col("row").is_in(faults["row"].implode()))
    has_unnamed = _has_unnamed(sound, header)
    return Table(header, rows, dropped, faults, tuple(dict.fromkeys(twice)), has_unnamed)


def _differ(rows: pl.DataFrame, other: str, first: str) -> bool:
    """Whether a column that stands a second time says anything that the first one does not."""
    same = pl.col(other).is_null() | pl.col(other).eq_missing(pl.col(first))
    return not rows.select(same.all()).item()


def _has_unnamed(rows: pl.DataFrame, header: Header) -> bool:
    held = [len(rows) - rows[name].null_count() for name in header.unnamed]
    return max(held, default=0) >= max(_LEAST_OF_A_COLUMN, len(rows) / 2)


def _marked(rows: pl.DataFrame) -> dict[str, list[int]]:
    """Totals and examples, which are known by their first filled cell."""
    first = pl.coalesce(pl.exclude("row"))
    suspects = rows.filter(first.str.contains("(?i)tota|exemple")).select("row", first=joined(first))
    found = {
        why: suspects.filter(pl.col("first").str.contains(pattern))["row"].to_list()
        for why, pattern in (("total", _TOTAL), ("example", _EXAMPLE))
    }
    return {why: numbers for why, numbers in found.items() if numbers}


def _filled_down(rows: pl.DataFrame, header: Header, contract: Contract) -> list[int]:
    """The last rows, when they only repeat one another without a key, or hold a number and nothing else."""
    key = [header.columns[name] for name in contract.key if name in header.columns]
    if rows.is_empty() or not key:
        return []
    others = [name for name in rows.columns if name not in ("row", *key)]
    text = pl.concat_str(pl.all().exclude("row").fill_null("\x1f"), separator="\x1e")
    keyless = pl.all_horizontal(pl.col(name).is_null() for name in key)
    number_alone = pl.all_horizontal(pl.col(name).is_null() for name in others) if others else pl.lit(False)
    number_alone &= ~pl.any_horizontal(pl.col(name).str.contains(_SEVERAL_CELLS) for name in key)
    last = rows.tail(1)
    if last.select(keyless).item():
        alike = rows.select(keyless & (text == last.select(text).item())).to_series()
    elif last.select(number_alone).item():
        alike = rows.select(number_alone).to_series()
    else:
        return []
    other = alike.not_().arg_true()
    tail = rows["row"].slice(int(other[-1]) + 1 if len(other) else 0)
    return tail.to_list() if len(tail) >= _LEAST_FILLED_DOWN else []


def _without_serials(contract: Contract, header: Header) -> list[pl.Expr]:
    """A day that is written as a bare number says nothing of the year in which its workbook's days begin."""
    dates = [
        column.name
        for column in contract.columns
        if column.kind in (Kind.DATE, Kind.BIRTH_DATE) and column.name in header.columns
    ]
    return [
        pl.when(pl.col(name).str.contains(_SERIAL))
        .then(pl.lit(trouble(SHOWN_OTHERWISE)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in dates
    ]


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
