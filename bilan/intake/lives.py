"""Lives that can't be: dates to come, ends before starts, births after the facts, ages that nobody has.

A date that is known by its month or its year is refused only if every day of it is impossible. What is wrong
with a date is told by its own cell; the others are not held against it.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from bilan.contracts import Column, Contract, Kind
from bilan.intake.cells import precision
from bilan.intake.dates import last_possible_day
from bilan.intake.findings import Rule
from bilan.intake.inputs import Reference, Source

IN_FUTURE, TOO_EARLY, OUT_OF_ORDER = "date_in_future", "date_before_programme", "date_out_of_order"
BIRTH_AFTER, AGE = "birth_after_fact", "age_out_of_range"
MOST_YEARS_BEFORE = 15  # that anything may precede its programme


def impossible_lives(contract: Contract, source: Source, reference: Reference) -> list[Rule]:
    """The rules on the dates of typed rows."""
    start = pl.col("programme").replace_strict(reference.programmes, default=None, return_dtype=pl.Date)
    dates = [column for column in contract.columns if column.kind is Kind.DATE]
    future = {column.name: _in_future(column, source.statement_date) for column in dates}
    early = {column.name: last_day(column.name) < _floor(column, contract, start) for column in dates}
    sound = {
        name: pl.when(~(future[name] | early[name].fill_null(value=False))).then(pl.col(name))
        for name in future
    }
    found = [Rule(future[name], name, IN_FUTURE) for name in future]
    found += [Rule(early[name] & ~future[name], name, TOO_EARLY) for name in early]
    found += [Rule(_out_of_order(column, sound), column.name, OUT_OF_ORDER) for column in dates]
    birth = contract.subject.birth_date
    return found + (_births(birth, contract, source, sound) if birth else [])


def last_day(name: str) -> pl.Expr:
    """The last day that a date column's cell may mean."""
    return last_possible_day(pl.col(name), pl.col(precision(name)))


def _in_future(column: Column, statement_date: date) -> pl.Expr:
    latest = pl.lit(statement_date).dt.offset_by(f"{column.planned_years}y")
    return pl.col(column.name) > latest


def _floor(column: Column, contract: Contract, start: pl.Expr) -> pl.Expr:
    """The first day that a date may be: of the programme, or well before it."""
    held = column.name == contract.principal_date and not contract.precedes_programme
    return start if held else start.dt.offset_by(f"-{MOST_YEARS_BEFORE}y")


def _out_of_order(column: Column, sound: Mapping[str, pl.Expr]) -> pl.Expr:
    """Whether a sound date comes before one that it can't precede."""
    if not column.not_before:
        return pl.lit(value=False)
    before = pl.any_horizontal(last_day(column.name) < sound[other] for other in column.not_before)
    return before & sound[column.name].is_not_null()


def _births(birth: str, contract: Contract, source: Source, sound: Mapping[str, pl.Expr]) -> list[Rule]:
    """Births to come or after any of the row's facts; ages out of range on the principal date."""
    born, fact = pl.col(birth), contract.principal_date
    future = born > source.statement_date
    after = pl.any_horizontal(
        pl.when(day.is_not_null()).then(born >= last_day(name)) for name, day in sound.items()
    ).fill_null(value=False)
    least, most = contract.subject.ages or (0, 0)
    young = born.dt.offset_by(f"{least}y") > pl.when(sound[fact].is_not_null()).then(last_day(fact))
    old = last_day(birth).dt.offset_by(f"{most + 1}y") <= sound[fact]
    return [
        Rule(future, birth, IN_FUTURE),
        Rule(after & ~future, birth, BIRTH_AFTER),
        Rule((young | old) & ~after & ~future, birth, AGE),
    ]
