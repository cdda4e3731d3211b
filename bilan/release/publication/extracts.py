"""What may be fetched, and its copying: packages of releases that are out, notices of others.

    <build>/extracts/index.json            every release that was ever out, newest first
    <build>/extracts/<R>/package/*         its package, where it still is
    <build>/extracts/<R>/bilan-<R>.zip     the same in one file

Files are hard links to the release's own where the disk allows it: a build costs little.
"""

import errno
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bilan.durable import seal
from bilan.home import PRIVATE_FOLDER, Home
from bilan.ledger.chain import sha256_of
from bilan.ledger.checkpoint import FILE_NAME as CHECKPOINT
from bilan.release.candidate.folder import MANIFEST, as_json, files_of
from bilan.release.errors import ReleaseRefusedError
from bilan.release.package import verify_package
from bilan.release.register.entries import read_register
from bilan.release.register.releases import Release, releases_of
from bilan.release.register.transitions import STATES_FR, State
from bilan.signing import PUBLIC_NAME

FOLDER, INDEX, PACKAGE = "extracts", "index.json", "package"
SIGNATURE = "manifest.sig"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pub": "application/x-pem-file",
    ".py": "text/x-python",
    ".sig": "application/octet-stream",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
OTHER_MEDIA_TYPE = "application/octet-stream"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can tell: the same package gives the same archive


def package_folder(home: Home, number: int) -> Path:
    """Where a release's package is."""
    return home.releases / str(number) / PACKAGE


def checkpoint_of(home: Home, number: int) -> str:
    """The checkpoint that a package carries."""
    return (package_folder(home, number) / CHECKPOINT).read_text("utf-8")


def archive_file(home: Home, number: int) -> Path:
    """Where its package is in one file."""
    return home.releases / str(number) / f"bilan-{number}.zip"


def write_archive(package: Path, target: Path) -> None:
    """The package in one file, under the package's own names."""
    draft = target.with_name(f".{target.name}")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(package).as_posix(), _EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    draft.replace(target)


def manifest_sha256(home: Home, number: int) -> str:
    """What a package is known by."""
    return sha256_of(package_folder(home, number) / MANIFEST)


def check_package(home: Home, release: Release) -> None:
    """ReleaseRefusedError where a package is not the one that was made when the release came out."""
    package = package_folder(home, release.number)
    signed = release.manifest_sha256
    if signed is None:
        return  # it has just been made
    listed = json.loads((package / MANIFEST).read_bytes())["files"]
    apart = {MANIFEST, SIGNATURE}  # of the manifest, and what signs it
    found = [file for file in files_of(package) if file["path"] not in apart]
    if manifest_sha256(home, release.number) != signed or _by_path(listed) != _by_path(found):
        raise ReleaseRefusedError(
            f"Le paquet de la publication n° {release.number} n'est plus celui qui est sorti : rien n'est "
            "publié. Le remettre d'une sauvegarde, ou retirer cette publication."
        )


def index_of(home: Home, releases: Iterable[Release]) -> dict[str, Any]:
    """What `index.json` says: the files of what is out, the notice alone of what was withdrawn."""
    ever = sorted((release for release in releases if release.was_out), key=lambda r: -r.number)
    return {"releases": [_entry(home, release) for release in ever]}


def write_extracts(build: Path, home: Home, index: dict[str, Any]) -> None:
    """Write the index, and link what it lists, into a build that is being made."""
    folder = build / FOLDER
    folder.mkdir(mode=PRIVATE_FOLDER)
    for entry in index["releases"]:
        number = entry["release"]
        source, place = package_folder(home, number), folder / str(number)
        for file in entry["files"]:
            _link(source / file["path"], place / PACKAGE / file["path"])
        if entry["archive"]:
            _link(archive_file(home, number), place / entry["archive"]["path"])
    (folder / INDEX).write_bytes(as_json(index))


def _entry(home: Home, release: Release) -> dict[str, Any]:
    package = package_folder(home, release.number)
    return {
        "release": release.number,
        "status": "published" if release.is_out else "withdrawn",
        "published_at": release.published_at,
        "withdrawn_at": release.withdrawn_at,
        "notice_fr": release.notice_fr,
        "notice_en": release.notice_en,
        **release.knows,
        "manifest_sha256": manifest_sha256(home, release.number) if release.is_out else None,
        "files": _files(package) if release.is_out else [],
        "archive": _archive(home, release.number) if release.is_out else None,
    }


def _files(package: Path) -> list[dict[str, Any]]:
    manifest = package / MANIFEST
    own = {"path": manifest.name, "bytes": manifest.stat().st_size, "sha256": sha256_of(manifest)}
    listed = sorted([own, *files_of(package)], key=lambda file: str(file["path"]))
    return [{**file, "media_type": _media_type(str(file["path"]))} for file in listed]


def _archive(home: Home, number: int) -> dict[str, Any]:
    file = archive_file(home, number)
    return {"path": file.name, "bytes": file.stat().st_size, "sha256": sha256_of(file)}


def _media_type(path: str) -> str:
    return MEDIA_TYPES.get(Path(path).suffix, OTHER_MEDIA_TYPE)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
            raise
        shutil.copyfile(source, target)  # what is published may lie on a disk of its own


def _by_path(files: Iterable[dict[str, Any]]) -> list[tuple[object, ...]]:
    return sorted((file["path"], file["bytes"], file["sha256"]) for file in files)


def extract(home: Home, number: int, out: Path, *, as_zip: bool = False) -> Path:
    """Fill `out`, a new or empty folder, with the package, or with it in one file; what was written.

    ReleaseRefusedError, and nothing written, where the release is not published (a candidate, a withdrawn
    one), its package is not sound, or `out` holds something.
    """
    package = published_package(home, number)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ReleaseRefusedError(f"{out} n'est pas un dossier vide : donner un autre --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.parent / f".{out.name}.{secrets.token_hex(4)}"
    try:
        if as_zip:
            draft.mkdir(mode=0o700)
            write_archive(package, draft / archive_file(home, number).name)
        else:
            shutil.copytree(package, draft)
        seal(draft)
        os.replace(draft, out)  # noqa: PTH105 - an empty folder gives way, a full one does not
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return out / archive_file(home, number).name if as_zip else out


def published_package(home: Home, number: int) -> Path:
    """The package of a release that may be handed out; ReleaseRefusedError where it may not."""
    release = releases_of(read_register(home)).get(number)
    if release is None:
        raise ReleaseRefusedError(f"La publication n° {number} n'existe pas : « bilan release list ».")
    if release.state is not State.PUBLISHED:
        raise ReleaseRefusedError(
            f"La publication n° {number} est {STATES_FR[release.state]} : seul le paquet d'une publication "
            "en vigueur est remis."
        )
    package = package_folder(home, number)
    findings = verify_package(package, home.keys / PUBLIC_NAME)["findings"]
    if findings:
        raise ReleaseRefusedError(
            f"Le paquet de la publication n° {number} n'est plus intact : {findings[0]['fr']} Voir "
            "« bilan verify »."
        )
    return package
