"""What leaves the room: the frames of a statement, with their columns and types."""

import polars as pl

from bilan.contracts import Column, Contract, Kind
from bilan.intake.cells import fault, precision
from bilan.intake.inputs import Reference, Source
from bilan.intake.messages import BREACHES, TOLD_AS, message
from bilan.intake.subject import KEY, REF, any_named

_TYPES: dict[Kind, pl.DataType] = {
    Kind.YES_NO: pl.Boolean(),
    Kind.INTEGER: pl.Int64(),
    Kind.DATE: pl.Date(),
    Kind.BIRTH_DATE: pl.Date(),
    Kind.CHOICES: pl.List(pl.String),
}
_DATES = (Kind.DATE, Kind.BIRTH_DATE)


def accepted_schema(contract: Contract) -> dict[str, pl.DataType]:
    """The columns of `Statement.accepted`, in order."""
    schema: dict[str, pl.DataType] = {"row": pl.Int64(), "repeat": pl.Boolean()}
    for column in contract.columns:
        if column.kind is not Kind.FREE_TEXT:
            schema |= _typed(column)
    schema[KEY] = schema[REF] = pl.String()
    return schema


def _typed(column: Column) -> dict[str, pl.DataType]:
    typed: dict[str, pl.DataType] = {column.name: _TYPES.get(column.kind, pl.String())}
    if column.kind in _DATES:
        typed[precision(column.name)] = pl.String()
    return typed


def no_rows(contract: Contract) -> pl.DataFrame:
    """A frame of typed rows that has none."""
    schema = accepted_schema(contract)
    for column in contract.columns:
        schema[fault(column.name)] = pl.String()
    return pl.DataFrame(schema=schema)


def accepted_rows(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Typed rows without their workings."""
    schema = accepted_schema(contract)
    return rows.select(pl.col(name).cast(kind) for name, kind in schema.items())


def refused_keys(typed: pl.DataFrame, faults: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The key of every refused row, as far as it can be read, `person_readable` and `key_readable`.

    Where the person is part of the key, one named by half is not readable, reference or not: the key the
    row had may go by either. Of a breach nothing about the person is kept.
    """
    rows = typed.join(faults, on="row", how="semi", maintain_order="left")
    breach = pl.col("row").is_in(faults.filter(pl.col("code").is_in(BREACHES))["row"].implode())
    person = pl.lit(True)
    if contract.key_has_subject:
        by_reference = pl.col(REF).is_not_null() & ~any_named(contract.subject)
        person = ~breach & (pl.col(KEY).is_not_null() | by_reference)
    readable = pl.all_horizontal(pl.col(name).is_not_null() for name in contract.key)
    return rows.select(
        "row",
        *contract.key,
        *(pl.when(~breach).then(pl.col(name)).alias(name) for name in (KEY, REF)),
        person.alias("person_readable"),
        (readable & person).alias("key_readable"),
    )


def breaches(
    typed: pl.DataFrame, faults: pl.DataFrame, contract: Contract, source: Source, reference: Reference
) -> pl.DataFrame:
    """The refused rows that bore more of a person than may be sent (`Statement.breaches`).

    One whose programme or territory can't be read counts where its log would have put a blank cell.
    """
    found = faults.filter(pl.col("code").is_in(BREACHES)).select("row", pl.col("code").replace(TOLD_AS))
    key = pl.concat_str(*(pl.col(name).cast(pl.String) for name in contract.key), separator="\x1f")
    typed = typed.join(found, on="row", how="semi", maintain_order="left")
    running = [code for code, day in reference.programmes.items() if day <= source.statement_date]
    programme = contract.programme or (running or list(reference.programmes))[-1]
    told_where = pl.col("territoire").fill_null(reference.territories[0])
    where = typed.select(
        "row",
        pl.col("programme").fill_null(programme),
        (told_where if contract.has_territory else pl.lit(None, pl.String)).alias("territory"),
        pl.coalesce(key, _instead_of_key(contract)).alias("key"),
    )
    return (
        found.unique(maintain_order=True).join(where, on="row", how="left", maintain_order="left").sort("row")
    )


def _instead_of_key(contract: Contract) -> pl.Expr:
    """What the row says of anything but the person, and its rank among those that say the same."""
    columns = [column for column in contract.columns if column.name not in contract.subject.columns]
    cells = (
        pl.col(column.name).list.join(",") if column.kind is Kind.CHOICES else pl.col(column.name)
        for column in columns
        if column.kind is not Kind.FREE_TEXT
    )
    text = pl.concat_str(
        pl.lit(""), *(cell.cast(pl.String).fill_null("") for cell in cells), separator="\x1f"
    )
    return pl.concat_str(text, pl.int_range(pl.len()).over(text), separator="\x1f")


def refusals_of(
    faults: pl.DataFrame, contract: Contract, source: Source, reference: Reference
) -> pl.DataFrame:
    """Findings with their messages, by row, then as the contract orders its columns, rules on rows last."""
    order = {column.name: place for place, column in enumerate(contract.columns)}
    sentences = faults.select("column", "code").unique()
    texts = [message(code, column, contract, source, reference) for column, code in sentences.iter_rows()]
    sentences = sentences.with_columns(pl.Series("message", texts, dtype=pl.String))
    place = pl.col("column").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return (
        faults.join(sentences, on=["column", "code"], nulls_equal=True, maintain_order="left", how="left")
        .sort("row", place, "code")
        .with_columns(pl.col("code").replace(TOLD_AS))
    )
