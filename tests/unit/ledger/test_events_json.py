import hashlib
import json
import uuid
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.ledger.chain import BatchRecord, StatementFile
from bilan.ledger.events import NULLABLE, SCHEMA, canonical_json, random_ids, row_hashes
from tests.thorough import examples

FREE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
PLAIN = st.text("0123456789abcdef-._", min_size=1, max_size=8)
DATA = st.dictionaries(
    FREE, st.none() | st.booleans() | st.integers(-5, 5) | FREE | st.lists(FREE, max_size=2)
)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def values(name: str) -> st.SearchStrategy[Any]:
    if name == "data":
        return DATA
    kind = SCHEMA[name]
    if kind == pl.Int64:
        return st.integers(0, 2**60)
    if kind == pl.Date:
        return st.dates(date(1900, 1, 1), date(2200, 1, 1))
    if isinstance(kind, pl.Datetime):
        return st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    text = FREE if name in {"source", "programme", "territory"} else PLAIN
    return st.none() | text if name in NULLABLE else text


EVENTS = st.lists(st.fixed_dictionaries({name: values(name) for name in SCHEMA}), min_size=1, max_size=4)


def plain(event: dict[str, Any]) -> dict[str, Any]:
    """An event as json.dumps takes it."""
    cells = {name: value for name, value in event.items() if name != "row_hash"}
    for name in ("time", "reporteddate"):
        cells[name] = cells[name].isoformat()
    cells["recordedtime"] = cells["recordedtime"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return cells


@given(EVENTS)
@settings(deadline=None, max_examples=examples(60))
def test_canonical_json_is_what_json_dumps_prints(events: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame([e | {"data": canonical(e["data"])} for e in events], schema=SCHEMA)
    expected = [canonical(plain(event)) for event in events]
    assert canonical_json(frame).to_list() == expected
    assert row_hashes(frame).to_list() == [hashlib.sha256(text.encode()).hexdigest() for text in expected]


def test_ids_are_random_uuids() -> None:
    ids = random_ids(500)
    assert len(set(ids)) == 500
    assert {uuid.UUID(one).version for one in ids} == {4}
    assert all(str(uuid.UUID(one)) == one for one in ids)


def test_a_record_survives_its_json() -> None:
    record = BatchRecord(1, "b", "0", "2026", 1, 3, "ff", (StatementFile("ab", "SPAL", "x", "2010-01-31"),))
    assert BatchRecord.from_json(record.to_json()) == record
    assert record.to_json() == canonical(json.loads(record.to_json()))
