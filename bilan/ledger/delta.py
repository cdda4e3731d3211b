"""The ledger as a Delta table: append-only, its history never cleaned, one commit per batch.

The data file is written first, under the batch's name; the commit that adds it carries the batch's
record. Between the two the journal notes the file's SHA-256, so that a run killed at any moment can
be carried on by making the same commit of the same bytes.
"""

import json
import os
import time
from pathlib import Path

import polars as pl
from deltalake import CommitProperties, DeltaTable, Field, PostCommitHookProperties, Schema
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction

from bilan.ledger.chain import BatchRecord, DataFile, sha256_of
from bilan.ledger.events import NULLABLE, SCHEMA, empty_events
from bilan.ledger.port import Commit, LedgerError, only

BATCH_FIELD = "bilan_batch"
LOG_FOLDER = "_delta_log"
CONFIGURATION = {
    "delta.appendOnly": "true",
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.checkpointInterval": "100",
}
_TYPES = {pl.Int64(): "long", pl.Date(): "date", pl.String(): "string", SCHEMA["recordedtime"]: "timestamp"}
_AFTER_COMMIT = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)


class DeltaLedger:
    """`Ledger`, in a folder. One writer at a time: the caller holds the home's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._table: DeltaTable | None = None

    def version(self) -> int:
        """See `Ledger`."""
        table = self._fresh()
        return table.version() if table else -1

    def create(self) -> Commit:
        """See `Ledger`."""
        if self._fresh() is None:
            self._table = DeltaTable.create(
                self.folder, _delta_schema(), mode="error", configuration=CONFIGURATION
            )
        return self._commit_of(0)

    def events(self, *, source: str | None = None, log: str | None = None) -> pl.DataFrame:
        """See `Ledger`."""
        table = self._fresh()
        files = table.file_uris() if table else []
        if not files:
            return empty_events()
        wanted = only(source, log)
        return pl.scan_parquet(files).filter(wanted).select(*SCHEMA).sort("sequence").collect()

    def last_told(self) -> pl.DataFrame:
        """source, log, last: the date of the last statement of each."""
        table = self._fresh()
        files = table.file_uris() if table else []
        events = pl.scan_parquet(files) if files else empty_events().lazy()
        return events.group_by("source", "log").agg(last=pl.col("reporteddate").max()).collect()

    def stage(self, events: pl.DataFrame, record: BatchRecord) -> tuple[DataFile, ...]:
        """See `Ledger`."""
        file = self.folder / f"{part_prefix(record.number)}{record.id}.parquet"
        events.select(*SCHEMA).write_parquet(file, compression="zstd", compression_level=1, statistics=True)
        with file.open("rb") as written:
            os.fsync(written.fileno())
        return (DataFile(file.name, sha256_of(file), file.stat().st_size, events.height),)

    def commit(self, record: BatchRecord, files: tuple[DataFile, ...]) -> Commit:
        """See `Ledger`. Raises LedgerError when staged bytes are missing or have changed."""
        self.create()
        table = self._fresh()
        if table is None:
            raise LedgerError("Le grand livre n'a pas pu être créé.")
        table.create_write_transaction(
            [self._added(record, file) for file in files],
            "append",
            table.schema(),
            commit_properties=CommitProperties(custom_metadata={BATCH_FIELD: record.to_json()}),
            post_commithook_properties=_AFTER_COMMIT,
        )
        return self._commit_of(self.version())

    def last(self) -> tuple[BatchRecord, Commit] | None:
        """See `Ledger`. Commits that are no batch (creation, compaction) are passed over."""
        for version in range(self.version(), 0, -1):
            record = read_record(commit_file(self.folder, version))
            if record is not None:
                return record, self._commit_of(version)
        return None

    def last_sequence(self, version: int) -> int:
        """The sequence of the last event that the ledger held at a version; 0 before any batch."""
        for earlier in range(min(version, self.version()), 0, -1):
            record = read_record(commit_file(self.folder, earlier))
            if record is not None:
                return record.last_sequence
        return 0

    def row_hashes(self, version: int) -> list[str]:
        """The `row_hash` of each event that the ledger held at a version, by sequence."""
        table = self._fresh()
        files = table.file_uris() if table else []
        if not files:
            return []
        held = pl.col("sequence") <= self.last_sequence(version)
        rows = pl.scan_parquet(files).filter(held).select("sequence", "row_hash").sort("sequence").collect()
        return rows["row_hash"].to_list()

    def forget_staged(self, number: int) -> None:
        """See `Ledger`. A reader that lists the folder must not find events that never were."""
        table = self._fresh()
        committed = {Path(uri).name for uri in table.file_uris()} if table else set()
        for file in self.folder.glob(f"{part_prefix(number)}*.parquet"):
            if file.name not in committed:
                file.unlink()

    def append(self, events: pl.DataFrame, record: BatchRecord) -> int:
        """See `Ledger`."""
        self.create()
        return self.commit(record, self.stage(events, record)).version

    def _fresh(self) -> DeltaTable | None:
        if self._table is not None:
            self._table.update_incremental()
        elif DeltaTable.is_deltatable(str(self.folder)):
            self._table = DeltaTable(self.folder)
        return self._table

    def _commit_of(self, version: int) -> Commit:
        return Commit(version, sha256_of(commit_file(self.folder, version)))

    def _added(self, record: BatchRecord, file: DataFile) -> AddAction:
        place = self.folder / file.path
        if not place.is_file() or sha256_of(place) != file.sha256:
            raise LedgerError(f"Lot {record.number} : ses données ({file.path}) manquent ou ont changé.")
        return AddAction(
            path=file.path,
            size=file.size,
            partition_values={},
            modification_time=int(time.time() * 1000),
            data_change=True,
            stats=json.dumps({"numRecords": file.rows}),
        )


def part_prefix(number: int) -> str:
    """How the data files of a batch are named."""
    return f"part-{number:06d}-"


def commit_file(folder: Path, version: int) -> Path:
    """Where Delta writes a commit."""
    return folder / LOG_FOLDER / f"{version:020d}.json"


def read_record(file: Path) -> BatchRecord | None:
    """The batch that a commit file carries, if it carries one. Raises LedgerError when it can't be read."""
    try:
        first = json.loads(file.read_text().split("\n", 1)[0])
        text = first["commitInfo"].get(BATCH_FIELD)
        return BatchRecord.from_json(text) if text is not None else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise LedgerError(f"Le commit {file.name} du grand livre manque ou est illisible.") from None


def _delta_schema() -> Schema:
    return Schema(
        [Field(name, PrimitiveType(_TYPES[kind]), nullable=name in NULLABLE) for name, kind in SCHEMA.items()]
    )
