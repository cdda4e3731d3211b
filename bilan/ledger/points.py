"""Delta's own checkpoints: what a reader opens instead of the commits, held against the commits.

They follow from the commits alone, so they are made again from them, in a folder of their own, and compared.
"""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from polars.exceptions import PolarsError

from bilan.ledger.delta import CONFIGURATION, LOG_FOLDER
from bilan.ledger.findings import Verdict

LAST = "_last_checkpoint"
INTERVAL = int(CONFIGURATION["delta.checkpointInterval"])  # commits from one to the next
_WRITER = re.compile(rb"parquet-[\w.-]+ version [\w.-]+")
_NAME = re.compile(r"(\d{20})\.checkpoint\.parquet")


def check_points(folder: Path, verdict: Verdict) -> None:
    """Add each checkpoint that is not what the commits give. Their own soundness is taken for granted."""
    log = folder / LOG_FOLDER
    found = {int(match[1]) for file in log.glob("*") if (match := _NAME.fullmatch(file.name))}
    if not found and not (log / LAST).exists():
        return
    versions = sorted(found | set(range(INTERVAL - 1, max(found, default=0), INTERVAL)))
    with TemporaryDirectory() as empty:
        again = Path(empty) / LOG_FOLDER
        again.mkdir()
        for commit in log.glob("*.json"):
            shutil.copyfile(commit, again / commit.name)
        for version in versions:
            name = f"{version:020d}.checkpoint.parquet"
            try:
                DeltaTable(empty, version=version).create_checkpoint()
                is_same = _same_rows(log / name, again / name)
            except (DeltaError, OSError, PolarsError):
                is_same = False
            _judge(log / name, verdict, is_same=is_same)
        _judge(log / LAST, verdict, is_same=_same_words(log / LAST, again / LAST))


def _judge(file: Path, verdict: Verdict, *, is_same: bool) -> None:
    if is_same:
        verdict.vouch(file)
    else:
        verdict.find(
            "checkpoint_altered",
            f"Le point de reprise {file.name} du grand livre n'est pas ce que disent les commits.",
            file=file.name,
        )


def _same_rows(file: Path, again: Path) -> bool:
    """By their bytes; by what they say where another version of the library wrote the file."""
    if file.read_bytes() == again.read_bytes():
        return True
    return _writer(file) != _writer(again) and pl.read_parquet(file).equals(pl.read_parquet(again))


def _writer(file: Path) -> bytes:
    """The program that a Parquet file says it is of, with its version."""
    match = _WRITER.search(file.read_bytes())
    return match[0] if match else b""


def _same_words(file: Path, again: Path) -> bool:
    try:
        return bool(json.loads(file.read_bytes()) == json.loads(again.read_bytes()))
    except (OSError, ValueError):
        return False
