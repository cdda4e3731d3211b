"""What the current build gives to pull: its index of releases, and the files that the index names.

    published/current/extracts/index.json
    published/current/extracts/<R>/package/<path>
    published/current/extracts/<R>/bilan-<R>.zip

`current` is resolved once per request, which then reads that one build to its end. A file is given
only if the index names it, byte for byte: no path comes from the address.
"""

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

PUBLISHED, WITHDRAWN = "published", "withdrawn"
DIGEST = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(; ?charset=[a-z0-9-]+)?")
ZIP = "application/zip"
# O_NONBLOCK: a pipe put where a file should be must not hold a worker.
OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class UnreadableError(Exception):
    """The index or a file is not what it should be. The message is for engineers and names no path."""


class NoReleaseError(Exception):
    """There is no such published release, or no such file in it."""


class WithdrawnError(Exception):
    """The release was published and is withdrawn; `release` holds its public notice."""

    def __init__(self, release: "Release") -> None:
        super().__init__(f"release {release.number} is withdrawn")
        self.release = release


@dataclass(frozen=True)
class StoredFile:
    """A file of a release: its path in the package, its size in bytes, its SHA-256 in hexadecimal."""

    path: str
    bytes: int
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Release:
    """A line of the index. Dates and times are ISO 8601 text; `files` of a withdrawn one is empty."""

    number: int
    status: str
    published_at: str
    withdrawn_at: str | None
    notice_fr: str | None
    notice_en: str | None
    until: str | None
    known_at: str | None
    ledger_version: int | None
    synthetic: bool
    manifest_sha256: str | None
    files: tuple[StoredFile, ...]
    archive: StoredFile | None


@dataclass(frozen=True)
class Shelf:
    """One build's releases, newest first."""

    build: Path
    releases: tuple[Release, ...]

    def published(self, number: int) -> Release:
        """That release, if it is out. WithdrawnError if it no longer is, NoReleaseError otherwise."""
        release = next((release for release in self.releases if release.number == number), None)
        if release is None:
            raise NoReleaseError(f"no release {number}")
        if release.status == WITHDRAWN:
            raise WithdrawnError(release)
        return release

    def file_of(self, release: Release, path: str) -> StoredFile:
        """The file of that path in the release's package; NoReleaseError for any other text."""
        found = next((file for file in release.files if file.path == path), None)
        if found is None:
            raise NoReleaseError("no such file in this release")
        return found

    def open_file(self, release: Release, file: StoredFile) -> BinaryIO:
        """A file of the package, open and known to be the bytes that the index describes."""
        return self._open((str(release.number), "package", *PurePosixPath(file.path).parts), file)

    def open_archive(self, release: Release, archive: StoredFile) -> BinaryIO:
        """The whole package as one ZIP, likewise."""
        return self._open((str(release.number), archive.path), archive)

    def _open(self, parts: tuple[str, ...], file: StoredFile) -> BinaryIO:
        try:
            stream = os.fdopen(_descend(self.build, ("extracts", *parts)), "rb")
        except OSError:
            raise UnreadableError("a file of the index is not in the build") from None
        try:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size != file.bytes:
                raise UnreadableError("a file of the build is not of the size that the index says")
            # Read twice, rather than give a byte that the index does not vouch for.
            if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
                raise UnreadableError("a file of the build is not the one that the index describes")
            stream.seek(0)
        except BaseException:
            stream.close()
            raise
        return stream


def shelf(published: Path) -> Shelf:
    """The releases of the build that is current right now; none when nothing was ever published.

    UnreadableError when the index is not one.
    """
    build = (published / "current").resolve()
    try:
        text = (build / "extracts/index.json").read_bytes()
    except FileNotFoundError:
        return Shelf(build, ())
    except OSError:
        raise UnreadableError("the index of releases cannot be read") from None
    try:
        entries = [_release(entry) for entry in json.loads(text)["releases"]]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UnreadableError(f"the index of releases is not one: {type(fault).__name__}") from None
    out = [entry for entry in entries if entry.status in {PUBLISHED, WITHDRAWN}]
    return Shelf(build, tuple(sorted(out, key=lambda release: -release.number)))


def _release(entry: dict[str, Any]) -> Release:
    number, is_out = entry["release"], entry["status"] == PUBLISHED
    if not isinstance(number, int) or number < 1:
        raise ValueError("a release is numbered from 1")
    archive = entry["archive"] if is_out else None
    return Release(
        number=number,
        status=entry["status"],
        published_at=entry["published_at"],
        withdrawn_at=entry["withdrawn_at"],
        notice_fr=entry["notice_fr"],
        notice_en=entry["notice_en"],
        until=entry["until"],
        known_at=entry["known_at"],
        ledger_version=entry["ledger_version"],
        synthetic=entry["synthetic"] is True,
        manifest_sha256=entry["manifest_sha256"],
        files=tuple(_file(file) for file in entry["files"]) if is_out else (),
        archive=_file({**archive, "path": f"bilan-{number}.zip", "media_type": ZIP}) if archive else None,
    )


def _file(entry: dict[str, Any]) -> StoredFile:
    path, size = entry["path"], entry["bytes"]
    if not is_plain(path):
        raise ValueError("a path of the index leaves the package")
    if not (isinstance(size, int) and size >= 0 and DIGEST.fullmatch(entry["sha256"])):
        raise ValueError("a file of the index has no size or digest")
    if not MEDIA_TYPE.fullmatch(entry["media_type"]):
        raise ValueError("a file of the index has no media type")
    return StoredFile(path, size, entry["sha256"], entry["media_type"])


def is_plain(path: str) -> bool:
    """True for a relative path of ordinary names: no `..`, no root, no backslash, no control character."""
    return (
        path.isprintable()
        and "\\" not in path
        and all(part not in {"", ".", ".."} for part in path.split("/"))
    )


def _descend(root: Path, parts: tuple[str, ...]) -> int:
    """Open `root/part/part/...`, where no part may be a symbolic link. OSError where one is missing."""
    descriptor = os.open(root, OPENING | os.O_DIRECTORY)
    for rank, part in enumerate(parts, 1):
        folder = 0 if rank == len(parts) else os.O_DIRECTORY
        try:
            following = os.open(part, OPENING | folder, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = following
    return descriptor
