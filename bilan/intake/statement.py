"""A file's bytes in, a statement out: the one way through this room."""

from dataclasses import replace

import polars as pl

from bilan.contracts import CONTRACTS, Column, Contract, Kind
from bilan.errors import PlainError
from bilan.intake.cells import fault, precision, read_columns
from bilan.intake.date_order import judge_dates
from bilan.intake.dates import Order, last_possible_day
from bilan.intake.duplicates import TROUBLED, contradicted_by_refused, repeats
from bilan.intake.elsewhere import Beside, first_of_groups, mentioned, said_elsewhere
from bilan.intake.findings import FINDING
from bilan.intake.grids import UnreadableFileError
from bilan.intake.inputs import UNANSWERED, Answers, Doubt, Reference, Source, Statement
from bilan.intake.letters import beside_garbled, odd_letters
from bilan.intake.outcome import accepted_rows, breaches, no_rows, refusals_of, refused_keys
from bilan.intake.row_rules import findings
from bilan.intake.sheets import NOTHING, Contents, read_contents
from bilan.intake.subject import with_subject
from bilan.intake.titles import in_another_unit

MOST_FAULTS = 100_000


class TooManyFaultsError(PlainError):
    """More faults than can be reported one by one."""


def read_statement(
    content: bytes, source: Source, reference: Reference, answers: Answers = UNANSWERED
) -> Statement:
    """Read a file against its log's contract, and as the steward's answers say where it leaves a doubt.

    Bytes that are no sheet, or a sheet without the columns that the log requires, refuse the file; anything
    else refuses rows. A file that can be read in two ways has a `doubt`. A blank file has no row and no
    refusal. What the file holds makes it raise nothing but TooManyFaultsError.
    """
    contract = CONTRACTS[source.log]
    try:
        contents = read_contents(content, source.suffix, contract) if content.strip() else NOTHING
    except UnreadableFileError as reason:
        return _refused(source, contract, reference, NOTHING, _file_findings(reason.code, [None]))
    found = _faults_of_file(contents)
    if not found.is_empty() or contents.rows.is_empty():
        return _refused(source, contract, reference, contents, found)
    order = _order_of_dates(contents, source, contract, answers)
    if isinstance(order, Doubt):
        return replace(_judged(contents, source, reference, Order.DAY_FIRST), doubt=order)
    return _judged(contents, source, reference, order)


def _order_of_dates(
    contents: Contents, source: Source, contract: Contract, answers: Answers
) -> Order | Doubt:
    """How the dates in figures are read, from the rows whose cells are in their columns."""
    sound = contents.rows.join(contents.faults, on="row", how="anti")
    names = [
        column.name
        for column in contract.columns
        if column.kind in (Kind.DATE, Kind.BIRTH_DATE) and column.name in sound.columns
    ]
    return judge_dates(sound.select("row", *names), contract, source.statement_date, answers, contents.around)


def _judged(contents: Contents, source: Source, reference: Reference, order: Order) -> Statement:
    """The statement of a file whose columns are all there."""
    contract = CONTRACTS[source.log]
    typed = typed_rows(contents.rows, contract, reference, order)
    damaged = contents.faults.select("row", column=pl.lit(None, pl.String), code="code")
    beside = Beside(contents.rows, typed, contents.around)
    faults = _faults_of_rows(beside, damaged, source, reference)
    valid = typed.join(faults, on="row", how="anti", maintain_order="left")
    flagged = valid.with_columns(*repeats(valid, contract).drop("row"))
    contradicted = _contradicted(flagged, typed, faults, damaged, contract)
    kept = flagged.join(contradicted, on="row", how="anti", maintain_order="left")
    faults = pl.concat([faults, contradicted])
    if faults.height > MOST_FAULTS:
        raise TooManyFaultsError("plus de 100 000 cellules ou lignes y sont refusées")
    statement = Statement(
        source=source,
        rows=typed.height,
        accepted=accepted_rows(kept, contract),
        refusals=refusals_of(faults, contract, source, reference),
        refused_keys=_refused_keys(typed, faults, damaged, contract),
        breaches=breaches(typed, faults, contract, source, reference),
        extra_columns=contents.extra_columns,
        file_refused=False,
        places=contents.places,
        accounted=contents.accounted,
    )
    raw = contents.rows.join(kept, on="row", how="semi", maintain_order="left")
    warnings = (
        *contents.warnings,
        *odd_letters(kept, contract, statement.place),
        *mentioned(Beside(raw, kept, contents.around), contract, reference, contents.places),
        *first_of_groups(beside, contract, contents.places),
    )
    return replace(statement, warnings=warnings)


def _faults_of_rows(
    rows: Beside, damaged: pl.DataFrame, source: Source, reference: Reference
) -> pl.DataFrame:
    """Why rows are refused, each for itself. `damaged`: findings of rows whose cells can't be separated."""
    contract = CONTRACTS[source.log]
    sound = rows.typed.join(damaged, on="row", how="anti", maintain_order="left")
    faults = pl.concat([findings(sound, contract, source, reference), damaged])
    faults = pl.concat([faults, beside_garbled(rows.typed, faults, contract)])
    around = pl.concat(
        [
            said_elsewhere(rows, contract, reference),
            in_another_unit(rows.typed, rows.around, contract),
        ]
    )
    return pl.concat([faults, around.join(faults, on="row", how="anti")])


def _contradicted(
    valid: pl.DataFrame, typed: pl.DataFrame, faults: pl.DataFrame, damaged: pl.DataFrame, contract: Contract
) -> pl.DataFrame:
    """The findings of rows that another one of their key contradicts. `valid` has the flags of `repeats`."""
    refused = _refused_keys(typed, faults, damaged, contract).filter("key_readable")
    troubled = faults.group_by("row").agg(pl.col("column").drop_nulls().alias(TROUBLED))
    others = typed.join(refused, on="row", how="semi", maintain_order="left").join(troubled, on="row")
    rows = pl.concat(
        [
            valid.filter("contradicted").select("row"),
            contradicted_by_refused(valid, others, contract),
        ]
    ).unique()
    return rows.select("row", column=pl.lit(None, pl.String), code=pl.lit("duplicate_key"))


def _refused_keys(
    typed: pl.DataFrame, faults: pl.DataFrame, damaged: pl.DataFrame, contract: Contract
) -> pl.DataFrame:
    """The keys of the refused rows; a row whose cells can't be separated has no readable key."""
    told_apart = ~pl.col("row").is_in(damaged["row"].implode())
    return refused_keys(typed, faults, contract).with_columns(pl.col("key_readable") & told_apart)


def _faults_of_file(contents: Contents) -> pl.DataFrame:
    """Why nothing of a file is taken, the first reason that there is."""
    if contents.lacking:
        return _file_findings("missing_column", [*contents.lacking])
    if contents.contradicted:
        return _file_findings("repeated_column", [*contents.contradicted])
    return _file_findings("unnamed_column", [None] if contents.has_unnamed else [])


def _file_findings(code: str, columns: list[str] | list[None]) -> pl.DataFrame:
    return pl.DataFrame({"row": None, "column": columns, "code": code}, schema=FINDING)


def _refused(
    source: Source, contract: Contract, reference: Reference, contents: Contents, faults: pl.DataFrame
) -> Statement:
    """The statement of a file that is refused whole, or that is blank (without any fault)."""
    return Statement(
        source=source,
        rows=contents.guessed,
        accepted=accepted_rows(no_rows(contract), contract),
        refusals=refusals_of(faults, contract, source, reference),
        refused_keys=refused_keys(no_rows(contract), faults.clear(), contract),
        breaches=breaches(no_rows(contract), faults.clear(), contract, source, reference),
        extra_columns=contents.extra_columns,
        file_refused=not faults.is_empty(),
        warnings=contents.warnings,
        accounted=contents.accounted,
    )


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
