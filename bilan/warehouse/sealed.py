"""The standing file's seal: its digest as it was left, signed with the partnership's key.

The file follows from the ledger alone. One that somebody else wrote into, or that a killed run left half
written, is never built upon: it is thrown away and made again.
"""

from pathlib import Path

from bilan.durable import replace
from bilan.home import Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.findings import Verdict
from bilan.signing import public_key, read_signed_list, release_key, signed_list

FILE_NAME = "warehouse.seal"


def warehouse_file(home: Home) -> Path:
    """The standing file."""
    return home.warehouse / "warehouse.duckdb"


def seal(home: Home) -> None:
    """Sign the file as it is, if there is one. The caller is alone with it."""
    file = warehouse_file(home)
    if file.is_file():
        replace(home.warehouse / FILE_NAME, signed_list(release_key(home.keys), [_told(home)]))


def is_sealed(home: Home) -> bool:
    """Whether the file is as it was left."""
    file, log = warehouse_file(home), warehouse_file(home).with_suffix(".duckdb.wal")
    mark, key = home.warehouse / FILE_NAME, public_key(home.keys)
    if key is None or log.exists() or not (file.is_file() and mark.is_file()):
        return False
    return read_signed_list(mark.read_bytes(), key) == [_told(home)]


def break_seal(home: Home) -> None:
    """Before the file is written to: what is not as it was left goes first. The caller is alone with it."""
    file = warehouse_file(home)
    if file.is_file() and not is_sealed(home):
        file.unlink()
        file.with_suffix(".duckdb.wal").unlink(missing_ok=True)
    (home.warehouse / FILE_NAME).unlink(missing_ok=True)


def verify_warehouse(home: Home, verdict: Verdict) -> None:
    """Add to the verdict that the file, if there is one, is not as it was left."""
    file, mark = warehouse_file(home), home.warehouse / FILE_NAME
    if (file.exists() or mark.exists()) and not is_sealed(home):
        verdict.find(
            "warehouse_altered",
            "L'entrepôt n'est plus ce qui fut construit : « bilan run » le refera du grand livre.",
            file=file.name,
        )
    verdict.vouch(file, mark)


def _told(home: Home) -> dict[str, object]:
    file = warehouse_file(home)
    return {"path": file.name, "bytes": file.stat().st_size, "sha256": sha256_of(file)}
