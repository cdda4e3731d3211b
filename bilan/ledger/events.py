"""The event as the ledger stores it: its columns, its canonical JSON and the hash of a row.

Canonical JSON is what `json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`
prints: dates as YYYY-MM-DD, `recordedtime` with six decimals and Z, `data` as the object it holds,
nulls kept, decimals as strings. It is composed a column at a time; a test holds it against json.dumps.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from datetime import datetime

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "sequence": pl.Int64(),  # 1, 2, 3... over the whole ledger
    "id": pl.String(),
    "source": pl.String(),
    "log": pl.String(),
    "type": pl.String(),
    "subject": pl.String(),
    "time": pl.Date(),
    "time_precision": pl.String(),
    "recordedtime": pl.Datetime("us", "UTC"),
    "reporteddate": pl.Date(),
    "programme": pl.String(),
    "territory": pl.String(),
    "batch": pl.String(),
    "natural_key": pl.String(),
    "action": pl.String(),
    "supersedes": pl.String(),
    "data": pl.String(),
    "row_hash": pl.String(),
}
NULLABLE = frozenset({"subject", "programme", "territory", "supersedes"})
DRAFT_COLUMNS = tuple(
    name for name in SCHEMA if name not in {"sequence", "id", "recordedtime", "batch", "row_hash"}
)
_HASHED = sorted(set(SCHEMA) - {"row_hash"})
_UUID_BYTES, _UUID_PARTS = 16, ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))
_VERSION = bytes(byte & 0x0F | 0x40 for byte in range(256))
_VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))
_FREE = ("source", "programme", "territory")  # may hold what JSON must escape; few distinct values

ASSERT, CORRECT, RETRACT = "assert", "correct", "retract"


def empty_events() -> pl.DataFrame:
    """No event."""
    return pl.DataFrame(schema=SCHEMA)


def number_events(
    drafts: pl.DataFrame, *, batch: str, first_sequence: int, recordedtime: datetime
) -> pl.DataFrame:
    """Drafts (DRAFT_COLUMNS, in the order they are to stand) as events of a batch."""
    numbered = drafts.with_columns(
        pl.Series("sequence", range(first_sequence, first_sequence + drafts.height), dtype=pl.Int64),
        random_ids(drafts.height),
        pl.lit(recordedtime).cast(SCHEMA["recordedtime"]).alias("recordedtime"),
        pl.lit(batch).alias("batch"),
    )
    return numbered.with_columns(row_hashes(numbered)).select(*SCHEMA)


def random_ids(count: int) -> pl.Series:
    """Version 4 UUIDs (RFC 9562), `count` of them from one draw of randomness; named id."""
    drawn = bytearray(os.urandom(_UUID_BYTES * count))
    drawn[6::_UUID_BYTES] = bytes(drawn[6::_UUID_BYTES]).translate(_VERSION)
    drawn[8::_UUID_BYTES] = bytes(drawn[8::_UUID_BYTES]).translate(_VARIANT)
    ids = [bytes(drawn[at : at + _UUID_BYTES]) for at in range(0, len(drawn), _UUID_BYTES)]
    digits = pl.DataFrame({"digits": pl.Series(ids, dtype=pl.Binary).bin.encode("hex")})
    parts = [pl.col("digits").str.slice(start, length) for start, length in _UUID_PARTS]
    return digits.select(pl.concat_str(parts, separator="-").alias("id"))["id"]


def row_hashes(events: pl.DataFrame) -> pl.Series:
    """The SHA-256, in hexadecimal, of each event's canonical JSON; named row_hash."""
    texts = canonical_json(events).cast(pl.Binary)
    sha256 = hashlib.sha256
    return pl.Series("row_hash", [sha256(text).hexdigest() for text in texts], dtype=pl.String)


def canonical_json(events: pl.DataFrame) -> pl.Series:
    """Each event's canonical JSON, `row_hash` left out."""
    few = [json_strings(events[name]) for name in _FREE]
    few += [_per_distinct(events[name], _date_texts) for name in ("time", "reporteddate")]
    few.append(_per_distinct(events["recordedtime"], _moment_texts))
    pieces: list[pl.Expr] = []
    for position, name in enumerate(_HASHED):
        opening = "{" if position == 0 else ","
        pieces += [pl.lit(f'{opening}"{name}":'), _value(name)]
    texts = events.with_columns(few)
    return texts.select(pl.concat_str([*pieces, pl.lit("}")]).alias("json"))["json"]


def _value(name: str) -> pl.Expr:
    column = pl.col(name)
    if name in _FREE or name == "data" or SCHEMA[name].is_temporal():
        return column  # already JSON
    if name == "sequence":
        return column.cast(pl.String)
    quoted = pl.concat_str(pl.lit('"'), column, pl.lit('"'))
    return quoted.fill_null("null") if name in NULLABLE else quoted


def json_strings(column: pl.Series) -> pl.Series:
    """Each value as a JSON string, null as `null`."""
    return _per_distinct(column, _json_texts)


def _per_distinct(column: pl.Series, texts: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`texts` of a column that holds few distinct values; it is asked once for each."""
    distinct = column.unique().alias("value")
    mapped = pl.DataFrame([distinct, texts(distinct).alias("text")])
    cells = column.alias("value").to_frame()
    joined = cells.join(mapped, on="value", how="left", nulls_equal=True, maintain_order="left")
    return joined["text"].alias(column.name)


def _json_texts(values: pl.Series) -> pl.Series:
    return pl.Series([json.dumps(value, ensure_ascii=False) for value in values], dtype=pl.String)


def _date_texts(values: pl.Series) -> pl.Series:
    return values.dt.strftime('"%Y-%m-%d"')


def _moment_texts(values: pl.Series) -> pl.Series:
    return values.dt.strftime('"%Y-%m-%dT%H:%M:%S%.6fZ"')


def chain_rows(row_hashes_in_order: Iterable[str]) -> str:
    """One SHA-256 over a batch's row hashes, in the order of their sequence."""
    return hashlib.sha256("".join(row_hashes_in_order).encode("ascii")).hexdigest()
