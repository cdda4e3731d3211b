"""A file's bytes in, a statement out: the one way through this room."""

import polars as pl

from bilan.contracts import CONTRACTS, Contract
from bilan.errors import PlainError
from bilan.intake.duplicates import repeats
from bilan.intake.grids import Grid, UnreadableFileError
from bilan.intake.headings import Header, find_header
from bilan.intake.model import Reference, Source, Statement
from bilan.intake.outcome import accepted_rows, breaches, no_rows, refused_keys, told
from bilan.intake.rows import data_rows, typed_rows
from bilan.intake.rules import FINDING, findings
from bilan.intake.sheets import read_grid

MOST_FAULTS = 100_000


class TooManyFaultsError(PlainError):
    """More faults than can be told one by one."""


def read_statement(content: bytes, source: Source, reference: Reference) -> Statement:
    """Read a file against its log's contract.

    Bytes that are no sheet, or a sheet without the columns that the log requires, refuse the file; anything
    else refuses rows. A blank file has no row and no refusal. What the file holds makes it raise nothing but
    TooManyFaultsError.
    """
    contract = CONTRACTS[source.log]
    try:
        grid = read_grid(content, source.suffix, contract) if content.strip() else Grid(pl.DataFrame())
    except UnreadableFileError as reason:
        return _refused(source, contract, reference, 0, _file_findings(reason.code, [None]))
    cells = grid.cells
    if all(column.null_count() == len(column) for column in cells):
        return _refused(source, contract, reference, 0, pl.DataFrame(schema=FINDING))
    header = find_header(cells, contract)
    rows = data_rows(cells, header)
    found = header.columns if header.recognised else {}
    missing = [column.name for column in contract.columns if column.required and column.name not in found]
    if missing:
        return _refused(source, contract, reference, rows.height, _file_findings("missing_column", missing))
    return _judged(rows, header, grid.faults, source, contract, reference)


def _judged(  # noqa: PLR0917
    rows: pl.DataFrame,
    header: Header,
    damaged: pl.DataFrame,
    source: Source,
    contract: Contract,
    reference: Reference,
) -> Statement:
    """The statement of a file whose columns are all there."""
    typed = typed_rows(rows, header, contract, reference)
    damaged = damaged.join(rows, on="row", how="semi").select(
        "row", column=pl.lit(None, pl.String), code="code"
    )
    sound = typed.join(damaged, on="row", how="anti", maintain_order="left")
    faults = pl.concat([findings(sound, contract, source, reference), damaged])
    valid = typed.join(faults, on="row", how="anti", maintain_order="left")
    flagged = valid.with_columns(*repeats(valid, contract).drop("row"))
    contradicted = flagged.filter("contradicted").select(
        "row", column=pl.lit(None, pl.String), code=pl.lit("duplicate_key")
    )
    faults = pl.concat([faults, contradicted])
    if faults.height > MOST_FAULTS:
        raise TooManyFaultsError("plus de 100 000 cellules ou lignes y sont refusées")
    return Statement(
        source=source,
        rows=rows.height,
        accepted=accepted_rows(flagged.filter(~pl.col("contradicted")), contract),
        refusals=told(faults, contract, source, reference),
        refused_keys=refused_keys(typed, faults, contract).with_columns(
            pl.col("key_readable") & ~pl.col("row").is_in(damaged["row"].implode())
        ),
        breaches=breaches(typed, faults, contract, source, reference),
        extra_columns=header.extra,
        file_refused=False,
    )


def _file_findings(code: str, columns: list[str] | list[None]) -> pl.DataFrame:
    return pl.DataFrame({"row": None, "column": columns, "code": code}, schema=FINDING)


def _refused(
    source: Source, contract: Contract, reference: Reference, rows: int, faults: pl.DataFrame
) -> Statement:
    """The statement of a file that is refused whole, or that is blank (without any fault)."""
    return Statement(
        source=source,
        rows=rows,
        accepted=accepted_rows(no_rows(contract), contract),
        refusals=told(faults, contract, source, reference),
        refused_keys=refused_keys(no_rows(contract), faults.clear(), contract),
        breaches=breaches(no_rows(contract), faults.clear(), contract, source, reference),
        extra_columns=(),
        file_refused=not faults.is_empty(),
    )
