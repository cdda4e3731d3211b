"""Make a release's package from its candidate, its approvals and the ledger: same inputs, same bytes.

    releases/<R>/package/ what was frozen and approved, as it is: `bilan.release.package.contents`
                         candidate.json, approvals.json   what two people signed, and their signatures
                         merkle.json, checkpoint.txt       what ties it to the ledger
                         release.pub, manifest.json, manifest.sig

It is written in a hidden folder and renamed when complete: a killed run leaves the last one, or none.
"""

import base64
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bilan.durable import seal, sync
from bilan.home import Home
from bilan.keyfiles import public_pem
from bilan.ledger.checkpoint import EVENTS, sign_checkpoint
from bilan.ledger.checkpoint import FILE_NAME as CHECKPOINT
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.merkle import leaves_of
from bilan.release.errors import PackageError
from bilan.release.package.contents import write_json
from bilan.release.package.frozen import CANDIDATE, Approvable, Frozen, read_frozen
from bilan.release.package.proofs import proofs
from bilan.release.package.verifier import verify_package
from bilan.signing import PUBLIC_NAME, release_key

FOLDER, MANIFEST, SIGNATURE = "package", "manifest.json", "manifest.sig"


def make(
    home: Home,
    release: int,
    *,
    approvals: Sequence[Mapping[str, Any]],
    previous: int | None,
) -> Path:
    """Write `releases/<R>/package`, in the place of one there may be, and return it.

    `approvals`: `who`, `account`, `when`, `public_key` and `signature` (base64) of each person who
    approved. `previous` is the newest release that is out, from whose ledger the proof starts. PackageError
    where the candidate, or the ledger, is not what it was, and where the shipped verifier would refuse the
    package; ReleaseKeyError without the partnership's key.
    """
    approved = read_frozen(home, release)
    draft = home.releases / str(release) / f".{FOLDER}"
    for left in (draft, _gone(draft)):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(approved.folder, draft)
    (draft / CANDIDATE).write_bytes(approved.manifest)
    key, row_hashes = release_key(home.keys), _row_hashes(home, approved.frozen)
    write_json(draft / "merkle.json", _proofs(home, approved.frozen, row_hashes, previous))
    (draft / CHECKPOINT).write_text(sign_checkpoint(key, EVENTS, leaves_of(row_hashes)), "utf-8")
    write_json(draft / "approvals.json", _approvals(approved, approvals))
    _sign(draft, approved, key)
    _check(home, draft)
    seal(draft)
    return _put_in_place(draft)


def _row_hashes(home: Home, frozen: Frozen) -> list[str]:
    """Of the events that the ledger held when the candidate was made."""
    return DeltaLedger(home.ledger).row_hashes(frozen.provenance["ledger"]["version"])


def _proofs(home: Home, frozen: Frozen, row_hashes: Sequence[str], previous: int | None) -> dict[str, Any]:
    earlier = read_frozen(home, previous).frozen.provenance if previous is not None else None
    return proofs(row_hashes, frozen.provenance, earlier)


def _approvals(approved: Approvable, approvals: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("who", "account", "when", "public_key", "signature")
    return {
        "release": approved.frozen.release,
        "candidate_sha256": approved.sha256,
        "signed": 'Ed25519("bilan-approval-v1\\n" + release + "\\n" + candidate_sha256)',
        "approvals": [{name: approval[name] for name in names} for approval in approvals],
    }


def _sign(folder: Path, approved: Approvable, key: Ed25519PrivateKey) -> None:
    """The public key, then the manifest over every file there is, then its signature."""
    (folder / PUBLIC_NAME).write_bytes(public_pem(key))
    files = [described(folder, path) for path in sorted(folder.rglob("*")) if path.is_file()]
    manifest = {
        "release": approved.frozen.release,
        "candidate_sha256": approved.sha256,
        "files": files,
    }
    content = write_json(folder / MANIFEST, manifest)
    (folder / SIGNATURE).write_bytes(base64.b64encode(key.sign(content)) + b"\n")


def described(folder: Path, path: Path) -> dict[str, Any]:
    """A file of the folder as the manifest tells it: path, size in bytes, SHA-256."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path.relative_to(folder).as_posix(), "bytes": len(content), "sha256": digest}


def _check(home: Home, draft: Path) -> None:
    """Nothing leaves that its reader would have to refuse."""
    findings = verify_package(draft, home.keys / PUBLIC_NAME)["findings"]
    if findings:
        shutil.rmtree(draft)
        raise PackageError(f"Le paquet ne se vérifierait pas : {findings[0]['fr']} Rien n'en sort.")


def _put_in_place(draft: Path) -> Path:
    """Rename the draft; a package made before a killed publication gives way first."""
    target = draft.with_name(FOLDER)
    if target.exists():
        target.rename(_gone(draft))
        shutil.rmtree(_gone(draft))
    draft.rename(target)
    sync(target.parent)
    return target


def _gone(draft: Path) -> Path:
    return draft.with_name(f".{FOLDER}.gone")
