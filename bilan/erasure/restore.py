"""`bilan restore`: a lost home from a copy of it; erasures and withdrawals told since then are made again."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bilan.durable import alone
from bilan.erasure.backup import BackupError, copy_rows, folders
from bilan.erasure.consent import carry_out
from bilan.erasure.manifest import altered, read_manifest
from bilan.erasure.receipt import (
    FORMAT,
    WITHDRAWAL_FORMAT,
    Receipt,
    ReceiptError,
    keep_receipt,
    public_key,
    read_receipt,
    receipts_in,
)
from bilan.erasure.scope import Scope
from bilan.erasure.service import Request, Stores, destroy, finish_all
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.erasures import DONE, erasures, note_erasure
from bilan.identity.keys import MasterKeyError, check_mark, load_master
from bilan.identity.store import URL_VARIABLE, postgresql_store, sqlite_store
from bilan.identity.vault import FILE_NAME, open_vault, vault_exists
from bilan.ingest.service import REFERENCE_FOLDER, opened
from bilan.ingest.verification import verify_home
from bilan.intake import load_reference
from bilan.ledger.delta import DeltaLedger

_WAITING, _READY = ".restoring", ".ready"


@dataclass(frozen=True)
class Restored:
    """What came of a restore."""

    made_at: str  # of the copy
    sound: bool
    erased_again: tuple[str, ...]  # receipts
    withdrawn_again: tuple[str, ...]  # receipts
    foreign: tuple[str, ...]  # files among the receipts given that are none, or of another key


def restore(home: Home, copy: Path, receipts: Sequence[Path] = ()) -> Restored:
    """Make an empty home from a copy; `receipts`: folders of receipts kept elsewhere.

    Raises BackupError, ReceiptError or MasterKeyError before anything is written.
    """
    with alone(home.create().root):
        if not (home.root / _WAITING / _READY).exists():
            _check_empty(home)
            _fetch(home, copy)
        manifest = read_manifest(home.root / _WAITING, public_key(home.keys))
        _put_in_place(home)
    found, foreign = _receipts(home, [*receipts, home.vault / "receipts"])
    since = [receipt for receipt in found if _told_at(receipt) >= manifest["made_at"]]
    erased, noted = _make_again(home, since)
    verdict = verify_home(home)
    return Restored(manifest["made_at"], verdict.sound, erased, noted, foreign)


def _check_empty(home: Home) -> None:
    if DeltaLedger(home.ledger).version() >= 0 or vault_exists(home):
        raise BackupError(
            "Ce dossier a déjà un grand livre ou un coffre : une restauration ne remplace jamais rien. "
            "Les mettre de côté d'abord, ou donner un autre BILAN_HOME."
        )


def _fetch(home: Home, copy: Path) -> None:
    """Bring a sound copy, which the master key opens, beside its place."""
    manifest = read_manifest(copy, public_key(home.keys))
    if changed := altered(copy, manifest):
        raise BackupError(
            f"La sauvegarde n'est plus intacte ({len(changed)} fichiers). Rien n'a été restauré."
        )
    waiting = home.root / _WAITING
    shutil.rmtree(waiting, ignore_errors=True)
    shutil.copytree(copy, waiting, symlinks=True)
    try:
        _check_key(home, waiting)
    except BaseException:
        shutil.rmtree(waiting)
        raise
    (waiting / _READY).touch()


def _check_key(home: Home, waiting: Path) -> None:
    master = load_master(home.keys, may_create=False)
    store = sqlite_store(waiting / "vault" / FILE_NAME)
    try:
        [(mark,)] = store.rows("select value from meta where name = 'key_check'")
    finally:
        store.close()
    if mark != check_mark(master):
        raise MasterKeyError(
            "La sauvegarde a été faite sous une autre clé maîtresse : remettre celle de ce jour-là "
            "(keys/master.key ou BILAN_MASTER_KEY), restaurer, puis la changer de nouveau."
        )


def _put_in_place(home: Home) -> None:
    """Move each folder; the vault last. A run cut short moves what is left."""
    waiting = home.root / _WAITING
    for target in (*folders(home), home.vault):
        source = waiting / target.name
        if not source.is_dir():
            continue
        if target == home.vault:
            _fill_database(source)
        if target.is_dir():
            shutil.rmtree(target)
        source.replace(target)
    open_vault(home, is_trusted=True).close()  # another one than its mark knows, on purpose
    shutil.rmtree(waiting)
    home.create()


def _fill_database(source: Path) -> None:
    """A vault that lives in a database of its own is filled from the copy's file, which then goes."""
    url = os.environ.get(URL_VARIABLE)
    if not url or not (source / FILE_NAME).is_file():
        return
    store, target = sqlite_store(source / FILE_NAME), postgresql_store(url)
    try:
        copy_rows(store, target)
    finally:
        store.close()
        target.close()
    (source / FILE_NAME).unlink()


def _make_again(home: Home, receipts: Sequence[Receipt]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Carry out the erasures and withdrawals of receipts, in their order; the ids of both."""
    erased, noted = [], []
    lists = load_reference(home.root / REFERENCE_FOLDER)
    with opened(home) as (vault, taker):
        stores = Stores(home, vault, taker.batches, lists)
        known = {erasure.id for erasure in erasures(vault)}
        for receipt in receipts:
            content = receipt.content
            if content["format"] == WITHDRAWAL_FORMAT:
                access = Access(f"retrait {content['id']} refait après restauration")
                carry_out(stores, DeltaLedger(home.ledger).events(), receipt, access)
                keep_receipt(vault, receipt)
                noted.append(content["id"])
            elif content["id"] not in known:
                _erase_again(stores, receipt)
                erased.append(content["id"])
        finish_all(home, vault)
    return tuple(erased), tuple(noted)


def _erase_again(stores: Stores, receipt: Receipt) -> None:
    vault, content = stores.vault, receipt.content
    access = Access(f"effacement {content['id']} refait après restauration")
    request = Request(access, ground=content["ground"])
    day = date.fromisoformat(content["erased_at"][:10])
    erasure = destroy(stores, Scope(tuple(content["tokens"]), ()), request, erasure_id=content["id"], day=day)
    keep_receipt(vault, receipt)
    with vault.transaction() as connection:
        note_erasure(vault, connection, replace(erasure, state=DONE))


def _receipts(home: Home, places: Sequence[Path]) -> tuple[list[Receipt], tuple[str, ...]]:
    """The genuine receipts of some folders, oldest first, and the names of files that are none."""
    found: dict[str, Receipt] = {}
    foreign = []
    for file in (file for place in places for file in receipts_in(place)):
        try:
            receipt = read_receipt(file, public_key(home.keys), (FORMAT, WITHDRAWAL_FORMAT))
        except ReceiptError:
            foreign.append(file.name)
            continue
        found[receipt.content["id"]] = receipt
    return sorted(found.values(), key=_told_at), tuple(foreign)


def _told_at(receipt: Receipt) -> str:
    content = receipt.content
    return str(content["told_at"] if content["format"] == WITHDRAWAL_FORMAT else content["erased_at"])
