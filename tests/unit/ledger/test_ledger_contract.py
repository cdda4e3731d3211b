"""What every ledger does; each implementation runs the whole of it."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bilan.ledger.chain import BatchRecord
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.events import SCHEMA
from bilan.ledger.memory import MemoryLedger
from bilan.ledger.port import Ledger, LedgerError

Drafts = Callable[..., pl.DataFrame]
Batch = Callable[..., tuple[pl.DataFrame, BatchRecord]]


@pytest.fixture(params=["memory", "delta"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    (tmp_path / "ledger").mkdir()
    return MemoryLedger() if request.param == "memory" else DeltaLedger(tmp_path / "ledger")


def test_before_it_is_made_it_is_empty(ledger: Ledger) -> None:
    assert ledger.version() == -1
    assert ledger.last() is None
    assert_frame_equal(ledger.events(), pl.DataFrame(schema=SCHEMA))


def test_making_it_twice_finds_the_same_commit(ledger: Ledger) -> None:
    assert ledger.create() == ledger.create()
    assert ledger.version() == 0
    assert ledger.last() is None


def test_what_is_appended_is_read_back_in_order(ledger: Ledger, drafts: Drafts, batch: Batch) -> None:
    one, first = batch(drafts("a", "b", territory=None, subject=None))
    two, second = batch(drafts("c", time_precision="month"), first)
    assert ledger.append(one, first) == 1
    assert ledger.append(two, second) == 2
    assert ledger.version() == 2
    assert_frame_equal(ledger.events(), pl.concat([one, two]))


def test_events_of_one_source_and_log(ledger: Ledger, drafts: Drafts, batch: Batch) -> None:
    events, record = batch(pl.concat([drafts("a"), drafts("b", source="CJM"), drafts("c", log="identity")]))
    ledger.append(events, record)
    assert ledger.events(source="SPAL")["natural_key"].to_list() == ["a", "c"]
    assert ledger.events(source="SPAL", log="arrestations")["natural_key"].to_list() == ["a"]


def test_what_is_staged_is_not_seen_until_it_is_committed(
    ledger: Ledger, drafts: Drafts, batch: Batch
) -> None:
    ledger.create()
    events, record = batch(drafts("a"))
    files = ledger.stage(events, record)
    assert sum(file.rows for file in files) == 1
    assert ledger.version() == 0
    assert ledger.events().is_empty()
    commit = ledger.commit(record, files)
    assert commit.version == 1
    assert ledger.events()["natural_key"].to_list() == ["a"]


def test_what_was_staged_in_vain_is_forgotten(ledger: Ledger, drafts: Drafts, batch: Batch) -> None:
    one, first = batch(drafts("a"))
    ledger.append(one, first)
    two, second = batch(drafts("b"), first)
    files = ledger.stage(two, second)
    ledger.forget_staged(1)
    ledger.forget_staged(2)
    with pytest.raises(LedgerError):
        ledger.commit(second, files)
    assert ledger.events()["natural_key"].to_list() == ["a"]


def test_it_knows_its_newest_batch(ledger: Ledger, drafts: Drafts, batch: Batch) -> None:
    one, first = batch(drafts("a"))
    two, second = batch(drafts("b"), first)
    ledger.append(one, first)
    commit = ledger.commit(second, ledger.stage(two, second))
    assert ledger.last() == (second, commit)


def test_what_was_not_staged_is_not_committed(ledger: Ledger, drafts: Drafts, batch: Batch) -> None:
    ledger.create()
    one, first = batch(drafts("a"))
    files = ledger.stage(one, first)
    ledger.commit(first, files)
    _, second = batch(drafts("b"), first)
    missing = tuple(type(file)("none.parquet", file.sha256, file.size, file.rows) for file in files)
    with pytest.raises(LedgerError):
        ledger.commit(second, missing)
    assert ledger.version() == 1


@pytest.mark.integration
def test_many_commits_are_read_by_a_ledger_opened_anew(tmp_path: Path, drafts: Drafts, batch: Batch) -> None:
    """Past the first checkpoint, and by a second reader that was open all along."""
    (tmp_path / "ledger").mkdir()
    writer, reader = DeltaLedger(tmp_path / "ledger"), DeltaLedger(tmp_path / "ledger")
    before: BatchRecord | None = None
    for number in range(105):
        events, before = batch(drafts(f"k{number}"), before)
        writer.append(events, before)
        if number == 3:
            assert reader.version() == 4
    assert reader.version() == DeltaLedger(tmp_path / "ledger").version() == 105
    assert reader.events()["sequence"].to_list() == list(range(1, 106))
