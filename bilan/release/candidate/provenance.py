"""What a release was made of: the ledger's state and root, the models, the code, the two clocks."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bilan
from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.merkle import leaves_of, root_of
from bilan.release.candidate.exact import Exact

ROOT = Path(bilan.__file__).parents[1]
MODELS = Path("dbt_project") / "models"
_SOURCES = (Path("bilan"), MODELS, Path("dbt_project") / "macros")
SYNTHETIC_MARK = "synthetic"  # written beside the inbox by whoever fills it with sample logs


def provenance(home: Home, release: int, exact: Exact, *, made_at: str, made_by: str) -> dict[str, Any]:
    """The document of that name. `until` is None where nothing was left out for being too late."""
    return {
        "release": release,
        "made_at": made_at,
        "made_by": made_by,
        "code_version": code_version(),
        "model_hashes": model_hashes(),
        "ledger": ledger_state(home, exact.ledger_version),
        "until": None,
        "known_at": exact.known_at.isoformat(),
        "synthetic": is_synthetic(home),
    }


def model_hashes() -> dict[str, str]:
    """The SHA-256 of each indicator's model, by its name."""
    return {file.stem: sha256_of(file) for file in sorted((ROOT / MODELS / "kpi").rglob("*.sql"))}


def is_synthetic(home: Home) -> bool:
    """Whether the home was filled with sample logs."""
    return (home.root / SYNTHETIC_MARK).exists()


def ledger_state(home: Home, version_read: int | None) -> dict[str, Any]:
    """The ledger's version that the figures come from, its events, and their Merkle root in hexadecimal."""
    hashes = DeltaLedger(home.ledger).row_hashes(version_read) if version_read is not None else []
    root = root_of(leaves_of(hashes)).hex()
    return {"version": version_read, "events": len(hashes), "merkle_root": root}


def code_version(root: Path = ROOT) -> str:
    """The version of this package, and the beginning of one hash of all that makes figures and words under
    `root`: the package whole, its views and tables as much as its modules; dbt's models and macros.
    """
    digest = hashlib.sha256()
    files = (file for folder in _SOURCES for file in (root / folder).rglob("*"))
    for source in sorted(file for file in files if file.is_file() and file.suffix != ".pyc"):
        digest.update(f"{source.relative_to(root).as_posix()}\0".encode() + source.read_bytes() + b"\0")
    return f"{version('bilan')}+{digest.hexdigest()[:12]}"
