"""The ledger's history as its commit files tell it, read without any library that might repair it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilan.ledger.chain import BatchRecord, sha256_of
from bilan.ledger.delta import BATCH_FIELD, LOG_FOLDER

CREATE, WRITE, OPTIMIZE = "CREATE TABLE", "WRITE", "OPTIMIZE"
_COMMIT_NAME = re.compile(r"(\d{20})\.json")


@dataclass(frozen=True)
class CommitFile:
    """One commit: what it says it did, and the files it adds and removes."""

    version: int
    name: str
    sha256: str
    operation: str  # empty when the file can't be read
    record: BatchRecord | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changes_data: bool = False
    other_actions: tuple[str, ...] = ()  # such as metaData, protocol


def read_history(folder: Path) -> list[CommitFile]:
    """Every commit file there is, by version."""
    files = (folder / LOG_FOLDER).glob("*.json") if (folder / LOG_FOLDER).is_dir() else ()
    named = ((match, file) for file in files if (match := _COMMIT_NAME.fullmatch(file.name)))
    return sorted((_read(int(match[1]), file) for match, file in named), key=lambda commit: commit.version)


def live_files(history: Iterable[CommitFile]) -> set[str]:
    """The data files that the commits leave standing."""
    live: set[str] = set()
    for commit in history:
        live = (live - set(commit.removed)) | set(commit.added)
    return live


def _read(version: int, file: Path) -> CommitFile:
    digest = sha256_of(file)
    try:
        return _parsed(version, file.name, digest, [json.loads(line) for line in file.open() if line.strip()])
    except (ValueError, KeyError, TypeError, AttributeError):
        return CommitFile(version, file.name, digest, operation="")


def _parsed(version: int, name: str, digest: str, actions: list[dict[str, Any]]) -> CommitFile:
    info = next(action["commitInfo"] for action in actions if "commitInfo" in action)
    adds = [action["add"] for action in actions if "add" in action]
    removes = [action["remove"] for action in actions if "remove" in action]
    record = info.get(BATCH_FIELD)
    return CommitFile(
        version=version,
        name=name,
        sha256=digest,
        operation=str(info["operation"]),
        record=BatchRecord.from_json(record) if record is not None else None,
        added=tuple(str(add["path"]) for add in adds),
        removed=tuple(str(remove["path"]) for remove in removes),
        changes_data=any(entry["dataChange"] for entry in adds + removes),
        other_actions=tuple(sorted({kind for action in actions for kind in action} - _USUAL)),
    )


_USUAL = {"commitInfo", "add", "remove"}
