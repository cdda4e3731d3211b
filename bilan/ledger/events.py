"""The event as the ledger stores it: its columns, its canonical JSON and the hash of a row.

Canonical JSON is what `json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`
prints: dates as YYYY-MM-DD, `recordedtime` with six decimals and Z, `data` as the object it holds,
nulls kept, decimals as strings. It is composed a column at a time; a test holds it against json.dumps.
"""

import hashlib
import json
import os
from collections.abc import Iterable
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
        pl.Series("id", random_ids(drafts.height), dtype=pl.String),
        pl.lit(recordedtime).cast(SCHEMA["recordedtime"]).alias("recordedtime"),
        pl.lit(batch).alias("batch"),
    )
    return numbered.with_columns(row_hashes(numbered)).select(*SCHEMA)


def random_ids(count: int) -> list[str]:
    """Version 4 UUIDs, `count` of them from one draw of randomness."""
    digits = os.urandom(16 * count).hex()
    variants = "89ab"
    return [
        f"{d[:8]}-{d[8:12]}-4{d[13:16]}-{variants[int(d[16], 16) & 3]}{d[17:20]}-{d[20:]}"
        for d in (digits[at : at + 32] for at in range(0, 32 * count, 32))
    ]


def row_hashes(events: pl.DataFrame) -> pl.Series:
    """The SHA-256, in hexadecimal, of each event's canonical JSON; named row_hash."""
    texts = canonical_json(events).cast(pl.Binary)
    sha256 = hashlib.sha256
    return pl.Series("row_hash", [sha256(text).hexdigest() for text in texts], dtype=pl.String)


def canonical_json(events: pl.DataFrame) -> pl.Series:
    """Each event's canonical JSON, `row_hash` left out."""
    escaped = events.with_columns(json_strings(events[name]) for name in _FREE)
    pieces: list[pl.Expr] = []
    for position, name in enumerate(_HASHED):
        opening = "{" if position == 0 else ","
        pieces += [pl.lit(f'{opening}"{name}":'), _value(name)]
    return escaped.select(pl.concat_str([*pieces, pl.lit("}")]).alias("json"))["json"]


def _value(name: str) -> pl.Expr:
    column = pl.col(name)
    if name in _FREE or name == "data":
        return column  # already JSON
    if name == "sequence":
        return column.cast(pl.String)
    if name == "recordedtime":
        return column.dt.strftime('"%Y-%m-%dT%H:%M:%S%.6fZ"')
    if SCHEMA[name] == pl.Date:
        return column.dt.strftime('"%Y-%m-%d"')
    quoted = pl.concat_str(pl.lit('"'), column, pl.lit('"'))
    return quoted.fill_null("null") if name in NULLABLE else quoted


def json_strings(column: pl.Series) -> pl.Series:
    """Each value as a JSON string, null as `null`; the work is done once per distinct value."""
    distinct = column.unique()
    texts = [json.dumps(value, ensure_ascii=False) for value in distinct]
    mapped = pl.DataFrame({"value": distinct, "json": pl.Series(texts, dtype=pl.String)})
    cells = column.alias("value").to_frame()
    joined = cells.join(mapped, on="value", how="left", nulls_equal=True, maintain_order="left")
    return joined["json"].alias(column.name)


def chain_rows(row_hashes_in_order: Iterable[str]) -> str:
    """One SHA-256 over a batch's row hashes, in the order of their sequence."""
    return hashlib.sha256("".join(row_hashes_in_order).encode("ascii")).hexdigest()
