"""What is wrong with rows whose cells were read: one finding per faulty cell or broken rule.

A finding is a row, a column (null for a rule about several cells) and a code. Rules look at typed
columns, so that what could not be read is told once, by its own cell.
"""

import polars as pl

from bilan.contracts import Column, Contract, Kind, Presence, Subject
from bilan.intake.cells import fault
from bilan.intake.findings import Rule, broken
from bilan.intake.inputs import Reference, Source
from bilan.intake.lives import impossible_lives
from bilan.intake.messages import CONSENT_MISSING, EXCHANGE_BREACH, LOG_BREACH, PERSON_MISSING
from bilan.intake.permissions import CONSENT_NEEDED, exchange_breach, log_breach, with_permissions
from bilan.intake.subject import REF, all_named, any_named, given


def findings(rows: pl.DataFrame, contract: Contract, source: Source, reference: Reference) -> pl.DataFrame:
    """Every finding of the rows but the duplicates, in no order: row, column, code."""
    rows = with_permissions(rows, contract, source, reference)
    rules = [_cell(column) for column in contract.columns]
    rules += [
        Rule(_needed(column, contract), column.name, "missing_if")
        for column in contract.columns
        if column.required_if
    ]
    rules += _presence(contract.subject)
    rules.append(Rule(log_breach(contract, source, reference), None, LOG_BREACH))
    rules.append(Rule(exchange_breach(contract.subject), None, EXCHANGE_BREACH))
    rules += impossible_lives(contract, source, reference)
    return broken(rows, rules)


def _cell(column: Column) -> Rule:
    """Cells that could not be read, and required ones that are blank."""
    code = pl.col(fault(column.name))
    if column.required:
        code = pl.when(~given(column.name)).then(pl.lit("missing_value")).otherwise(code)
    return Rule(code.is_not_null(), column.name, code)


def _needed(column: Column, contract: Contract) -> pl.Expr:
    """Whether a cell is blank that another cell's value makes necessary."""
    other, value = column.required_if or ("", "")
    wanted: bool | str = value == "oui" if contract.column(other).kind is Kind.YES_NO else value
    return ~given(column.name) & (pl.col(other) == wanted).fill_null(False)


def _presence(subject: Subject) -> list[Rule]:
    """The rules about a group of cells: a name or a reference, and consent."""
    if subject.presence in (Presence.NAMED, Presence.NOBODY):
        return []  # every nominative cell is required by itself, or there is none
    referred = pl.col(REF).is_not_null()
    if subject.reference:  # one that can't be read is told by its own cell
        referred = referred | pl.col(fault(subject.reference)).is_not_null()
    whole = all_named(subject) | referred
    if subject.presence is Presence.NAMED_OR_REFERENCE:
        return [Rule(~whole, None, PERSON_MISSING)]
    named, concerned = any_named(subject), any_named(subject) | referred
    if subject.consent is None:
        wanted = concerned | _person_needed(subject)
        return [Rule(wanted & ~whole, None, PERSON_MISSING)]
    refused = (~pl.col(subject.consent)).fill_null(False) & pl.col(CONSENT_NEEDED)
    return [
        Rule(refused & named, None, "consent_breach"),
        # a breach asks for the name to be removed, so a name cut short is then no second fault
        Rule(concerned & ~whole & ~refused, None, PERSON_MISSING),
        Rule(concerned & ~given(subject.consent), None, CONSENT_MISSING),
    ]


def _person_needed(subject: Subject) -> pl.Expr:
    """Whether another cell makes an optional person necessary."""
    if subject.required_if is None:
        return pl.lit(False)
    other, value = subject.required_if
    return (pl.col(other) == value).fill_null(False)
