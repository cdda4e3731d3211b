"""Copies of the home that the vault knows of: whether they are there and intact, erasing in them too."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bilan.erasure.manifest import altered, digest_of, make_manifest, read_manifest, write_manifest
from bilan.erasure.naming import Naming
from bilan.erasure.places import DESTROYED, REMAINS, UNREACHABLE, Place
from bilan.erasure.plan import make_plan
from bilan.erasure.receipt import ReceiptError, public_key
from bilan.errors import PlainError
from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.erasures import Erasure, count_rows, write_tombstones
from bilan.identity.keys import MasterKeyError, load_master
from bilan.identity.landed import drop_landed
from bilan.identity.store import Store, sqlite_store, write
from bilan.identity.vault import FILE_NAME, Vault, open_store
from bilan.ingest.service import REFERENCE_FOLDER
from bilan.intake import load_reference
from bilan.ledger.delta import DeltaLedger

GOOD, ALTERED, UNFINISHED, MISSING = "intact", "altered", "unfinished", "unreachable"


@dataclass(frozen=True)
class Copy:
    """A copy as the vault noted it."""

    path: Path
    made_at: str
    manifest_sha256: str  # empty while it is being made


def copies(vault: Vault) -> list[Copy]:
    """Every copy that was made, oldest first."""
    rows = vault.rows("select path, made_at, manifest_sha256 from backups order by made_at, path")
    return [Copy(Path(path), made_at, digest) for path, made_at, digest in rows]


def note_copy(vault: Vault, copy: Copy) -> None:
    """Note a copy, or its new manifest."""
    with vault.transaction() as connection:
        write(
            connection,
            "insert into backups values (:path, :made_at, :digest)"
            " on conflict (path) do update set manifest_sha256 = excluded.manifest_sha256",
            {"path": str(copy.path), "made_at": copy.made_at, "digest": copy.manifest_sha256},
        )


def state_of(home: Home, copy: Copy) -> str:
    """Whether a copy is there and as it was made."""
    if not copy.path.is_dir():
        return MISSING
    if not copy.manifest_sha256:
        return UNFINISHED
    try:
        manifest = read_manifest(copy.path, public_key(home.keys))
    except ReceiptError:
        return ALTERED
    same = manifest["erasing"] or digest_of(manifest) == copy.manifest_sha256
    return GOOD if same and not altered(copy.path, manifest) else ALTERED


def reachable_copies(vault: Vault) -> list[Path]:
    """The folders of the copies that are there."""
    return [copy.path for copy in copies(vault) if copy.path.is_dir()]


def leave_one_file(store: Store) -> None:
    """Scrub a copy's vault and leave no log beside it, now or when it is read."""
    store.scrub()
    store.connection.exec_driver_sql("pragma journal_mode = delete")


def erase_in_copies(home: Home, vault: Vault, erasure: Erasure, searched: Sequence[Place]) -> Place:
    """Erase in every copy that can be reached; `searched`: what was found in their other files."""
    place = Place("backups")
    for found in searched:
        place.files += found.files
        place.bytes += found.bytes
        place.tables += found.tables
        for detail in found.details:
            place.note(found.state, detail)
    for copy in copies(vault):
        state = state_of(home, copy)
        if state != GOOD:
            place.note(UNREACHABLE, f"{copy.path} ({_WHY[state]})")
            continue
        try:
            gone = _erase_in(home, vault, copy, erasure)
        except (PlainError, OSError) as problem:
            words = str(problem) if isinstance(problem, PlainError) else type(problem).__name__
            place.note(UNREACHABLE, f"{copy.path} ({words})")
            continue
        place.note(DESTROYED if gone else REMAINS, str(copy.path))
    return place


_WHY = {
    MISSING: "absente",
    ALTERED: "altérée : rien n'y a été touché",
    UNFINISHED: "inachevée : à détruire",
}


def _erase_in(home: Home, vault: Vault, copy: Copy, erasure: Erasure) -> bool:
    """Erase in one copy, and sign its manifest anew; whether nothing of her is left there."""
    manifest = read_manifest(copy.path, public_key(home.keys))
    write_manifest(copy.path, make_manifest(home.keys, copy.path, manifest, erasing=True))
    copied, access = _open_copy(home, vault, copy.path, erasure)
    try:
        _destroy_in(home, vault, copied, erasure, access)
        gone = count_rows(copied, erasure.tokens) == 0
    finally:
        copied.close()
    manifest = make_manifest(home.keys, copy.path, manifest)
    # noted first: a run killed in between finds a manifest that says the erasing is not over
    note_copy(vault, Copy(copy.path, copy.made_at, digest_of(manifest)))
    write_manifest(copy.path, manifest)
    return gone


def _destroy_in(home: Home, vault: Vault, copied: Vault, erasure: Erasure, access: Access | None) -> None:
    events = DeltaLedger(copied.folder.parent / home.ledger.name).events()
    reference = load_reference(home.root / REFERENCE_FOLDER)
    naming = Naming.of(copied, erasure.tokens, reference, access)
    plan = make_plan(copied, events, erasure.tokens, naming)
    stones = vault.rows("select natural_key, sender, log, erased_on from tombstones")
    with copied.transaction() as connection:
        plan.carry_out(copied, connection, erasure.at[:10])
        write_tombstones(connection, ((key, sender, log, day) for key, sender, log, day in stones))
    drop_landed(copied, {*plan.landed, *erasure.landed})
    leave_one_file(copied.store)


def _open_copy(home: Home, vault: Vault, copy: Path, erasure: Erasure) -> tuple[Vault, Access | None]:
    """A copy's vault, and the right to read names in it where the master key opens them.

    One made under an older master key opens by the ring, which no rotation changes: enough to destroy.
    """
    store = sqlite_store(copy / "vault" / FILE_NAME)
    try:
        copied = open_store(store, load_master(home.keys, may_create=False), copy / "vault")
    except MasterKeyError:
        return Vault(store, vault.keys, copy / "vault"), None
    except BaseException:
        store.close()
        raise
    return copied, Access(f"effacement {erasure.id} dans une sauvegarde", erasure.who)
