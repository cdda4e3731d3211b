"""The shipped verifier finds whatever was done to a package, and finds nothing in a sound one."""

import ast
import base64
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilan.keyfiles import public_pem
from bilan.ledger.checkpoint import EVENTS, sign_checkpoint
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.merkle import leaves_of
from bilan.release.package import verify_package
from bilan.release.package.verifier import VERIFIER
from bilan.release.publication.extracts import write_archive
from bilan.signing import release_key
from tests.thorough import examples
from tests.unit.release.package.packing import Packing, Resign, codes, person_key

# sound


def test_a_package_is_sound_as_a_folder_and_as_an_archive(
    package: Path, key: Path, approvers: Path, tmp_path: Path
) -> None:
    write_archive(package, tmp_path / "bilan-1.zip")
    for place in (package, tmp_path / "bilan-1.zip"):
        verdict = verify_package(place, key, approvers=approvers)
        assert (verdict["sound"], verdict["release"]) == (True, 1)
        assert verdict["warnings"] == []


KEY_WORDS = ("de la clé du partenariat (--key)", "for the partnership's key (--key)")
APPROVERS_WORDS = ("de qui l'a approuvée (--approvers)", "for who approved it (--approvers)")
UNVOUCHED = {
    (): (*KEY_WORDS, *APPROVERS_WORDS),
    ("--key",): APPROVERS_WORDS,
    ("--approvers",): KEY_WORDS,
}


@pytest.mark.parametrize("given", UNVOUCHED)
def test_what_only_the_package_says_makes_no_sound_verdict(
    package: Path, key: Path, approvers: Path, given: tuple[str, ...]
) -> None:
    """The last line and the exit code say so, to who reads no warning."""
    files = {"--key": str(key), "--approvers": str(approvers)}
    options = [word for name in given for word in (name, files[name])]
    command = [sys.executable, "-I", str(VERIFIER), str(package), *options]
    done = subprocess.run(command, capture_output=True, check=False)
    line = done.stdout.decode().splitlines()[-1]
    assert done.returncode == 3
    for words in ("PERSONNE NE RÉPOND", "NOBODY VOUCHES", *UNVOUCHED[given]):
        assert words in line
    assert "intacte" not in line
    told = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=False).stdout)
    assert (told["verdict"], told["sound"]) == ("not_vouched_for", False)
    assert len(told["warnings"]) == len(UNVOUCHED[given]) // 2


@pytest.mark.integration
def test_the_file_runs_alone_in_french_and_english(
    package: Path, key: Path, approvers: Path, tmp_path: Path
) -> None:
    alone = shutil.copy(package / "bilan-verify.py", tmp_path / "elsewhere.py")
    command = [sys.executable, "-I", str(alone), str(package), "--key", str(key)]
    command += ["--approvers", str(approvers)]
    sound = subprocess.run(command, capture_output=True, check=False)
    assert (sound.returncode, sound.stdout.decode().strip()) == (
        0,
        "Publication 1 : intacte. / Release 1: sound.",
    )
    (package / "METHODES.md").unlink()
    altered = subprocess.run([*command, "--json"], capture_output=True, check=False)
    assert altered.returncode == 1
    [finding] = json.loads(altered.stdout)["findings"]
    assert finding == {
        "code": "file_missing",
        "fr": "METHODES.md manque.",
        "en": "METHODES.md is missing.",
    }


def test_the_shipped_file_is_the_one_that_is_run_here(package: Path) -> None:
    assert (package / "bilan-verify.py").read_bytes() == VERIFIER.read_bytes()


def test_it_takes_an_old_python_and_one_library() -> None:
    tree = ast.parse(VERIFIER.read_text("utf-8"), feature_version=(3, 9))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    foreign = {str(name).split(".")[0] for name in imported} - sys.stdlib_module_names
    assert foreign == {"cryptography"}


# bytes


@pytest.fixture
def whole(package: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(package.rglob("*")) if path.is_file()}


@settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_no_byte_can_change(whole: dict[Path, bytes], package: Path, key: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(list(whole)))
    place = data.draw(st.integers(0, len(whole[file]) - 1))
    flipped = bytearray(whole[file])
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    if file.name == "manifest.sig" and flipped.strip() == whole[file].strip():
        return  # white space around a signature says nothing
    file.write_bytes(flipped)
    found = codes(verify_package(package, key))
    file.write_bytes(whole[file])
    assert found


def test_no_file_can_be_cut_short_go_or_come(whole: dict[Path, bytes], package: Path, key: Path) -> None:
    for file, content in whole.items():
        file.write_bytes(content[: len(content) // 2])
        assert codes(verify_package(package, key)), f"{file.name} cut short"
        file.unlink()
        assert codes(verify_package(package, key)) & {"file_missing", "malformed"}, f"{file.name} gone"
        file.write_bytes(content)
    (package / "data" / "more.csv").write_text("x")
    assert codes(verify_package(package, key)) == {"file_extra"}


# signature and keys


def test_another_key_is_not_the_partnerships(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pub"
    other.write_bytes(public_pem(person_key("Eve")))
    assert codes(verify_package(package, other)) == {"other_key", "signature"}


def test_a_package_signed_anew_by_somebody_else_is_found_by_the_key_alone(
    package: Path, key: Path, packing: Packing, resign: Resign
) -> None:
    independent = key.read_bytes()
    for name in ("release.key", "release.pub"):
        (packing.home.keys / name).unlink()
    resign(package)  # makes another key
    (package / "release.pub").write_bytes((packing.home.keys / "release.pub").read_bytes())
    (package / "checkpoint.txt").write_text(
        sign_checkpoint(release_key(packing.home.keys), EVENTS, _leaves(packing))
    )
    resign(package)
    assert verify_package(package)["verdict"] == "not_vouched_for"  # why the reader must give a key
    key.write_bytes(independent)
    assert codes(verify_package(package, key)) == {"other_key", "signature"}


def test_a_signature_of_another_manifest_does_not_hold(package: Path, key: Path) -> None:
    signature = base64.b64encode(person_key("Eve").sign((package / "manifest.json").read_bytes()))
    for wrong in (signature, b"", b"%%%", base64.b64encode(bytes(64))):
        (package / "manifest.sig").write_bytes(wrong)
        assert codes(verify_package(package, key)) == {"signature"}


@pytest.mark.parametrize("wrong", [b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n"])
def test_a_key_that_is_none_is_told(package: Path, tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / "k.pub").write_bytes(wrong)
    assert codes(verify_package(package, tmp_path / "k.pub")) == {"malformed"}
    assert codes(verify_package(package, tmp_path / "nowhere.pub")) == {"malformed"}


# places


def test_a_link_is_refused_even_to_the_same_bytes(package: Path, key: Path, tmp_path: Path) -> None:
    moved = tmp_path / "METHODES.md"
    (package / "METHODES.md").rename(moved)
    (package / "METHODES.md").symlink_to(moved)
    assert "unsafe_entry" in codes(verify_package(package, key))


def test_a_linked_folder_and_a_pipe_are_refused(package: Path, key: Path, tmp_path: Path) -> None:
    (package / "data").rename(tmp_path / "data")
    (package / "data").symlink_to(tmp_path / "data")
    os.mkfifo(package / "pipe")
    assert "unsafe_entry" in codes(verify_package(package, key))


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "data/../../evil", "a\\..\\b", "C:evil", "./x"])
def test_an_archive_can_hold_no_path_outside(package: Path, key: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "p.zip"
    write_archive(package, file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    assert "unsafe_entry" in codes(verify_package(file, key))


def test_an_archive_can_hold_no_link_and_nothing_twice(package: Path, key: Path, tmp_path: Path) -> None:
    for external in (stat.S_IFLNK | 0o777, stat.S_IFREG | 0o600):
        file = tmp_path / f"{external}.zip"
        write_archive(package, file)
        entry = zipfile.ZipInfo("METHODES.md" if stat.S_ISREG(external) else "link")
        entry.external_attr = external << 16
        with zipfile.ZipFile(file, "a") as archive, pytest.MonkeyPatch.context() as quiet:
            quiet.setattr("warnings.warn", lambda *_args, **_more: None)
            archive.writestr(entry, "/etc/passwd")
        assert "unsafe_entry" in codes(verify_package(file, key))


def test_a_manifest_can_name_no_path_outside(package: Path, key: Path, resign: Resign) -> None:
    (package.parent / "outside.txt").write_text("x")
    for path in ("../outside.txt", "manifest.json", "METHODES.md"):  # the last one is there already
        resign(package)
        manifest = json.loads((package / "manifest.json").read_bytes())
        manifest["files"].append({"path": path, "bytes": 1, "sha256": "0" * 64})
        _sign_as_it_is(package, key, manifest)
        assert "unsafe_entry" in codes(verify_package(package, key))


def test_a_truncated_or_foreign_archive_is_told(package: Path, key: Path, tmp_path: Path) -> None:
    file = tmp_path / "p.zip"
    write_archive(package, file)
    content = file.read_bytes()
    for wrong in (content[:-100], content[: len(content) // 2], b"", b"PK\x03\x04", b"hello"):
        file.write_bytes(wrong)
        assert codes(verify_package(file, key)) == {"malformed"}
    assert codes(verify_package(tmp_path / "nowhere", key)) == {"malformed"}
    assert codes(verify_package(tmp_path / "home", key)) & {"malformed"}  # a folder without a manifest


@pytest.mark.integration
def test_a_member_that_swells_is_not_read(package: Path, key: Path, tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    write_archive(package, file)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["METHODES.md"] = bytes(50 << 20)
    members["manifest.sig"] = bytes(17 << 20)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert codes(verify_package(file, key)) == {"malformed"}


def _sign_as_it_is(package: Path, key: Path, manifest: dict[str, Any]) -> None:
    private: Any = load_pem_private_key(key.with_suffix(".key").read_bytes(), None)
    content = json.dumps(manifest).encode()
    (package / "manifest.json").write_bytes(content)
    (package / "manifest.sig").write_bytes(base64.b64encode(private.sign(content)))


def _leaves(packing: Packing) -> list[bytes]:
    return leaves_of(DeltaLedger(packing.home.ledger).row_hashes(DeltaLedger(packing.home.ledger).version()))
