"""`bilan backup`: a copy of the home that a lost one can be made again from, without its keys.

The vault is copied row by row into a file of its own, whatever database it lives in. The inbox is the
partners' to send again, and the warehouse is rebuilt from the ledger.
"""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bilan.erasure.copies import Copy, copies, leave_one_file, note_copy, state_of
from bilan.erasure.manifest import digest_of, make_manifest, write_manifest
from bilan.errors import PlainError
from bilan.home import PRIVATE_FOLDER, Home
from bilan.identity.schema import TABLES
from bilan.identity.store import Store, sqlite_store, write
from bilan.identity.vault import FILE_NAME, Vault
from bilan.ingest.checkpoints import Marks, make_checkpoint
from bilan.ingest.service import REFERENCE_FOLDER, opened
from bilan.ledger.checkpoint import FILE_NAME as CHECKPOINT
from bilan.ledger.delta import DeltaLedger

VAULT_FOLDERS = ("landed", "receipts")
_CHUNK = 20_000


class BackupError(PlainError):
    """A copy can't be made, or can't be used."""


def folders(home: Home) -> tuple[Path, ...]:
    """The folders that are copied as they are."""
    return (home.ledger, home.releases, home.published, home.outbox, home.root / REFERENCE_FOLDER)


def backup(home: Home, folder: Path, marks: Marks = ()) -> Copy:
    """Copy the home under a folder, with a checkpoint of its ledger; `marks`: what else that one tells of.

    Raises BackupError when the folder lies within the home.
    """
    if folder.resolve().is_relative_to(home.root):
        raise BackupError("Une sauvegarde dans le dossier même de Bilan serait perdue avec lui.")
    with opened(home) as (vault, _):
        now = datetime.now(UTC)
        target = folder.resolve() / f"bilan-{now:%Y%m%dT%H%M%S}Z"
        if target.exists():
            raise BackupError(f"{target.name} existe déjà.")
        copy = Copy(target, now.isoformat(timespec="seconds"), "")
        note_copy(vault, copy)  # before anything is copied: what is cut short is known of
        target.mkdir(parents=True, mode=PRIVATE_FOLDER)
        for source in folders(home):
            if source.is_dir():
                shutil.copytree(source, target / source.name, symlinks=True)
        _copy_vault(vault, target / "vault")
        (target / CHECKPOINT).write_text(make_checkpoint(home, vault, marks=marks), "utf-8")
        about = {"made_at": copy.made_at, "ledger_version": DeltaLedger(home.ledger).version()}
        manifest = make_manifest(home.keys, target, about)
        write_manifest(target, manifest)
        finished = Copy(target, copy.made_at, digest_of(manifest))
        note_copy(vault, finished)
        return finished


def list_backups(home: Home) -> list[dict[str, Any]]:
    """Each copy that was made: where, when, and whether it is there and intact."""
    with opened(home) as (vault, _):
        return [
            {"path": str(copy.path), "made_at": copy.made_at, "state": state_of(home, copy)}
            for copy in copies(vault)
        ]


def copy_rows(source: Store, target: Store) -> None:
    """Every row of a vault into an empty database."""
    with target.transaction() as connection:
        target.make_tables(connection)
        for table in TABLES:
            result = source.connection.execute(text(f"select * from {table}"))  # noqa: S608 - our own words
            names = list(result.keys())
            sql = f"insert into {table} values ({', '.join(f':{name}' for name in names)})"  # noqa: S608
            for rows in result.partitions(_CHUNK):
                write(connection, sql, [dict(zip(names, _plain(row), strict=True)) for row in rows])


def _plain(row: Iterable[Any]) -> list[Any]:
    return [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]


def _copy_vault(vault: Vault, folder: Path) -> None:
    folder.mkdir(mode=PRIVATE_FOLDER)
    store = sqlite_store(folder / FILE_NAME)
    try:
        copy_rows(vault.store, store)
        leave_one_file(store)
    finally:
        store.close()
    for name in VAULT_FOLDERS:
        if (vault.folder / name).is_dir():
            shutil.copytree(vault.folder / name, folder / name)
