"""A home with a small ledger, and a package of it."""

import base64
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.release.package.making import described
from bilan.release.publication.extracts import package_folder
from bilan.signing import release_key
from tests.unit.release.package.packing import PEOPLE, Packing, Resign, approve_again, person_key


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Packing:
    """A home whose ledger holds three batches; tests get copies of it."""
    packing = Packing(Home(tmp_path_factory.mktemp("grown") / "home").create())
    for count in (3, 1, 4):
        packing.grow(count)
    return packing


@pytest.fixture(scope="session")
def packed(grown: Packing, tmp_path_factory: pytest.TempPathFactory) -> Packing:
    """The same with release 1 packed; tests get copies of it."""
    packing = copied(grown, tmp_path_factory.mktemp("packed") / "home")
    packing.freeze(1)
    packing.pack(1)
    return packing


@pytest.fixture
def packing(grown: Packing, tmp_path: Path) -> Packing:
    """A home whose ledger holds three batches."""
    return copied(grown, tmp_path / "home")


@pytest.fixture
def package(packed: Packing, packing: Packing) -> Path:
    """The package of release 1, in the home of `packing`."""
    return package_folder(copied(packed, packing.home.root).home, 1)


def copied(packing: Packing, root: Path) -> Packing:
    """The same home in another place, or over the one that is there."""
    shutil.copytree(packing.home.root, root, symlinks=True, dirs_exist_ok=True)
    return Packing(Home(root), list(packing.records))


@pytest.fixture
def resign(packing: Packing) -> Resign:
    """Write a package's manifest again and sign it, as whoever holds the partnership's key could.

    `approved`: as if the two people had signed what the package holds now.
    """

    def write(package: Path, *, approved: bool = False) -> None:
        if approved:
            approve_again(package)
        manifest = json.loads((package / "manifest.json").read_bytes())
        candidate = (package / "candidate.json").read_bytes()
        manifest["candidate_sha256"] = hashlib.sha256(candidate).hexdigest()
        own = ("manifest.json", "manifest.sig")
        paths = [path for path in sorted(package.rglob("*")) if path.is_file() and path.name not in own]
        manifest["files"] = [described(package, path) for path in paths]
        content = json.dumps(manifest).encode()
        (package / "manifest.json").write_bytes(content)
        key = release_key(packing.home.keys)
        (package / "manifest.sig").write_bytes(base64.b64encode(key.sign(content)))

    return write


@pytest.fixture
def key(packing: Packing) -> Path:
    """The partnership's public key, as a reader received it."""
    return packing.home.keys / "release.pub"


@pytest.fixture
def approvers(tmp_path: Path) -> Path:
    """The keys of the two people, as a reader received them."""
    lines = []
    for who in PEOPLE:
        raw = person_key(who).public_key().public_bytes_raw()
        lines.append(f"{base64.b64encode(raw).decode()} {who}\n")
    file = tmp_path / "approvers.txt"
    file.write_text("# clé, nom\n\n" + "".join(lines))
    return file
