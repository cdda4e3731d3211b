"""From accepted rows to candidate events, as the contract's EventSpecs say; a column at a time."""

from datetime import date

import polars as pl

from bilan.contracts import Contract, EventSpec, Kind
from bilan.ledger.decide import CANDIDATE_SCHEMA
from bilan.ledger.events import json_strings

_NULL = pl.lit("null")


def hashed(name: str) -> str:
    """The column that holds the keyed hashes of a column of numbers."""
    return f"hash:{name}"


def candidate_events(contract: Contract, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """The events that rows yield (CANDIDATE_SCHEMA), by row then in the contract's order.

    `rows`: intake's accepted columns, with `natural_key`, `subject` (token) and, for each column of
    numbers, `hashed(name)`. A date that the
    contract lets be missing becomes the month of the statement (`day`), and the event says so.
    """
    names = sorted({name for spec in contract.events for name in spec.data})
    texts = rows.with_columns(_json_column(contract, name, rows).alias(_json(name)) for name in names)
    frames = [
        _events_of(contract, spec, texts, day).with_columns(order=pl.lit(place))
        for place, spec in enumerate(contract.events)
    ]
    return pl.concat(frames).sort("row", "order").select(*CANDIDATE_SCHEMA)


def _events_of(contract: Contract, spec: EventSpec, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    yielding = rows.filter(_condition(spec))
    derived = pl.col(spec.time).is_null() if spec.derives_time else pl.lit(False)
    month = pl.lit(day.replace(day=1))
    precision = pl.when(derived).then(pl.lit("month")).otherwise(pl.col(f"{spec.time}_precision"))
    return yielding.select(
        "row",
        pl.lit(spec.type).alias("type"),
        "natural_key",
        "subject",
        pl.when(derived).then(month).otherwise(pl.col(spec.time)).alias("time"),
        precision.alias("time_precision"),
        "programme",
        territory_of(contract),
        _data(contract, spec, derived).alias("data"),
        derived.alias("derived"),
    )


def territory_of(contract: Contract) -> pl.Expr:
    """The accepted rows' `territory`; null of a log whose rows are of no place."""
    territory = pl.col("territoire") if contract.has_territory else pl.lit(None, pl.String)
    return territory.alias("territory")


def _condition(spec: EventSpec) -> pl.Expr:
    condition = pl.lit(True)
    if spec.when is not None:
        column, values = spec.when
        condition = condition & pl.col(column).is_in(list(values))
    if spec.when_present is not None:
        condition = condition & pl.col(spec.when_present).is_not_null()
    return condition


def _data(contract: Contract, spec: EventSpec, derived: pl.Expr) -> pl.Expr:
    """The payload as canonical JSON."""
    fields = {name: pl.col(_json(name)) for name in spec.data}
    for name in spec.data:
        if contract.column(name).kind is Kind.DATE:
            fields[f"{name}_precision"] = _quoted(pl.col(f"{name}_precision"))
    if spec.derives_time:
        fields["date_deduite"] = _boolean(derived)
    pieces: list[pl.Expr] = []
    for place, name in enumerate(sorted(fields)):
        pieces += [pl.lit(f'{"," if place else "{"}"{name}":'), fields[name]]
    return pl.concat_str([*pieces, pl.lit("}")])


def _json(name: str) -> str:
    return f"json:{name}"


def _json_column(contract: Contract, name: str, rows: pl.DataFrame) -> pl.Series:
    """A column's cells as JSON values."""
    column, kind = rows[name], contract.column(name).kind
    match kind:
        case Kind.NUMBER:
            value = _quoted(pl.col(hashed(name)))
        case Kind.DATE:
            value = _quoted(pl.lit(column).dt.strftime("%Y-%m-%d"))
        case Kind.YES_NO:
            value = _boolean(pl.lit(column))
        case Kind.INTEGER:
            value = pl.lit(column).cast(pl.String).fill_null(_NULL)
        case Kind.CHOICES:
            return _json_lists(column)
        case _:
            return json_strings(column)
    return rows.select(value.alias(name))[name]


def _json_lists(column: pl.Series) -> pl.Series:
    """Lists of strings as JSON arrays; few are distinct."""
    joined = column.list.eval(pl.element().sort()).list.join("\x1f")
    texts = {value: json_strings(pl.Series(value.split("\x1f"))) for value in joined.drop_nulls().unique()}
    arrays = {value: f"[{','.join(parts)}]" for value, parts in texts.items()}
    return joined.replace_strict(arrays, default=None, return_dtype=pl.String).fill_null("null")


def _quoted(text: pl.Expr) -> pl.Expr:
    """Text that needs no escape."""
    return pl.concat_str(pl.lit('"'), text, pl.lit('"')).fill_null(_NULL)


def _boolean(value: pl.Expr) -> pl.Expr:
    return pl.when(value.is_null()).then(_NULL).when(value).then(pl.lit("true")).otherwise(pl.lit("false"))
