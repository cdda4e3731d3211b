"""The frames that rules are evaluated over: nothing nominative goes in.

The person a row speaks of is there as a digest under a key that is drawn for the batch and then
forgotten: equal within the batch, of no use outside it.
"""

import hashlib
import secrets
from collections.abc import Sequence

import polars as pl

from bilan.contracts import CONTRACTS, Contract, Kind
from bilan.cube import KEY
from bilan.intake import Reference, Statement
from bilan.intake.permissions import CONSENT_NEEDED, with_permissions
from expectations.engine import ROW
from expectations.landed import (
    FILE,
    LAST_DAY,
    NAMED_WITHOUT_CONSENT,
    PROGRAMME_START,
    SEPARATOR,
    STATEMENT_DATE,
    SUBJECT,
    landed_columns,
)

SHEET_ROW = "sheet_row"
WITHOUT_PERIOD = [name for name in KEY if name not in ("period_kind", "period_start")]
WITHOUT_TERRITORY = [name for name in KEY if name != "territory"]


def landed_batch(statements: Sequence[Statement], reference: Reference) -> pl.DataFrame:
    """The accepted rows of statements of one log, exact repeats left out, as `landed_rules` expects them.

    `row` numbers the rows of the batch; `file` (place in `statements`, from 0) and `sheet_row` say
    where each comes from.
    """
    starts = pl.DataFrame(
        {"programme": list(reference.programmes), PROGRAMME_START: list(reference.programmes.values())}
    )
    key = secrets.token_bytes(32)
    parts = [_rows(statement, place, starts, key, reference) for place, statement in enumerate(statements)]
    return pl.concat(parts).with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))


def _rows(
    statement: Statement, place: int, starts: pl.DataFrame, key: bytes, reference: Reference
) -> pl.DataFrame:
    contract = CONTRACTS[statement.source.log]
    rows = statement.accepted.filter(~pl.col("repeat"))
    rows = with_permissions(rows, contract, statement.source, reference)
    return rows.join(starts, on="programme", how="left", maintain_order="left").select(
        pl.lit(place, dtype=pl.Int64).alias(FILE),
        pl.lit(statement.source.statement_date).alias(STATEMENT_DATE),
        pl.col("row").alias(SHEET_ROW),
        *_kept(contract),
        "programme",
        *(["territoire"] if contract.has_territory else []),
        PROGRAMME_START,
        _last_day(contract.principal_date),
        _subject_digest(rows, key),
        *_consent(contract),
    )


def _kept(contract: Contract) -> list[pl.Expr]:
    """The columns that name nobody, in the types that the rules compare."""
    kept: list[pl.Expr] = []
    for column in landed_columns(contract):
        match column.kind:
            case Kind.CHOICES:
                kept.append(pl.col(column.name).list.join(SEPARATOR))
            case Kind.DECIMAL:
                kept.append(pl.col(column.name).cast(pl.Float64))
            case Kind.DATE:
                kept += [pl.col(column.name), pl.col(f"{column.name}_precision")]
            case _:
                kept.append(pl.col(column.name))
    return kept


def _last_day(name: str) -> pl.Expr:
    """The last possible day of the principal date, given its precision."""
    precision = pl.col(f"{name}_precision")
    month_end = pl.col(name).dt.month_end()
    year_end = pl.date(pl.col(name).dt.year(), 12, 31)
    return (
        pl.when(precision == "year")
        .then(year_end)
        .when(precision == "month")
        .then(month_end)
        .otherwise(pl.col(name))
        .alias(LAST_DAY)
    )


def _subject_digest(rows: pl.DataFrame, key: bytes) -> pl.Series:
    """One digest per person of the batch: by name, else by the sender's reference."""
    persons = rows.select(
        pl.coalesce("name:" + pl.col("subject_key"), "ref:" + pl.col("subject_ref"))
    ).to_series()
    digests = {
        person: hashlib.blake2b(person.encode(), key=key, digest_size=16).hexdigest()
        for person in persons.unique().drop_nulls()
    }
    return persons.replace_strict(digests, default=None, return_dtype=pl.String).alias(SUBJECT)


def _consent(contract: Contract) -> list[pl.Expr]:
    """Whether a row names somebody who refused to be named, where the protocol asks for consent."""
    consent = contract.subject.consent
    if consent is None:
        return []
    named = pl.any_horizontal(pl.col(name).is_not_null() for name in contract.subject.named_columns)
    refused = ~pl.col(consent).fill_null(value=True)
    return [(named & refused & pl.col(CONSENT_NEEDED)).alias(NAMED_WITHOUT_CONSENT)]


def kpi_batch(values: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The exact KPI values with what `kpi_rules` compares them to.

    Adds `row` (1-based), `format` of the catalogue, `has_value`, `is_share` (a part of
    something counted), `fraction` (what is beyond the whole number), `total` (the same figure over the
    whole programme) and `everywhere` (the same over all territories).
    """
    whole = values.filter(pl.col("period_kind") == "total")
    totals = whole.select(*WITHOUT_PERIOD, total="value").unique(WITHOUT_PERIOD)
    everywhere = values.filter(pl.col("territory").is_null())
    sums = everywhere.select(*WITHOUT_TERRITORY, everywhere="value").unique(WITHOUT_TERRITORY)
    return (
        values.join(catalogue.select("code", "format"), on="code", how="left", maintain_order="left")
        .join(totals, on=WITHOUT_PERIOD, how="left", nulls_equal=True, maintain_order="left")
        .join(sums, on=WITHOUT_TERRITORY, how="left", nulls_equal=True, maintain_order="left")
        .with_row_index(ROW, offset=1)
        .with_columns(
            pl.col(ROW).cast(pl.Int64),
            has_value=pl.col("value").is_not_null(),
            is_share=pl.col("numerator").is_not_null(),
            fraction=pl.col("value") % 1,
        )
    )
