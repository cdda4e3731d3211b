"""What the warehouse was made of: the ledger's version, the models, the reference lists.

The file itself records it, in `ledger.freshness`: what was loaded, and what dbt built last. Whoever runs
dbt on the standing file calls `record_build` afterwards.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.warehouse.reference import reference_hash
from bilan.warehouse.staging import GENERATED, staging_files

_TABLE = """
CREATE TABLE IF NOT EXISTS ledger.freshness (
    step VARCHAR PRIMARY KEY, ledger_version BIGINT, reference_hash VARCHAR, models_hash VARCHAR
)
"""
NEVER = -2  # an empty ledger that was built is at -1
_SOURCES = frozenset({".sql", ".py", ".yml", ".md"})
_CALLED = tuple(Path(__file__).with_name(name) for name in ("intervals.py", "survival.py"))
_OUTPUT_FOLDERS = frozenset({"target", "logs", GENERATED})


@dataclass(frozen=True)
class Freshness:
    """What the figures were built from: NEVER, and empty hashes, when they were not."""

    ledger_version: int = NEVER
    reference_hash: str = ""
    models_hash: str = ""


def models_hash(project: Path) -> str:
    """One hash of all that figures, or their documentation, depend on: the project, and what it calls.

    Of the files that contracts give it counts what they should say, whether they are written or not.
    """
    digest = hashlib.sha256()
    for path in _CALLED:
        digest.update(path.read_bytes() + b"\0")
    for name, text in sorted(staging_files().items()):
        digest.update(f"{name}\0{text}\0".encode())
    for path in sorted(project.rglob("*")):
        inside = path.relative_to(project)
        if path.suffix in _SOURCES and not _OUTPUT_FOLDERS & set(inside.parts):
            digest.update(f"{inside}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def wanted(home: Home, project: Path) -> Freshness:
    """What the figures should be built from now."""
    return Freshness(
        ledger_version=DeltaLedger(home.ledger).version(),
        reference_hash=reference_hash(home.root / "reference"),
        models_hash=models_hash(project),
    )


def built(file: Path) -> Freshness:
    """What the figures in the file were built from."""
    return _read(file, "built")


def is_behind(home: Home, project: Path, file: Path) -> bool:
    """Whether the ledger, the lists or the models changed since the figures were built."""
    return built(file) != wanted(home, project)


def record_load(warehouse: duckdb.DuckDBPyConnection, version: int, extra: Path | None) -> None:
    """Note the ledger's version and the lists that were just loaded."""
    warehouse.execute(_TABLE)
    warehouse.execute(
        "INSERT OR REPLACE INTO ledger.freshness VALUES ('loaded', ?, ?, NULL)",
        [version, reference_hash(extra)],
    )


def record_build(file: Path, project: Path) -> None:
    """Note that the figures are now those of what was loaded last, by the models as they are."""
    with duckdb.connect(file) as warehouse:
        warehouse.execute(
            "INSERT OR REPLACE INTO ledger.freshness "
            "SELECT 'built', ledger_version, reference_hash, ? FROM ledger.freshness WHERE step = 'loaded'",
            [models_hash(project)],
        )


def _read(file: Path, step: str) -> Freshness:
    if not file.exists():
        return Freshness()
    with duckdb.connect(file, read_only=True) as warehouse:
        known = warehouse.execute(
            "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'ledger' AND table_name = 'freshness'"
        ).fetchone()
        row = (
            known
            and warehouse.execute(
                "SELECT ledger_version, reference_hash, models_hash FROM ledger.freshness WHERE step = ?",
                [step],
            ).fetchone()
        )
    return Freshness(*row) if row else Freshness()
