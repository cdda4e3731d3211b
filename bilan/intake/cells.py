"""The cells of one column of strings, read as its contract says.

Every kind is read over the column's distinct strings and brought back by a join: a log of a million
rows holds a few thousand dates. Each reading adds the column's typed values and, beside them,
`fault(name)`: the refusal code of a cell that cannot be read, null otherwise.
"""

from collections.abc import Iterable

import polars as pl

from bilan.contracts import Column, Kind
from bilan.contracts.lists import AUTRE
from bilan.intake.dates import read_dates
from bilan.intake.lists import (
    read_choices,
    read_choices_of_one,
    read_partners,
    read_yes_no,
    read_yes_no_unknown,
)
from bilan.intake.model import Reference
from bilan.intake.numbers import read_decimals, read_integers
from bilan.intake.text import joined, number, trimmed

_FAULT_OF = {
    Kind.DATE: "bad_date",
    Kind.BIRTH_DATE: "bad_date",
    Kind.INTEGER: "bad_number",
    Kind.DECIMAL: "bad_number",
}
_UNKNOWN = "unknown_value"


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


def read_column(cells: pl.Series, column: Column, reference: Reference) -> pl.DataFrame:
    """The typed columns of one column of strings (null: blank), in the same order, defaults not applied."""
    distinct = pl.DataFrame({"raw": cells.unique().drop_nulls()}, schema={"raw": pl.String})
    known = _read(distinct, column, reference)
    return pl.DataFrame({"raw": cells}).join(known, on="raw", how="left", maintain_order="left").drop("raw")


def _read(distinct: pl.DataFrame, column: Column, reference: Reference) -> pl.DataFrame:
    name, raw = column.name, pl.col("raw")
    match column.kind:
        case Kind.DATE | Kind.BIRTH_DATE:
            dates = read_dates(distinct["raw"])
            read = distinct.with_columns(dates["day"].alias(name), dates["precision"].alias(precision(name)))
        case Kind.CHOICES:
            return _read_several(distinct, name, allowed_values(column, reference))
        case Kind.NAME:
            fold = joined(raw)
            read = distinct.with_columns(
                pl.when(fold != "").then(raw).alias(name),
                pl.when(fold != "").then(fold).alias(name_fold(name)),
            )
            return read.with_columns(_no_fault(name))
        case Kind.NUMBER:
            return _read_numbers(distinct, name)
        case Kind.REFERENCE | Kind.FREE_TEXT:
            return distinct.with_columns(raw.alias(name), _no_fault(name))
        case _:
            read = distinct.with_columns(_scalar(raw, column, reference).alias(name))
    code = _FAULT_OF.get(column.kind, _UNKNOWN)
    return read.with_columns(pl.when(pl.col(name).is_null()).then(pl.lit(code)).alias(fault(name)))


def _scalar(raw: pl.Expr, column: Column, reference: Reference) -> pl.Expr:
    match column.kind:
        case Kind.CHOICE:
            return read_choices_of_one(raw, allowed_values(column, reference))
        case Kind.PARTNER:
            return read_partners(raw, allowed_values(column, reference))
        case Kind.YES_NO:
            return read_yes_no(raw)
        case Kind.YES_NO_UNKNOWN:
            return read_yes_no_unknown(raw)
        case Kind.INTEGER:
            return read_integers(raw, column)
        case _:
            return read_decimals(raw, column)


def _read_several(distinct: pl.DataFrame, name: str, allowed: Iterable[str]) -> pl.DataFrame:
    read = read_choices(distinct, allowed)
    return read.select(
        "raw",
        pl.col("value").alias(name),
        pl.when(~pl.col("known")).then(pl.lit(_UNKNOWN)).alias(fault(name)),
    )


def _read_numbers(distinct: pl.DataFrame, name: str) -> pl.DataFrame:
    """Numbers are nearly all distinct, and nearly all plain: only the others are worth normalising."""
    plain = pl.col("raw").str.contains(r"^[0-9A-Z-]+$")
    read = pl.concat(
        [
            distinct.filter(plain).with_columns(pl.col("raw").alias(name)),
            distinct.filter(~plain).with_columns(trimmed(number(pl.col("raw"))).alias(name)),
        ]
    )
    return read.with_columns(_no_fault(name))


def _no_fault(name: str) -> pl.Expr:
    return pl.lit(None, pl.String).alias(fault(name))
