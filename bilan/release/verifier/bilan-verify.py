#!/usr/bin/env python3
"""Vérifier une publication de Bilan, hors ligne. / Verify a Bilan release, offline.

    python bilan-verify.py PACKAGE [--key release.pub] [--previous PACKAGE] [--json]

PACKAGE est un dossier ou une archive .zip. Il ne faut que Python 3.9 et la bibliothèque « cryptography ».
La clé publique doit venir d'ailleurs que du paquet : qui forge un paquet y met sa propre clé.
Code de sortie : 0 intact, 1 altéré.

PACKAGE is a folder or a .zip archive. Python 3.9 and the library "cryptography" are all it takes. The
public key must come from elsewhere than the package: whoever forges a package puts a key of his own in it.
Exit code: 0 sound, 1 not.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import math
import os
import re
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "release.pub"
PROVENANCE, MERKLE, APPROVALS = "provenance.json", "merkle.json", "approvals.json"
DESCRIPTOR, FIGURES = "datapackage.json", "data/kpi_values.csv"
LARGEST_UNLISTED = 16 << 20  # bytes, of what is read before the manifest says how long it may be
APPROVAL_PREFIX = "bilan-approval-v1"
APPROVERS_NEEDED = 2
SHOWN = 5  # rows named in a finding; the others are counted
SHA256 = re.compile(r"[0-9a-f]{64}")

MEASURES = ("value", "low", "high", "numerator", "denominator", "n_persons", "link_rate")
CELL = (
    *("code", "programme", "territory", "partner", "period_kind", "period_start", "period_end"),
    *("breakdown", "breakdown_value"),
)
# status: (obs_status, conf_status, whether there is a value)
STATUSES = {
    "value": ("A", "F", True),
    "true_zero": ("A", "F", True),
    "suppressed": ("Q", "N", False),
    "missing": ("M", "F", False),
    "not_yet_reported": ("L", "F", False),
}


class MalformedError(Exception):
    """Something is not written as a package is. French, English."""


class Findings:
    """What is wrong, and what the reader must know though nothing is wrong."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.warned: list[dict[str, str]] = []

    def find(self, code: str, french: str, english: str) -> None:
        """Add something that is wrong."""
        self.found.append({"code": code, "fr": french, "en": english})

    def warn(self, code: str, french: str, english: str) -> None:
        """Add something that the reader must know."""
        self.warned.append({"code": code, "fr": french, "en": english})


# --- reading a package without trusting it: nothing is unpacked, no link is followed


class Folder:
    """A package as a folder."""

    def __init__(self, root: Path, findings: Findings) -> None:
        self.sizes: dict[str, int] = {}
        self._root = root
        for folder, folders, files in os.walk(root):
            for name in sorted(folders + files):
                path = Path(folder, name)
                inside = path.relative_to(root).as_posix()
                mode = path.lstat().st_mode
                if stat.S_ISREG(mode):
                    self.sizes[inside] = path.lstat().st_size
                elif not stat.S_ISDIR(mode):
                    _find_unsafe(findings, inside)

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._root / name, flags)
        with os.fdopen(descriptor, "rb") as file:
            return file.read()


class Archive:
    """A package as a .zip archive."""

    def __init__(self, file: Path, findings: Findings) -> None:
        self.sizes: dict[str, int] = {}
        self._archive = zipfile.ZipFile(file)
        for member in self._archive.infolist():
            name, mode = member.filename, member.external_attr >> 16
            if member.is_dir() and is_inside(name[:-1]):
                continue
            special = stat.S_IFMT(mode) not in (0, stat.S_IFREG)
            if name in self.sizes or not is_inside(name) or special:
                _find_unsafe(findings, name)
            else:
                self.sizes[name] = member.file_size

    def read(self, name: str) -> bytes:
        """The bytes of a file; a member that is longer than it says is an error of the archive."""
        return self._archive.read(name)


def is_inside(name: object) -> bool:
    """Whether a path stays in the package, and is written in one way only."""
    if not isinstance(name, str) or not name or "\\" in name or "\0" in name or ":" in name:
        return False
    return not name.startswith("/") and all(part not in ("", ".", "..") for part in name.split("/"))


def opened(path: Path, findings: Findings) -> Folder | Archive:
    """The package at that place. Raises MalformedError."""
    try:
        return Folder(path, findings) if path.is_dir() else Archive(path, findings)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        raise MalformedError(
            f"{path.name} n'est ni un dossier ni une archive .zip lisible.",
            f"{path.name} is neither a folder nor a readable .zip archive.",
        ) from None


def read(package: Folder | Archive, name: str) -> bytes:
    """The bytes of a file of the package. Raises MalformedError."""
    if name not in package.sizes:
        raise MalformedError(f"{name} manque.", f"{name} is missing.")
    try:
        return package.read(name)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        raise MalformedError(f"{name} ne se lit pas.", f"{name} can't be read.") from None
    except Exception:  # each compression has errors of its own
        raise MalformedError(f"{name} ne se lit pas.", f"{name} can't be read.") from None


def document(package: Folder | Archive, name: str) -> dict[str, Any]:
    """A JSON object of the package. Raises MalformedError; a key given twice is malformed too."""
    try:
        told = json.loads(read(package, name).decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise MalformedError(f"{name} n'est pas un objet JSON.", f"{name} is not a JSON object.")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


def _find_unsafe(findings: Findings, name: str) -> None:
    findings.find(
        "unsafe_entry",
        f"{name!r} : lien, doublon ou chemin hors du paquet.",
        f"{name!r}: a link, a duplicate or a path outside the package.",
    )


# --- checks


def check_signature(package: Folder | Archive, key_file: Path | None, findings: Findings) -> None:
    """The manifest is signed by the key given, else by the package's own."""
    own = _raw_key(read(package, KEY), KEY)
    if key_file is None:
        key = own
        findings.warn(
            "own_key",
            "ATTENTION : aucune clé indépendante. Le paquet est jugé d'après la clé qu'il contient : cela "
            "n'écarte pas un faux complet. Donner --key avec la clé reçue du partenariat. Empreinte : "
            + hashlib.sha256(own).hexdigest(),
            "WARNING: no independent key. The package is judged by the key that it holds itself, which does "
            "not rule out a complete forgery. Give --key with the key received from the partnership. "
            "Fingerprint: " + hashlib.sha256(own).hexdigest(),
        )
    else:
        try:
            key = _raw_key(key_file.read_bytes(), key_file.name)
        except OSError:
            raise MalformedError(
                f"{key_file.name} ne se lit pas.", f"{key_file.name} can't be read."
            ) from None
        if key != own:
            findings.find(
                "other_key",
                "Le paquet est d'une autre clé que celle donnée.",
                "The package is of another key than the one given.",
            )
    if not _signs(key, _decoded(read(package, SIGNATURE)), read(package, MANIFEST)):
        findings.find(
            "signature",
            "La signature du manifeste ne tient pas : il a été altéré ou n'est pas du partenariat.",
            "The manifest's signature does not hold: it was altered or is not the partnership's.",
        )


def check_files(package: Folder | Archive, findings: Findings) -> None:
    """Every file of the manifest is there as it says, and no other one."""
    listed: dict[str, tuple[int, str]] = {}
    for entry in document(package, MANIFEST)["files"]:
        path, size, digest = entry["path"], entry["bytes"], entry["sha256"]
        if not is_inside(path) or path in listed or path in (MANIFEST, SIGNATURE):
            _find_unsafe(findings, str(path))
        elif type(size) is not int or not SHA256.fullmatch(digest):
            raise MalformedError(f"{MANIFEST} décrit mal {path}.", f"{MANIFEST} describes {path} badly.")
        else:
            listed[path] = (size, digest)
    for path in sorted(set(listed) - set(package.sizes)):
        findings.find("file_missing", f"{path} manque.", f"{path} is missing.")
    for path in sorted(set(package.sizes) - set(listed) - {MANIFEST, SIGNATURE}):
        findings.find("file_extra", f"{path} n'est pas du manifeste.", f"{path} is not in the manifest.")
    for path in sorted(set(listed) & set(package.sizes)):
        size, digest = listed[path]
        # the size first: what is too long is not read
        if package.sizes[path] != size or hashlib.sha256(read(package, path)).hexdigest() != digest:
            findings.find("file_altered", f"{path} a été altéré.", f"{path} was altered.")


def check_approvals(package: Folder | Archive, findings: Findings) -> None:
    """Two people, who did not make it, signed the candidate that the manifest names."""
    manifest, told = document(package, MANIFEST), document(package, APPROVALS)
    maker = str(document(package, PROVENANCE)["made_by"]).casefold()
    release, candidate = manifest["release"], manifest["candidate_sha256"]
    if (told["release"], told["candidate_sha256"]) != (release, candidate):
        findings.find(
            "approvals_of_another",
            f"{APPROVALS} parle d'une autre publication.",
            f"{APPROVALS} speaks of another release.",
        )
    message = f"{APPROVAL_PREFIX}\n{release}\n{candidate}".encode()
    people: list[set[str]] = []
    for approval in told["approvals"]:
        name, key = str(approval["who"]), base64.b64decode(approval["public_key"], validate=True)
        known_as = {name.casefold(), str(approval["account"]).casefold(), key.hex()}
        if not _signs(key, base64.b64decode(approval["signature"], validate=True), message):
            findings.find(
                "approval_forged",
                f"La signature de {name} ne tient pas.",
                f"The signature of {name} does not hold.",
            )
        elif maker in known_as:
            findings.find(
                "approved_by_maker",
                f"{name} a fait la candidate et ne peut l'approuver.",
                f"{name} made the candidate and can't approve it.",
            )
        elif not any(known_as & other for other in people):
            people.append(known_as)
    if len(people) < APPROVERS_NEEDED:
        findings.find(
            "approvals_lacking",
            f"{len(people)} approbation valable de personnes différentes ; il en faut {APPROVERS_NEEDED}.",
            f"{len(people)} valid approvals by different people; {APPROVERS_NEEDED} are needed.",
        )


def check_merkle(package: Folder | Archive, findings: Findings) -> None:
    """The ledger's root is the provenance's; the earlier ledger is its beginning; the events are in it."""
    told, ledger = document(package, MERKLE), document(package, PROVENANCE)["ledger"]
    size, root = told["tree_size"], bytes.fromhex(told["root"])
    if (told["release"], size, told["root"]) != (
        document(package, MANIFEST)["release"],
        ledger["events"],
        ledger["merkle_root"],
    ):
        findings.find(
            "merkle_provenance",
            f"{MERKLE} et {PROVENANCE} ne parlent pas du même grand livre.",
            f"{MERKLE} and {PROVENANCE} do not speak of the same ledger.",
        )
    for event in told["inclusion"]:
        leaf, proof = bytes.fromhex(event["row_hash"]), _hashes(event["proof"])
        if not proves_inclusion(leaf, event["sequence"] - 1, size, proof, root):
            findings.find(
                "inclusion",
                f"La preuve de l'événement {event['sequence']} ne tient pas.",
                f"The proof of event {event['sequence']} does not hold.",
            )
    earlier = told["previous"]
    proved = {event["sequence"] for event in told["inclusion"]}
    if not {size, earlier["tree_size"] if earlier else 0} - {0} <= proved:
        findings.find(
            "inclusion_lacking",
            "Il manque la preuve du dernier événement.",
            "The proof of the last event is lacking.",
        )
    if earlier is not None and not proves_consistency(
        earlier["tree_size"], bytes.fromhex(earlier["root"]), size, root, _hashes(earlier["consistency"])
    ):
        findings.find(
            "consistency",
            f"Le grand livre de la publication {earlier['release']} n'est pas le début de celui-ci.",
            f"The ledger of release {earlier['release']} is not the beginning of this one.",
        )


def check_previous(
    package: Folder | Archive, key_file: Path | None, previous: Path, findings: Findings
) -> None:
    """The earlier package is sound, of the same key, and this one's proof starts from its root."""
    verdict = verify(previous, key_file)
    for told in verdict["findings"]:
        findings.find("previous_unsound", f"{previous.name} : {told['fr']}", f"{previous.name}: {told['en']}")
    if not verdict["sound"]:
        return
    other = opened(previous, findings)
    if read(other, KEY) != read(package, KEY):
        findings.find(
            "previous_key", f"{previous.name} est d'une autre clé.", f"{previous.name} is of another key."
        )
    earlier, there = document(package, MERKLE)["previous"], document(other, MERKLE)
    start = earlier and (earlier["release"], earlier["tree_size"], earlier["root"])
    if start != (there["release"], there["tree_size"], there["root"]):
        findings.find(
            "previous_root",
            f"La preuve ne part pas du grand livre de {previous.name} (publication {there['release']}).",
            f"The proof does not start from the ledger of {previous.name} (release {there['release']}).",
        )


def check_figures(package: Folder | Archive, findings: Findings) -> None:
    """As many rows as described, each cell once, and no measure where its status says that there is none."""
    [described] = [r for r in document(package, DESCRIPTOR)["resources"] if r["path"] == FIGURES]
    try:
        table = csv.DictReader(io.StringIO(read(package, FIGURES).decode("utf-8"), newline=""))
        rows = list(table)
    except (UnicodeDecodeError, csv.Error):
        raise MalformedError(f"{FIGURES} n'est pas un CSV.", f"{FIGURES} is not a CSV.") from None
    if table.fieldnames != [field["name"] for field in described["schema"]["fields"]]:
        findings.find(
            "headings",
            f"Les colonnes de {FIGURES} ne sont pas celles que décrit {DESCRIPTOR}.",
            f"The columns of {FIGURES} are not those that {DESCRIPTOR} describes.",
        )
    if described["rows"] != len(rows):
        findings.find(
            "row_count",
            f"{FIGURES} a {len(rows)} lignes ; {DESCRIPTOR} en dit {described['rows']}.",
            f"{FIGURES} has {len(rows)} rows; {DESCRIPTOR} says {described['rows']}.",
        )
    wrong = [number for number, row in enumerate(rows, 2) if not _agrees(row)]
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 2):
        cell = tuple(row[name] for name in CELL)
        if cell in seen:
            wrong.append(number)
        seen.add(cell)
    if wrong:
        places = ", ".join(map(str, wrong[:SHOWN])) + ("…" if len(wrong) > SHOWN else "")
        findings.find(
            "figures",
            f"{FIGURES} : {len(wrong)} lignes dont le statut dément les chiffres, ou en double ({places}).",
            f"{FIGURES}: {len(wrong)} rows whose status belies the figures, or doubled ({places}).",
        )


def _agrees(row: dict[Any, str]) -> bool:
    """Whether a row's figures are what its status says."""
    obs_status, conf_status, has_value = STATUSES[row["status"]]
    if (row["obs_status"], row["conf_status"]) != (obs_status, conf_status):
        return False
    if None in row or bool(row["value"]) != has_value:  # None: more cells than headings
        return False
    if has_value and not math.isfinite(float(row["value"])):
        return False
    if row["status"] == "true_zero":
        return float(row["value"]) == 0
    return row["status"] != "suppressed" or not any(row[name] for name in MEASURES)


def check_release(package: Folder | Archive, findings: Findings) -> None:
    """Every document speaks of the same release."""
    release = document(package, MANIFEST)["release"]
    if type(release) is not int or document(package, PROVENANCE)["release"] != release:
        findings.find(
            "release",
            f"{PROVENANCE} parle d'une autre publication que {MANIFEST}.",
            f"{PROVENANCE} speaks of another release than {MANIFEST}.",
        )


# --- keys


def _raw_key(content: bytes, name: str) -> bytes:
    try:
        key = load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise MalformedError(f"{name} n'est pas une clé Ed25519.", f"{name} is not an Ed25519 key.")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _signs(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(signature: bytes) -> bytes:
    try:
        return base64.b64decode(signature.strip(), validate=True)
    except ValueError:
        return b""


# --- the Merkle tree of RFC 6962 (checks as in RFC 9162, 2.1.3.2 and 2.1.4.2)


def proves_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether the proof shows the leaf at `index` of the tree of that size and root."""
    if not 0 <= index < size:
        return False
    node, last = hashlib.sha256(b"\x00" + leaf).digest(), size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = _joined(sibling, node)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = _joined(node, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def proves_consistency(earlier: int, start: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows that the tree of `earlier` leaves and root `start` begins the other."""
    if not 0 <= earlier <= size:
        return False
    if earlier in (0, size):
        return not proof and start == (root if earlier else hashlib.sha256().digest())
    path = proof if earlier & (earlier - 1) else [start, *proof]
    if not path:
        return False
    index, last = earlier - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = _joined(sibling, before), _joined(sibling, after)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            after = _joined(after, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and before == start and after == root


def _joined(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _hashes(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


# --- all of it


def verify(path: Path, key_file: Path | None = None, previous: Path | None = None) -> dict[str, Any]:
    """What was found: `sound`, `release`, `findings`, `warnings`, each with `code`, `fr`, `en`."""
    findings = Findings()
    release = None
    try:
        package = opened(path, findings)
        for name in (MANIFEST, SIGNATURE, KEY):
            if package.sizes.get(name, 0) > LARGEST_UNLISTED:
                raise MalformedError(f"{name} est démesuré.", f"{name} is far too large.")
        release = document(package, MANIFEST).get("release")
        _guarded(findings, check_signature, package, key_file, findings)
        _guarded(findings, check_files, package, findings)
        if not findings.found:  # what follows trusts the bytes
            for check in (check_release, check_approvals, check_merkle, check_figures):
                _guarded(findings, check, package, findings)
            if previous is not None:
                _guarded(findings, check_previous, package, key_file, previous, findings)
    except MalformedError as error:
        findings.find("malformed", *error.args)
    return {
        "sound": not findings.found,
        "release": release,
        "findings": findings.found,
        "warnings": findings.warned,
    }


def _guarded(findings: Findings, check: Callable[..., None], *given: Any) -> None:
    """Make a check; what is not written as expected is a finding, never a crash."""
    try:
        check(*given)
    except MalformedError as error:
        findings.find("malformed", *error.args)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        what = type(error).__name__
        findings.find("malformed", f"Document mal formé ({what}).", f"MalformedError document ({what}).")


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("package", type=Path, help="dossier ou .zip / folder or .zip")
    parser.add_argument("--key", type=Path, help="clé publique du partenariat / the partnership's public key")
    parser.add_argument("--previous", type=Path, help="paquet précédent / the package before")
    parser.add_argument("--json", action="store_true", help="pour un script / for a script")
    given = parser.parse_args()
    verdict = verify(given.package, given.key, given.previous)
    text = json.dumps(verdict, ensure_ascii=False, indent=2) if given.json else as_text(verdict)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")  # whatever the terminal's own encoding
    return 0 if verdict["sound"] else 1


def as_text(verdict: dict[str, Any]) -> str:
    """The verdict for people, French then English."""
    lines = [f"! {told['fr']}\n  {told['en']}" for told in verdict["warnings"]]
    lines += [f"✗ {told['fr']}\n  {told['en']}" for told in verdict["findings"]]
    number = verdict["release"]
    lines.append(
        f"Publication {number} : intacte. / Release {number}: sound."
        if verdict["sound"]
        else f"Publication {number} : ALTÉRÉE. / Release {number}: NOT SOUND."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
