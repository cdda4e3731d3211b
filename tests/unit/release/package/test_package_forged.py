"""Forgeries by someone who has a package, standard tools and perhaps a stolen key, and none of our code.

The verifier runs as its reader runs it: a file alone, in a process whose memory is counted.
"""

import base64
import hashlib
import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from bilan.release.package.verifier import VERIFIER

pytestmark = pytest.mark.integration

MEGABYTE = 1 << 20
BASELINE, ALLOWED = 64 * MEGABYTE, 48 * MEGABYTE  # Python with its library; what a package may add to it
LIMITED = (
    "import resource, runpy, sys;"
    "resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]),) * 2);"
    "sys.argv = sys.argv[2:];"
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)
Forge = Callable[[Path], None]


def judged(package: Path, *more: str) -> dict[str, Any]:
    """The verdict of the file alone, within the memory that is allowed."""
    line = [sys.executable, "-I", "-c", LIMITED, str(BASELINE + ALLOWED), str(VERIFIER), str(package)]
    done = subprocess.run([*line, "--json", *more], capture_output=True, check=False)
    assert done.stdout, done.stderr.decode()[-500:]
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == {"sound": 0, "altered": 1, "not_vouched_for": 3}[told["verdict"]]
    return told


def codes(told: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in told["findings"]}


# what the partnership's key alone can do


@pytest.fixture
def release_key(key: Path) -> Ed25519PrivateKey:
    """The partnership's private key, stolen."""
    stolen = load_pem_private_key(key.with_name("release.key").read_bytes(), None)
    assert isinstance(stolen, Ed25519PrivateKey)
    return stolen


def sign_again(package: Path, stolen: Ed25519PrivateKey, **changes: object) -> None:
    """Every digest of the package made to agree, and its manifest signed."""
    descriptor = json.loads((package / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        content = (package / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    apart = {"manifest.json", "manifest.sig"}
    files = [file for file in sorted(package.rglob("*")) if file.is_file() and file.name not in apart]
    manifest = json.loads((package / "manifest.json").read_bytes()) | changes
    manifest["files"] = [
        {
            "path": file.relative_to(package).as_posix(),
            "bytes": file.stat().st_size,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        for file in files
    ]
    content = json.dumps(manifest).encode()
    (package / "manifest.json").write_bytes(content)
    (package / "manifest.sig").write_bytes(base64.b64encode(stolen.sign(content)) + b"\n")


def readable(package: Path) -> list[str]:
    """What a reader opens: every file but those that sign, prove and approve."""
    apart = {
        "manifest.json",
        "manifest.sig",
        "release.pub",
        "merkle.json",
        "approvals.json",
        "checkpoint.txt",
    }
    files = (file.relative_to(package).as_posix() for file in package.rglob("*") if file.is_file())
    return sorted(set(files) - apart)


def test_changed_figures_signed_again_under_two_genuine_approvals(
    package: Path, key: Path, release_key: Ed25519PrivateKey
) -> None:
    figures = package / "data" / "kpi_values.csv"
    changed = figures.read_bytes().replace(b",12.0,", b",9999.0,")
    assert changed != figures.read_bytes()
    figures.write_bytes(changed)
    sign_again(package, release_key)
    told = judged(package, "--key", str(key))
    assert not told["sound"]
    assert "not_approved" in codes(told)


def test_nothing_that_a_reader_opens_can_be_changed_by_that_key(
    package: Path, key: Path, release_key: Ed25519PrivateKey
) -> None:
    for name in readable(package):
        sound = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
        with (package / name).open("ab") as file:
            file.write(b"\n")
        sign_again(package, release_key)
        assert codes(judged(package, "--key", str(key))), name
        for path, content in sound.items():
            path.write_bytes(content)


@pytest.mark.parametrize("name", ["data/more.csv", "LISEZMOI.txt"])
def test_nor_can_anything_be_added_or_taken_away(
    package: Path, key: Path, release_key: Ed25519PrivateKey, name: str
) -> None:
    (package / name).write_text("x")
    sign_again(package, release_key)
    assert codes(judged(package, "--key", str(key))) == {"not_approved"}
    (package / name).unlink()
    (package / "METHODS.md").unlink()
    told = json.loads((package / "datapackage.json").read_bytes())
    told["resources"] = [resource for resource in told["resources"] if resource["path"] != "METHODS.md"]
    (package / "datapackage.json").write_text(json.dumps(told))
    sign_again(package, release_key)
    assert "not_approved" in codes(judged(package, "--key", str(key)))


def test_two_invented_people_are_not_those_whom_the_reader_knows(
    package: Path, key: Path, release_key: Ed25519PrivateKey, tmp_path: Path
) -> None:
    """All of it made again by who has that key: what was approved, and who approved it."""
    approvals = json.loads((package / "approvals.json").read_bytes())
    known = tmp_path / "approvers.txt"
    known.write_text("".join(f"{one['public_key']} {one['who']}\n" for one in approvals["approvals"]))
    assert judged(package, "--key", str(key), "--approvers", str(known)) == {
        "verdict": "sound", "sound": True, "release": 1, "findings": [], "warnings": [],
    }  # fmt: skip
    figures = package / "data" / "kpi_values.csv"
    figures.write_bytes(figures.read_bytes().replace(b",12.0,", b",9999.0,"))
    sign_again(package, release_key)
    candidate = json.loads((package / "candidate.json").read_bytes())
    for file in candidate["files"]:
        content = (package / file["path"]).read_bytes()
        file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (package / "candidate.json").write_text(json.dumps(candidate))
    digest = hashlib.sha256((package / "candidate.json").read_bytes()).hexdigest()
    for one in approvals["approvals"]:
        invented = Ed25519PrivateKey.generate()
        public = invented.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        message = f"bilan-approval-v1\n1\n{digest}".encode()
        one["public_key"] = base64.b64encode(public).decode()
        one["signature"] = base64.b64encode(invented.sign(message)).decode()
    approvals["candidate_sha256"] = digest
    (package / "approvals.json").write_text(json.dumps(approvals))
    sign_again(package, release_key, candidate_sha256=digest)
    found = codes(judged(package, "--key", str(key), "--approvers", str(known)))
    assert found == {"approver_unknown", "approvals_lacking"}
    unasked = judged(package, "--key", str(key))
    assert (unasked["verdict"], unasked["sound"]) == ("not_vouched_for", False)


# archives made to exhaust whoever opens them


@pytest.fixture
def members(package: Path) -> dict[str, bytes]:
    files = (file for file in sorted(package.rglob("*")) if file.is_file())
    return {file.relative_to(package).as_posix(): file.read_bytes() for file in files}


def zipped(file: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def nested(size: int) -> bytes:
    return b'{"release": 1, "files": [' + b",".join([b"[]"] * (size // 3)) + b"]}"


DOCUMENTS = ("manifest.json", "manifest.sig", "release.pub")


@pytest.mark.parametrize("name", [*DOCUMENTS, "candidate.json", "merkle.json", "data/kpi_values.csv"])
@pytest.mark.parametrize("content", [nested(15 * MEGABYTE), bytes(200 * MEGABYTE)], ids=["nested", "zeros"])
def test_a_forged_archive_is_refused_before_it_is_read(
    members: dict[str, bytes], key: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    file = zipped(tmp_path / "forged.zip", {**members, name: content})
    assert codes(judged(file, "--key", str(key)))


@pytest.mark.parametrize("name", ["manifest.json", "data/kpi_values.csv", "merkle.json", "candidate.json"])
def test_one_signed_with_a_key_of_its_own_exhausts_nobody_either(
    package: Path, tmp_path: Path, name: str
) -> None:
    own = Ed25519PrivateKey.generate()
    (package / "release.pub").write_bytes(
        own.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    content = nested(60 * MEGABYTE)
    sign_again(package, own)
    if name == "manifest.json":
        (package / name).write_bytes(content)
        (package / "manifest.sig").write_bytes(base64.b64encode(own.sign(content)) + b"\n")
    else:
        (package / name).write_bytes(content)
        sign_again(package, own)
    for place in (package, _archive_of(package, tmp_path / "own.zip")):
        assert codes(judged(place))


def _archive_of(package: Path, file: Path) -> Path:
    files = (path for path in sorted(package.rglob("*")) if path.is_file())
    return zipped(file, {path.relative_to(package).as_posix(): path.read_bytes() for path in files})


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_longer_than_it_says(
    members: dict[str, bytes], key: Path, tmp_path: Path, method: int
) -> None:
    """Its headers say the right size; what is compressed in it is 300 MB."""
    said = len(members["manifest.json"])
    file = zipped(tmp_path / "liar.zip", {**members, "manifest.json": bytes(300 * MEGABYTE)}, method)
    content = file.read_bytes().replace(struct.pack("<L", 300 * MEGABYTE), struct.pack("<L", said))
    file.write_bytes(content)
    assert codes(judged(file, "--key", str(key)))


def outside(members: dict[str, bytes]) -> Iterable[tuple[str, zipfile.ZipInfo]]:
    for name in ("../outside", "/outside", "C:\\outside", "data/../../outside", "data//x", "./x", ""):
        yield repr(name), zipfile.ZipInfo(name)
    for kind in (0o120777, 0o010600, 0o060600):  # a link, a pipe, a device
        entry = zipfile.ZipInfo("special")
        entry.external_attr = kind << 16
        yield oct(kind), entry
    yield "twice", zipfile.ZipInfo("METHODES.md")
    yield "twice for a system that ignores case", zipfile.ZipInfo("methodes.md")
    yield "a folder where a file is", zipfile.ZipInfo("METHODES.md/")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_an_entry_outside_its_folder_is_refused_whole(
    members: dict[str, bytes], key: Path, tmp_path: Path
) -> None:
    for what, entry in outside(members):
        file = zipped(tmp_path / "outside.zip", members)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(entry, "x")
        told = judged(file, "--key", str(key))
        assert codes(told) & {"unsafe_entry", "malformed"}, what
        assert told["release"] is None, what  # refused before anything of it was read


@pytest.mark.parametrize("count", [5_000, 120_000])
def test_an_archive_of_countless_entries_is_refused(
    members: dict[str, bytes], key: Path, tmp_path: Path, count: int
) -> None:
    many = {f"../{number}": b"" for number in range(count)}
    file = zipped(tmp_path / "many.zip", {**members, **many}, zipfile.ZIP_STORED)
    assert codes(judged(file, "--key", str(key))) == {"malformed"}


def test_a_file_before_or_after_the_archive_is_refused(
    members: dict[str, bytes], key: Path, tmp_path: Path
) -> None:
    """What another reader of archives would take for the package."""
    sound = zipped(tmp_path / "sound.zip", members).read_bytes()
    other = zipped(tmp_path / "other.zip", {"METHODES.md": b"autre"}).read_bytes()
    for content in (other + sound, sound + other, sound + b"x", b"#!/bin/sh\n" + sound):
        (tmp_path / "both.zip").write_bytes(content)
        assert codes(judged(tmp_path / "both.zip", "--key", str(key)))


def test_a_folder_of_countless_or_sparse_files_is_refused(package: Path, key: Path) -> None:
    os.truncate(package / "manifest.json", 1 << 40)
    assert codes(judged(package, "--key", str(key))) == {"malformed"}
    (package / "manifest.json").unlink()
    for number in range(2_000):
        (package / "data" / str(number)).touch()
    assert codes(judged(package, "--key", str(key))) == {"malformed"}
