"""Make a release's package from its candidate, its approvals and the ledger: same inputs, same bytes.

    releases/<R>/package/datapackage.json, data/, bilan.xlsx, METHODES.md, METHODS.md, LISEZMOI.md
                         provenance.json, merkle.json, approvals.json
                         bilan-verify.py, release.pub, manifest.json, manifest.sig

It is written in a hidden folder and renamed when complete: a killed run leaves the last one, or none.
"""

import base64
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bilan.home import PRIVATE_FOLDER, Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.durable import seal, sync
from bilan.release.keys import PUBLIC_NAME, public_pem, release_key
from bilan.release.package.descriptor import CATALOGUE_CSV, FIGURES_CSV, FIGURES_PARQUET, WORKBOOK, descriptor
from bilan.release.package.errors import PackageError
from bilan.release.package.frozen import Frozen, read_frozen
from bilan.release.package.methods import texts
from bilan.release.package.proofs import ledger_tree, proofs
from bilan.release.package.verifier import VERIFIER, verify_package
from bilan.release.package.workbook import write_workbook

FOLDER, MANIFEST, SIGNATURE = "package", "manifest.json", "manifest.sig"
_ROW_GROUP = 100_000


def make(
    home: Home,
    release: int,
    *,
    published_at: str,
    approvals: Sequence[Mapping[str, Any]],
    previous: int | None,
) -> Path:
    """Write `releases/<R>/package`, in the place of one there may be, and return it.

    `approvals`: `who`, `account`, `when`, `public_key` and `signature` (base64) of each person who
    approved. `previous` is the newest release that is out, from whose ledger the proof starts. PackageError
    where the candidate, or the ledger, is not what it was, and where the shipped verifier would refuse the
    package; ReleaseKeyError without the partnership's key.
    """
    frozen = read_frozen(home, release)
    draft = home.releases / str(release) / f".{FOLDER}"
    for left in (draft, _gone(draft)):
        shutil.rmtree(left, ignore_errors=True)
    draft.mkdir(mode=PRIVATE_FOLDER)
    _write_contents(draft, frozen, published_at)
    _write_json(draft / "merkle.json", _proofs(home, frozen, previous))
    _write_json(draft / "approvals.json", _approvals(frozen, approvals))
    _write_description(draft, frozen, published_at)
    _sign(draft, frozen, release_key(home.keys))
    _check(home, draft)
    seal(draft)
    return _put_in_place(draft)


def _write_contents(folder: Path, frozen: Frozen, published_at: str) -> None:
    """What follows from the candidate alone: figures, catalogue, methods, provenance, the verifier."""
    (folder / "data").mkdir(mode=PRIVATE_FOLDER)
    frozen.rows.write_csv(folder / FIGURES_CSV, line_terminator="\n")
    frozen.rows.write_parquet(
        folder / FIGURES_PARQUET, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP
    )
    frozen.catalogue.write_csv(folder / CATALOGUE_CSV, line_terminator="\n")
    write_workbook(folder / WORKBOOK, frozen, published_at)
    for name, text in texts(frozen).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "provenance.json").write_bytes(frozen.provenance_bytes)
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)


def _write_description(folder: Path, frozen: Frozen, published_at: str) -> None:
    """The descriptor, over all that the folder holds."""
    _write_json(folder / "datapackage.json", descriptor(folder, frozen, published_at))


def _proofs(home: Home, frozen: Frozen, previous: int | None) -> dict[str, Any]:
    tree, row_hashes = ledger_tree(DeltaLedger(home.ledger), frozen.provenance["ledger"]["version"])
    earlier = read_frozen(home, previous).provenance if previous is not None else None
    return proofs(tree, row_hashes, frozen.provenance, earlier)


def _approvals(frozen: Frozen, approvals: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = ("who", "account", "when", "public_key", "signature")
    return {
        "release": frozen.release,
        "candidate_sha256": frozen.sha256,
        "signed": 'Ed25519("bilan-approval-v1\\n" + release + "\\n" + candidate_sha256)',
        "approvals": [{name: approval[name] for name in names} for approval in approvals],
    }


def _sign(folder: Path, frozen: Frozen, key: Ed25519PrivateKey) -> None:
    """The public key, then the manifest over every file there is, then its signature."""
    (folder / PUBLIC_NAME).write_bytes(public_pem(key))
    files = [described(folder, path) for path in sorted(folder.rglob("*")) if path.is_file()]
    manifest = {"release": frozen.release, "candidate_sha256": frozen.sha256, "files": files}
    content = _write_json(folder / MANIFEST, manifest)
    (folder / SIGNATURE).write_bytes(base64.b64encode(key.sign(content)) + b"\n")


def described(folder: Path, path: Path) -> dict[str, Any]:
    """A file of the folder as the manifest tells it: path, size in bytes, SHA-256."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path.relative_to(folder).as_posix(), "bytes": len(content), "sha256": digest}


def _write_json(file: Path, document: object) -> bytes:
    content = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    file.write_bytes(content)
    return content


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
