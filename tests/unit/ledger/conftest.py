from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from bilan.ledger.chain import GENESIS, BatchRecord, StatementFile
from bilan.ledger.events import ASSERT, DRAFT_COLUMNS, SCHEMA, chain_rows, number_events, random_ids


@pytest.fixture
def drafts() -> Callable[..., pl.DataFrame]:
    """Drafts of events, one per natural key given; other columns by name."""

    def make(*keys: str, **columns: Any) -> pl.DataFrame:
        common: dict[str, Any] = {
            "source": "SPAL",
            "log": "arrestations",
            "type": "mobilis.arrest.made.v1",
            "subject": "p_1",
            "time": date(2010, 3, 1),
            "time_precision": "day",
            "reporteddate": date(2010, 3, 31),
            "programme": "MOBILIS",
            "territory": "Longueuil",
            "action": ASSERT,
            "supersedes": None,
            "data": '{"gang":null}',
        }
        cells = [common | columns | {"natural_key": key} for key in keys]
        return pl.DataFrame(cells, schema={name: SCHEMA[name] for name in DRAFT_COLUMNS})

    return make


@pytest.fixture
def batch() -> Callable[..., tuple[pl.DataFrame, BatchRecord]]:
    """Drafts as the batch that follows another."""

    def make(drafts: pl.DataFrame, before: BatchRecord | None = None) -> tuple[pl.DataFrame, BatchRecord]:
        now, batch_id = datetime.now(UTC), random_ids(1)[0]
        first = before.last_sequence + 1 if before else 1
        events = number_events(drafts, batch=batch_id, first_sequence=first, recordedtime=now)
        record = BatchRecord(
            number=before.number + 1 if before else 1,
            id=batch_id,
            previous=before.hash if before else GENESIS,
            recordedtime=now.isoformat(),
            first_sequence=first,
            events=events.height,
            rows_hash=chain_rows(events["row_hash"]),
            files=(StatementFile("ab" * 32, "SPAL", "arrestations", "2010-03-31"),),
        )
        return events, record

    return make
