"""The manifest of a copy of the home: every file with its SHA-256, signed."""

import hashlib
from pathlib import Path
from typing import Any

from bilan.durable import draft_of, replace
from bilan.erasure.receipt import ReceiptError, as_json, check_signature, read_json, sign
from bilan.ledger.chain import canonical, sha256_of

FILE_NAME = "manifest.json"
FORMAT = "bilan-backup/1"
VAULT = "vault/"


def make_manifest(keys: Path, copy: Path, about: dict[str, Any], *, erasing: bool = False) -> dict[str, Any]:
    """Sign what a copy holds now.

    `erasing`: the copy's vault is about to change, and whoever finds it cut short must not call it altered.
    """
    files = {
        name: sha256_of(copy / name) for name in _files(copy) if not (erasing and name.startswith(VAULT))
    }
    links = _links(copy)
    content = {
        "format": FORMAT,
        "made_at": about["made_at"],
        "ledger_version": about["ledger_version"],
        "erasing": erasing,
        "files": files,
        "links": links,
    }
    return sign(keys, content)


def write_manifest(copy: Path, manifest: dict[str, Any]) -> None:
    """Put a manifest into its copy."""
    replace(copy / FILE_NAME, as_json(manifest))


def digest_of(manifest: dict[str, Any]) -> str:
    """What the vault notes of a manifest."""
    return hashlib.sha256(canonical(manifest).encode()).hexdigest()


def read_manifest(copy: Path, public: Path | None) -> dict[str, Any]:
    """A copy's manifest, its signature holding. Raises ReceiptError."""
    content = read_json(copy / FILE_NAME)
    if content.get("format") != FORMAT:
        raise ReceiptError(f"{copy.name} n'est pas une sauvegarde de Bilan.")
    check_signature(content, public)
    return content


def altered(copy: Path, manifest: dict[str, Any]) -> list[str]:
    """The files of a copy that are missing, changed or not in its manifest."""
    listed: dict[str, str] = manifest["files"]
    found = set(_files(copy))
    if manifest["erasing"]:
        found = {name for name in found if not name.startswith(VAULT)}
    changed = {name for name in found & listed.keys() if sha256_of(copy / name) != listed[name]}
    links = _links(copy)
    moved = {name for name, _ in links.items() ^ manifest["links"].items()}
    return sorted(changed | (found ^ listed.keys()) | moved)


def _files(copy: Path) -> list[str]:
    """Every file of a copy but its manifest, and what a killed run left of one half written."""
    manifest = copy / FILE_NAME
    left_out = (manifest, draft_of(manifest))
    found = (path for path in copy.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(copy).as_posix() for path in found if path not in left_out)


def _links(copy: Path) -> dict[str, str]:
    """Every symbolic link of a copy, and where it points."""
    links = sorted(path for path in copy.rglob("*") if path.is_symlink())
    return {path.relative_to(copy).as_posix(): path.readlink().as_posix() for path in links}
