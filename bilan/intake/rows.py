"""From rows of strings to typed rows: what each of their cells means."""

import polars as pl

from bilan.contracts import Column, Contract, Kind
from bilan.intake.cells import fault, precision, read_columns
from bilan.intake.dates import Order, last_possible_day
from bilan.intake.inputs import Reference
from bilan.intake.subject import with_subject


def typed_rows(
    rows: pl.DataFrame, contract: Contract, reference: Reference, order: Order = Order.DAY_FIRST
) -> pl.DataFrame:
    """`row`, the typed columns of every column of the contract, their faults, and the subject.

    `rows`: `row` and columns of strings, those of the contract that the file has. `order`: how the file's
    dates in figures are read (`date_order`).
    """
    cells = rows.drop("row")
    typed = pl.concat(
        [rows.select("row"), read_columns(cells, contract.columns, reference, order)], how="horizontal"
    )
    typed = typed.with_columns(_default(column) for column in contract.columns if column.default)
    typed = typed.with_columns(_programme(contract, reference), *_territory(contract, reference))
    return with_subject(typed, contract.subject)


def _default(column: Column) -> pl.Expr:
    """What a blank cell means. A cell that cannot be read is not blank, and keeps its null."""
    value = int(column.default or 0) if column.kind is Kind.INTEGER else column.default
    blank = pl.col(fault(column.name)).is_null() & pl.col(column.name).is_null()
    return pl.when(blank).then(pl.lit(value)).otherwise(pl.col(column.name)).alias(column.name)


def _territory(contract: Contract, reference: Reference) -> list[pl.Expr]:
    """The row's municipality, the first of the list where the cell is blank; none of a log without place."""
    return [pl.col("territoire").fill_null(reference.territories[0])] if contract.has_territory else []


def _programme(contract: Contract, reference: Reference) -> pl.Expr:
    """The row's programme: its own cell, else the log's programme, else the latest one begun by its date."""
    if contract.programme:
        return pl.col("programme").fill_null(contract.programme)
    started = sorted(reference.programmes.items(), key=lambda item: item[1])
    last = last_possible_day(pl.col(contract.principal_date), pl.col(precision(contract.principal_date)))
    running = pl.lit(started[0][0])
    for code, start in started:
        running = pl.when(last >= start).then(pl.lit(code)).otherwise(running)
    return pl.col("programme").fill_null(running)
