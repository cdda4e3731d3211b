"""The cells of columns of strings, read as their contract says.

Every kind is read over the distinct strings and brought back by a join: a log of a million rows holds a few
thousand dates. Columns that are read alike are read together, and what few cells need is looked for once:
most files are small, and each step costs as much for a few rows as for thousands.

Each reading adds the column's typed values and, beside them, `fault(name)`: the refusal code of a cell that
cannot be read, null otherwise. A cell that holds a trouble is refused as such, whatever its kind; a word for
nothing is blank where a blank is allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.lists import AUTRE
from bilan.intake.dates import Order, read_dates
from bilan.intake.inputs import Reference
from bilan.intake.lists import (
    may_be_blank,
    read_choices,
    read_choices_of_one,
    read_partners,
    read_yes_no,
    read_yes_no_unknown,
    says_nothing,
    says_the_same,
)
from bilan.intake.numbers import ambiguous, canonical, read_decimals, read_integers
from bilan.intake.screen import CODE, STORED, TEXT, Look, screened
from bilan.intake.text import joined, number, trimmed
from bilan.intake.troubles import GARBLED, unmarked

_UNKNOWN, _BAD_DATE, _BAD_NUMBER = "unknown_value", "bad_date", "bad_number"
PLACEHOLDER, AMBIGUOUS = "placeholder", "ambiguous_number"
# Numbers and references are nearly all distinct and nearly all plain: only the others are worth a look.
_PLAIN = r"^(?:[A-Z][A-Z-]*[0-9][0-9A-Z-]*|[1-9][0-9]{0,14}(?:-[0-9A-Z]+)?)$"
_THOUSANDS = r"^[1-9][0-9]{0,2}[.,]000$"  # of a number of a file: « 1,000 » is no 1
_LETTER_LOST = r"\p{L}\?"  # of a name, whose accents some program could not write
_OF_ANY_TEXT = (Kind.NAME, Kind.NUMBER, Kind.REFERENCE)
_OWN_NUMBERS = (Kind.NUMBER, Kind.REFERENCE)
_BY_THEMSELVES = (  # kinds whose cells mean the same in every column
    Kind.DATE,
    Kind.BIRTH_DATE,
    Kind.NAME,
    Kind.PARTNER,
    Kind.YES_NO,
    Kind.YES_NO_UNKNOWN,
)
_CLOSED = (Kind.CHOICE, Kind.CHOICES, Kind.PARTNER, Kind.YES_NO, Kind.YES_NO_UNKNOWN)
_FEW = 32  # distinct cells
_NO_CELLS = pl.DataFrame(schema={"raw": pl.String})
_OWN, _NOTHING = "own", "nothing"


def fault(name: str) -> str:
    """The column that holds what is wrong with the cells of `name`."""
    return f"{name}:fault"


def precision(name: str) -> str:
    """The column that holds how much of a date is known."""
    return f"{name}_precision"


def name_fold(name: str) -> str:
    """The column that holds a name without case, accents, hyphens, apostrophes and spaces."""
    return f"{name}:fold"


def allowed_values(column: Column, reference: Reference) -> tuple[str, ...]:
    """What a listed column may hold: the contract's list, or the reference data's."""
    if column.kind is Kind.PARTNER:
        return reference.partners + ((AUTRE,) if column.admits_other else ())
    if column.choices:
        return column.choices
    return tuple(reference.programmes) if column.name == "programme" else reference.territories


def read_columns(
    rows: pl.DataFrame, columns: Sequence[Column], reference: Reference, order: Order = Order.DAY_FIRST
) -> pl.DataFrame:
    """The typed columns of columns of strings (null: blank), row by row, defaults not applied.

    `rows` may lack some of the columns, which are blank then. `order`: that of the figures of a date, where
    day and month are both figures.
    """
    groups: dict[Column, list[Column]] = {}
    for column in columns:
        groups.setdefault(_as_read(column), []).append(column)
    cells = {alike: _cells(rows, alike, group) for alike, group in groups.items()}
    open_ended = [one.others["raw"] for alike, one in cells.items() if not _recurs(one, alike)]
    look = Look.over(pl.concat(open_ended or [_NO_CELLS["raw"]]).unique())
    typed = rows.lazy().select(pl.col(name).alias(_raw(name)) for name in rows.columns)
    for alike, group in groups.items():
        known = _read(cells[alike], alike, allowed_values(alike, reference), order, look)
        for column in group:
            typed = _with_typed(typed, known, alike, column, is_there=column.name in rows.columns)
    return typed.select(pl.exclude([_raw(name) for name in rows.columns])).collect()


@dataclass(frozen=True)
class _Cells:
    """The distinct cells (`raw`) of columns that are read alike: plain numbers, and the others."""

    plain: pl.DataFrame
    others: pl.DataFrame


def _as_read(column: Column) -> Column:
    """The same column, without what makes no difference to how its cells are read, if any does.

    What a number means can hang on the others of its column.
    """
    if column.kind not in _BY_THEMSELVES:
        return column
    required = not may_be_blank(column)
    kind = Kind.DATE if column.kind is Kind.BIRTH_DATE else column.kind
    return Column("value", kind, "", required=required, admits_other=column.admits_other)


def _cells(rows: pl.DataFrame, alike: Column, group: Sequence[Column]) -> _Cells:
    held = [rows[column.name].alias("raw") for column in group if column.name in rows.columns]
    raw = pl.concat(held).unique().drop_nulls() if held else _NO_CELLS["raw"]
    distinct = raw.to_frame()
    if alike.kind not in _OWN_NUMBERS:
        return _Cells(distinct.clear(), distinct)
    is_plain = raw.str.contains(_PLAIN)
    return _Cells(distinct.filter(is_plain), distinct.filter(~is_plain))


def _raw(name: str) -> str:
    return f"{name}:raw"


def _with_typed(
    typed: pl.LazyFrame, known: pl.DataFrame, alike: Column, column: Column, *, is_there: bool
) -> pl.LazyFrame:
    """With the columns of what is known of a column's cells, under its own name."""
    names = {name: name.replace(alike.name, column.name, 1) for name in known.columns if name != "raw"}
    if not is_there or known.is_empty():
        return typed.with_columns(pl.lit(None, known.schema[old]).alias(new) for old, new in names.items())
    own = known.rename(names).lazy()
    return typed.join(own, left_on=_raw(column.name), right_on="raw", how="left", maintain_order="left")


def _read(cells: _Cells, column: Column, allowed: tuple[str, ...], order: Order, look: Look) -> pl.DataFrame:
    """What is known of distinct cells: `raw`, the column's typed values and its faults."""
    if _recurs(cells, column):
        judged = _of_recurring(column, allowed, order, frozenset(cells.others["raw"]))
    else:
        others = not cells.plain.is_empty()
        screening = screened(cells.others, column.kind, look, others=others)
        judged = _judged(screening, column, allowed, order, look)
    if cells.plain.is_empty():
        return judged
    fine = cells.plain.select(
        "raw", pl.col("raw").alias(column.name), pl.lit(None, pl.String).alias(fault(column.name))
    )
    return pl.concat([fine, judged])


def _recurs(cells: _Cells, column: Column) -> bool:
    """Whether another file is likely to have the same distinct cells: none, or a few of a closed list."""
    return cells.others.is_empty() or (column.kind in _CLOSED and cells.others.height <= _FEW)


@lru_cache(maxsize=512)
def _of_recurring(
    column: Column, allowed: tuple[str, ...], order: Order, texts: frozenset[str]
) -> pl.DataFrame:
    """What is known of distinct cells, read once for all files."""
    cells = pl.DataFrame({"raw": list(texts)}, schema=_NO_CELLS.schema)
    look = Look.over(cells["raw"])
    return _judged(screened(cells, column.kind, look), column, allowed, order, look)


def _judged(
    cells: pl.DataFrame, column: Column, allowed: tuple[str, ...], order: Order, look: Look
) -> pl.DataFrame:
    """Screened cells, typed: `raw`, the column's values and its faults."""
    name = column.name
    if column.kind is Kind.FREE_TEXT:
        text = unmarked(pl.col("raw"))  # nobody keeps it, so that no letter of it matters
        return cells.select("raw", text.alias(name), pl.lit(None, pl.String).alias(fault(name)))
    typed = _typed(cells, column, allowed, order)
    if look.words.isdisjoint(cells["raw"]):
        values = pl.exclude("raw", TEXT, STORED, CODE, _OWN)
        return typed.select("raw", values, pl.coalesce(CODE, _OWN).alias(fault(name)))
    nothing = says_nothing(pl.col(TEXT), column)
    if column.kind not in _OF_ANY_TEXT:  # what the column admits is no word for nothing
        nothing = nothing & pl.col(_OWN).is_not_null()
    same = says_the_same(pl.col(TEXT))
    typed = typed.with_columns((nothing.fill_null(value=False) | same).alias(_NOTHING))
    code = pl.lit(None if may_be_blank(column) else PLACEHOLDER, pl.String)
    own = pl.when(same).then(pl.lit(PLACEHOLDER)).when(_NOTHING).then(code).otherwise(_OWN)
    return typed.select(
        "raw",
        pl.when(~pl.col(_NOTHING)).then(pl.exclude("raw", TEXT, STORED, CODE, _OWN, _NOTHING)),
        pl.coalesce(CODE, own).alias(fault(name)),
    )


def _typed(cells: pl.DataFrame, column: Column, allowed: tuple[str, ...], order: Order) -> pl.DataFrame:
    """The values of `text` and, as `own`, what its kind finds wrong with it."""
    match column.kind:
        case Kind.DATE | Kind.BIRTH_DATE:
            dates = read_dates(cells[TEXT], order)
            values = [dates["day"].alias(column.name), dates["precision"].alias(precision(column.name))]
            return _or_fault(cells.with_columns(values), column, _BAD_DATE)
        case Kind.INTEGER | Kind.DECIMAL:
            return _typed_numbers(cells, column)
        case Kind.CHOICES:
            read = read_choices(cells, allowed).rename({"value": column.name})
            return read.with_columns(_when(~pl.col("known"), _UNKNOWN)).drop("known")
        case Kind.NAME:
            return _typed_names(cells, column.name)
        case Kind.NUMBER | Kind.REFERENCE:
            return _typed_own_numbers(cells, column)
        case _:
            listed = _listed(pl.col(TEXT), column, allowed).alias(column.name)
            return _or_fault(cells.with_columns(listed), column, _UNKNOWN)


def _typed_numbers(cells: pl.DataFrame, column: Column) -> pl.DataFrame:
    text = pl.col(TEXT)
    figures = cells.select(figures=canonical(text, pl.col(STORED), column))
    reading = read_integers if column.kind is Kind.INTEGER else read_decimals
    value = figures.select(reading(pl.col("figures"), column).alias(column.name)).to_series()
    unclear = ambiguous(text) & figures["figures"].is_null()
    read = _or_fault(cells.with_columns(value), column, _BAD_NUMBER)
    return read.with_columns(pl.when(unclear).then(pl.lit(AMBIGUOUS)).otherwise(_OWN).alias(_OWN))


def _typed_names(cells: pl.DataFrame, name: str) -> pl.DataFrame:
    lost = pl.col(TEXT).str.contains(_LETTER_LOST)
    kept = pl.when(~lost).then(TEXT)
    return cells.with_columns(kept.alias(name), joined(kept).alias(name_fold(name)), _when(lost, GARBLED))


def _typed_own_numbers(cells: pl.DataFrame, column: Column) -> pl.DataFrame:
    text = pl.col(TEXT)
    value = trimmed(number(text)) if column.kind is Kind.NUMBER else text
    unclear = text.str.contains(_THOUSANDS) & ~pl.col(STORED)
    return cells.with_columns(pl.when(~unclear).then(value).alias(column.name), _when(unclear, AMBIGUOUS))


def _listed(text: pl.Expr, column: Column, allowed: tuple[str, ...]) -> pl.Expr:
    match column.kind:
        case Kind.PARTNER:
            return read_partners(text, allowed)
        case Kind.YES_NO:
            return read_yes_no(text)
        case Kind.YES_NO_UNKNOWN:
            return read_yes_no_unknown(text)
        case _:
            return read_choices_of_one(text, allowed)


def _or_fault(read: pl.DataFrame, column: Column, code: str) -> pl.DataFrame:
    """With that fault on the texts that gave no value."""
    return read.with_columns(_when(pl.col(TEXT).is_not_null() & pl.col(column.name).is_null(), code))


def _when(wrong: pl.Expr, code: str) -> pl.Expr:
    return pl.when(wrong).then(pl.lit(code)).alias(_OWN)
