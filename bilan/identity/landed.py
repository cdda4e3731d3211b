"""Landed files: partners' own files, nominative, sealed in the vault's folder for thirty days."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bilan.durable import replace
from bilan.identity.crypto import SealError, seal, unseal
from bilan.identity.store import write
from bilan.identity.vault import Vault

KEPT_FOR = timedelta(days=30)


def keep_landed(vault: Vault, sha256: str, content: bytes) -> None:
    """Seal a file into the vault's folder, whole or not at all; the same bytes are kept once."""
    with vault.transaction() as connection:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        write(
            connection,
            "insert into landed values (:sha256, :now)"
            " on conflict (sha256) do update set landed_at = excluded.landed_at",
            {"sha256": sha256, "now": now},
        )
    file = landed_file(vault, sha256)
    if file.is_file():
        return
    # the copy outlives a power cut before the original is let go
    replace(file, seal(vault.keys.blobs, content, f"landed|{sha256}"))


def read_landed(vault: Vault, sha256: str) -> bytes:
    """The bytes of a landed file. Raises FileNotFoundError once its thirty days are over."""
    return unseal(vault.keys.blobs, landed_file(vault, sha256).read_bytes(), f"landed|{sha256}")


def is_landed(vault: Vault, sha256: str) -> bool:
    """Whether the file is there, and is that one."""
    try:
        return hashlib.sha256(read_landed(vault, sha256)).hexdigest() == sha256
    except (OSError, SealError):
        return False


def forget_landed(vault: Vault, now: datetime, keep: frozenset[str] = frozenset()) -> int:
    """Delete what is older than thirty days, `keep` (held files) apart; returns how many."""
    limit = (now - KEPT_FOR).isoformat(timespec="seconds")
    rows = vault.rows("select sha256 from landed where landed_at < :limit", limit=limit)
    old = [sha256 for (sha256,) in rows if sha256 not in keep]
    drop_landed(vault, old)
    _forget_halves(vault)
    return len(old)


def drop_landed(vault: Vault, files: Collection[str]) -> None:
    """Delete landed files, those already gone passed over."""
    if not files:
        return
    for sha256 in files:
        landed_file(vault, sha256).unlink(missing_ok=True)
    with vault.transaction() as connection:
        write(connection, "delete from landed where sha256 = :sha256", ({"sha256": f} for f in files))


def _forget_halves(vault: Vault) -> None:
    """What a killed run left half written is sealed bytes of no use."""
    for half in (vault.folder / "landed").glob(".*"):
        half.unlink()


def landed_file(vault: Vault, sha256: str) -> Path:
    """Where a landed file is."""
    return vault.folder / "landed" / f"{sha256}.bin"
