"""The cells of one column of strings, read as its contract says.

Every kind is read over the column's distinct strings and brought back by a join: a log of a million
rows holds a few thousand dates. Each reading adds the column's typed values and, beside them,
`fault(name)`: the refusal code of a cell that cannot be read, null otherwise. A cell that holds a trouble
is refused as such, whatever its kind; a word for nothing is blank where a blank is allowed.
"""

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.lists import AUTRE
from bilan.intake.dates import Order, read_dates
from bilan.intake.lists import (
    read_choices,
    read_choices_of_one,
    read_partners,
    read_yes_no,
    read_yes_no_unknown,
)
from bilan.intake.model import Reference
from bilan.intake.numbers import ambiguous, canonical, read_decimals, read_integers
from bilan.intake.placeholders import may_be_blank, says_nothing, says_the_same
from bilan.intake.screen import CODE, STORED, TEXT, screened
from bilan.intake.text import joined, number, trimmed
from bilan.intake.troubles import GARBLED, unmarked

_UNKNOWN, _BAD_DATE, _BAD_NUMBER = "unknown_value", "bad_date", "bad_number"
PLACEHOLDER, AMBIGUOUS = "placeholder", "ambiguous_number"
# Numbers and references are nearly all distinct and nearly all plain: only the others are worth a look.
_PLAIN = r"^(?:[A-Z][A-Z-]*[0-9][0-9A-Z-]*|[1-9][0-9]{0,14}(?:-[0-9A-Z]+)?)$"
_THOUSANDS = r"^[1-9][0-9]{0,2}[.,]000$"  # of a number of a file: « 1,000 » is no 1
_LETTER_LOST = r"\p{L}\?"  # of a name, whose accents some program could not write
_OF_ANY_TEXT = (Kind.NAME, Kind.NUMBER, Kind.REFERENCE)
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


def read_column(
    cells: pl.Series, column: Column, reference: Reference, order: Order = Order.DAY_FIRST
) -> pl.DataFrame:
    """The typed columns of one column of strings (null: blank), in the same order, defaults not applied.

    `order`: that of the figures of a date, where day and month are both figures.
    """
    distinct = pl.DataFrame({"raw": cells.unique().drop_nulls()}, schema={"raw": pl.String})
    known = _read(distinct, column, reference, order)
    return pl.DataFrame({"raw": cells}).join(known, on="raw", how="left", maintain_order="left").drop("raw")


def _read(distinct: pl.DataFrame, column: Column, reference: Reference, order: Order) -> pl.DataFrame:
    if column.kind not in (Kind.NUMBER, Kind.REFERENCE):
        return _judged(screened(distinct, column.kind), column, reference, order)
    raw = pl.col("raw")
    is_plain = distinct.select(raw.str.contains(_PLAIN)).to_series()
    plain, others = distinct.filter(is_plain), distinct.filter(~is_plain)
    screening = screened(others, column.kind, others=not plain.is_empty())
    return pl.concat(
        [
            plain.select("raw", raw.alias(column.name), pl.lit(None, pl.String).alias(fault(column.name))),
            _judged(screening, column, reference, order),
        ]
    )


def _judged(cells: pl.DataFrame, column: Column, reference: Reference, order: Order) -> pl.DataFrame:
    """Screened cells, typed: `raw`, the column's values and its faults."""
    name = column.name
    if column.kind is Kind.FREE_TEXT:
        text = unmarked(pl.col("raw"))  # nobody keeps it, so that no letter of it matters
        return cells.select("raw", text.alias(name), pl.lit(None, pl.String).alias(fault(name)))
    typed = _typed(cells, column, reference, order)
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


def _typed(cells: pl.DataFrame, column: Column, reference: Reference, order: Order) -> pl.DataFrame:
    """The values of `text` and, as `own`, what its kind finds wrong with it."""
    match column.kind:
        case Kind.DATE | Kind.BIRTH_DATE:
            dates = read_dates(cells[TEXT], order)
            values = [dates["day"].alias(column.name), dates["precision"].alias(precision(column.name))]
            return _or_fault(cells.with_columns(values), column, _BAD_DATE)
        case Kind.INTEGER | Kind.DECIMAL:
            return _typed_numbers(cells, column)
        case Kind.CHOICES:
            read = read_choices(cells, allowed_values(column, reference)).rename({"value": column.name})
            return read.with_columns(_when(~pl.col("known"), _UNKNOWN)).drop("known")
        case Kind.NAME:
            return _typed_names(cells, column.name)
        case Kind.NUMBER | Kind.REFERENCE:
            return _typed_own_numbers(cells, column)
        case _:
            listed = _listed(pl.col(TEXT), column, reference).alias(column.name)
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


def _listed(text: pl.Expr, column: Column, reference: Reference) -> pl.Expr:
    match column.kind:
        case Kind.PARTNER:
            return read_partners(text, allowed_values(column, reference))
        case Kind.YES_NO:
            return read_yes_no(text)
        case Kind.YES_NO_UNKNOWN:
            return read_yes_no_unknown(text)
        case _:
            return read_choices_of_one(text, allowed_values(column, reference))


def _or_fault(read: pl.DataFrame, column: Column, code: str) -> pl.DataFrame:
    """With that fault on the texts that gave no value."""
    return read.with_columns(_when(pl.col(TEXT).is_not_null() & pl.col(column.name).is_null(), code))


def _when(wrong: pl.Expr, code: str) -> pl.Expr:
    return pl.when(wrong).then(pl.lit(code)).alias(_OWN)
