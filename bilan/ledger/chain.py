"""The record of a batch, each naming the hash of the one before: the ledger's chain."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
_BLOCK = 1 << 20


@dataclass(frozen=True)
class StatementFile:
    """The partner's file that a batch comes from; its bytes are known by their SHA-256 alone."""

    sha256: str
    sender: str
    log: str
    statement_date: str  # YYYY-MM-DD


@dataclass(frozen=True)
class BatchRecord:
    """What a batch holds, written in the ledger's commit and in the vault's journal alike."""

    number: int  # 1, 2, 3...
    id: str
    previous: str  # hash of the record before, GENESIS for the first
    recordedtime: str
    first_sequence: int
    events: int
    rows_hash: str  # `events.chain_rows`
    files: tuple[StatementFile, ...]

    @property
    def hash(self) -> str:
        """The SHA-256 of the record's canonical JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @property
    def last_sequence(self) -> int:
        """The sequence of the batch's last event."""
        return self.first_sequence + self.events - 1

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, compact."""
        return canonical(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "BatchRecord":
        """The record that `to_json` printed. Raises ValueError, KeyError or TypeError otherwise."""
        fields = json.loads(text)
        files = tuple(StatementFile(**file) for file in fields.pop("files"))
        return cls(files=files, **fields)


@dataclass(frozen=True)
class DataFile:
    """A data file of the ledger, as it was written."""

    path: str  # relative to the ledger's folder
    sha256: str
    size: int
    rows: int


def files_to_json(files: tuple[DataFile, ...]) -> str:
    """Canonical JSON of data files."""
    return canonical([asdict(file) for file in files])


def files_from_json(text: str) -> tuple[DataFile, ...]:
    """The data files that `files_to_json` printed."""
    return tuple(DataFile(**file) for file in json.loads(text))


def canonical(value: Any) -> str:
    """JSON with sorted keys, compact, UTF-8 as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, read by blocks."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
