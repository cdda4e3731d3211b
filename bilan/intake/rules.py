"""What is wrong with rows whose cells were read: one finding per faulty cell or broken rule.

A finding is a row, a column (null for a rule about several cells) and a code. Rules look at typed
columns, so that what could not be read is told once, by its own cell.
"""

import polars as pl

from bilan.contracts import Column, Contract, Kind, Presence, Subject
from bilan.intake.cells import fault, precision
from bilan.intake.dates import last_possible_day
from bilan.intake.messages import CONSENT_MISSING, EXCHANGE_BREACH, LOG_BREACH, PERSON_MISSING
from bilan.intake.model import Reference, Source
from bilan.intake.permissions import CONSENT_NEEDED, exchange_breach, log_breach, with_permissions
from bilan.intake.subject import REF, all_named, any_named, given

FINDING = {"row": pl.Int64, "column": pl.String, "code": pl.String}


def findings(rows: pl.DataFrame, contract: Contract, source: Source, reference: Reference) -> pl.DataFrame:
    """Every finding of the rows but the duplicates, in no order: row, column, code."""
    rows = with_permissions(rows, contract, source, reference)
    found = [_cells(rows, column) for column in contract.columns]
    found += [
        _where(rows, _needed(column, contract), column.name, "missing_if")
        for column in contract.columns
        if column.required_if
    ]
    found += _presence(rows, contract.subject)
    found.append(_where(rows, log_breach(contract, source, reference), None, LOG_BREACH))
    found.append(_where(rows, exchange_breach(contract.subject), None, EXCHANGE_BREACH))
    found += _principal_date(rows, contract, source, reference)
    return pl.concat(found)


def _cells(rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Cells that could not be read, and required ones that are blank."""
    code = pl.col(fault(column.name))
    if column.required:
        code = pl.when(~given(column.name)).then(pl.lit("missing_value")).otherwise(code)
    return rows.select("row", pl.lit(column.name).alias("column"), code.alias("code")).drop_nulls("code")


def _needed(column: Column, contract: Contract) -> pl.Expr:
    """Whether a cell is blank that another cell's value makes necessary."""
    other, value = column.required_if or ("", "")
    wanted: bool | str = value == "oui" if contract.column(other).kind is Kind.YES_NO else value
    return ~given(column.name) & (pl.col(other) == wanted).fill_null(False)


def _presence(rows: pl.DataFrame, subject: Subject) -> list[pl.DataFrame]:
    """The rules about a group of cells: a name or a reference, and consent."""
    if subject.presence in (Presence.NAMED, Presence.NOBODY):
        return []  # every nominative cell is required by itself, or there is none
    whole = all_named(subject) | pl.col(REF).is_not_null()
    if subject.presence is Presence.NAMED_OR_REFERENCE:
        return [_where(rows, ~whole, None, PERSON_MISSING)]
    named, concerned = any_named(subject), any_named(subject) | pl.col(REF).is_not_null()
    if subject.consent is None:
        wanted = concerned | _person_needed(subject)
        return [_where(rows, wanted & ~whole, None, PERSON_MISSING)]
    refused = (~pl.col(subject.consent)).fill_null(False) & pl.col(CONSENT_NEEDED)
    return [
        _where(rows, refused & named, None, "consent_breach"),
        # a breach asks for the name to be removed, so a name cut short is then no second fault
        _where(rows, concerned & ~whole & ~refused, None, PERSON_MISSING),
        _where(rows, concerned & ~given(subject.consent), None, CONSENT_MISSING),
    ]


def _person_needed(subject: Subject) -> pl.Expr:
    """Whether another cell makes an optional person necessary."""
    if subject.required_if is None:
        return pl.lit(False)
    other, value = subject.required_if
    return (pl.col(other) == value).fill_null(False)


def _principal_date(
    rows: pl.DataFrame, contract: Contract, source: Source, reference: Reference
) -> list[pl.DataFrame]:
    """After the statement on its first possible day, or before the programme on its last one."""
    name = contract.principal_date
    future = pl.col(name) > source.statement_date
    if contract.precedes_programme:
        return [_where(rows, future, name, "date_in_future")]
    start = pl.col("programme").replace_strict(reference.programmes, default=None, return_dtype=pl.Date)
    early = last_possible_day(pl.col(name), pl.col(precision(name))) < start
    return [
        _where(rows, future, name, "date_in_future"),
        _where(rows, early & ~future, name, "date_before_programme"),
    ]


def _where(rows: pl.DataFrame, broken: pl.Expr, column: str | None, code: str) -> pl.DataFrame:
    return rows.filter(broken).select(
        "row", pl.lit(column, pl.String).alias("column"), pl.lit(code, pl.String).alias("code")
    )
