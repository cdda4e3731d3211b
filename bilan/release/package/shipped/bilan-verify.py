#!/usr/bin/env python3
"""Vérifier une publication de Bilan, hors ligne. / Verify a Bilan release, offline.

    python bilan-verify.py PACKAGE [--key release.pub] [--approvers approvers.txt]
                           [--previous PACKAGE] [--json]

PACKAGE est un dossier ou une archive .zip. Il ne faut que Python 3.9 et la bibliothèque « cryptography ».
La clé publique et la liste des personnes qui approuvent (une par ligne : clé, espace, nom) doivent venir
d'ailleurs que du paquet : qui forge un paquet y met les siennes. Code de sortie : 0 intact, 1 altéré, 3 rien
d'altéré mais personne n'en répond (sans --key et --approvers, un faux complet passe).

PACKAGE is a folder or a .zip archive. Python 3.9 and the library "cryptography" are all it takes. The
public key and the list of the people who approve (one a line: key, space, name) must come from elsewhere
than the package: whoever forges a package puts his own in it. Exit code: 0 sound, 1 not, 3 nothing altered
but nobody vouches for it (without --key and --approvers, a complete forgery passes).

Nothing is unpacked and no link is followed. The names and sizes of entries are looked at first, then the
signature over the manifest's bytes; only what the signed manifest lists is read, by blocks, and no further
than the length that it gives.
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
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "release.pub"
CANDIDATE, PROVENANCE = "candidate.json", "provenance.json"
MERKLE, APPROVALS, CHECKPOINT = "merkle.json", "approvals.json", "checkpoint.txt"
DESCRIPTOR, FIGURES = "datapackage.json", "data/kpi_values.csv"
# what nobody approved: it signs, proves or tells who approved, and is checked for what it claims
APART = {MANIFEST, SIGNATURE, KEY, CANDIDATE, MERKLE, APPROVALS, CHECKPOINT}

MOST_ENTRIES = 500
LOCAL_HEADER, ZIP64_LOCATOR, END_RECORD = 30, 20, 22  # bytes, of an archive's own records
LARGEST_DIRECTORY = 64 << 10  # bytes, of the list of entries at the end of an archive
LARGEST_DOCUMENT = 1 << 20  # bytes, of what is read whole
LARGEST_FILE = 256 << 20
LONGEST_LINE, MOST_LINES_A_ROW = 64 << 10, 20
BLOCK = 1 << 20

APPROVAL_PREFIX = "bilan-approval-v1"
APPROVERS_NEEDED = 2
ED25519_NOTE = b"\x01"  # the kind of signature, in C2SP's signed notes
SHOWN = 5  # rows named in a finding; the others are counted
SHA256 = re.compile(r"[0-9a-f]{64}")

# the verdicts, and the exit code of each
SOUND, ALTERED, NOT_VOUCHED_FOR = "sound", "altered", "not_vouched_for"
EXIT_CODES = {SOUND: 0, ALTERED: 1, NOT_VOUCHED_FOR: 3}
OWN_KEY, APPROVERS_NOT_GIVEN = "own_key", "approvers_not_given"
# what the package alone says, of which a forgery would say the same
UNVOUCHED = {
    OWN_KEY: ("de la clé du partenariat (--key)", "for the partnership's key (--key)"),
    APPROVERS_NOT_GIVEN: ("de qui l'a approuvée (--approvers)", "for who approved it (--approvers)"),
}

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
        self.found.append({"code": code, "fr": _printable(french), "en": _printable(english)})

    def warn(self, code: str, french: str, english: str) -> None:
        """Add something that the reader must know."""
        self.warned.append({"code": code, "fr": _printable(french), "en": _printable(english)})

    def unsafe(self, name: str) -> None:
        """Add an entry that must not be there."""
        self.find(
            "unsafe_entry",
            f"{name!r} : lien, doublon ou chemin hors du paquet.",
            f"{name!r}: a link, a duplicate or a path outside the package.",
        )


def _printable(text: str) -> str:
    """Without what a terminal would obey: names may come from whoever forged the package."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class Trust(NamedTuple):
    """What the reader received by another way than the package."""

    key_file: Path | None = None
    approvers_file: Path | None = None


# --- reading a package without trusting it


class Folder:
    """A package as a folder."""

    def __init__(self, root: Path, findings: Findings) -> None:
        self.sizes: dict[str, int] = {}
        self._root = root
        for number, path in enumerate(_walk(root)):
            if number >= MOST_ENTRIES:
                raise _too_many(root.name)
            inside, mode = path.relative_to(root).as_posix(), path.lstat().st_mode
            if stat.S_ISREG(mode):
                self.sizes[inside] = path.lstat().st_size
            elif not stat.S_ISDIR(mode):
                findings.unsafe(inside)

    def open(self, name: str) -> IO[bytes]:
        """A file, to be read by blocks."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self._root / name, flags), "rb")


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            yield Path(folder, name)


class Archive:
    """A package as a .zip archive: nothing before, after or between its members but what it lists."""

    def __init__(self, file: Path, findings: Findings) -> None:
        self.sizes: dict[str, int] = {}
        _check_directory(file)
        self._archive = zipfile.ZipFile(file)
        members = sorted(self._archive.infolist(), key=lambda member: member.header_offset)
        if len(members) > MOST_ENTRIES:
            raise _too_many(file.name)
        known: set[str] = set()  # without regard to case, as some systems have it
        end = 0
        for member in members:
            name = member.filename[:-1] if member.is_dir() else member.filename
            follows = member.header_offset >= end if end else member.header_offset == 0
            if not (follows and _is_plain(member) and is_inside(name) and name.casefold() not in known):
                findings.unsafe(name)
            elif not member.is_dir():
                self.sizes[name] = member.file_size
            known.add(name.casefold())
            end = member.header_offset + LOCAL_HEADER + member.compress_size

    def open(self, name: str) -> IO[bytes]:
        """A member, to be read by blocks."""
        return self._archive.open(name)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Whether it is a file or a folder, not encrypted, and packed so that it can be read by blocks."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    usual = kind in (0, stat.S_IFDIR if member.is_dir() else stat.S_IFREG)
    packed = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return usual and packed and not member.flag_bits & 1


def _check_directory(file: Path) -> None:
    """The list of entries is at the very end and short: MalformedError before any of it is read."""
    size = file.stat().st_size
    with file.open("rb") as archive:
        archive.seek(max(0, size - ZIP64_LOCATOR - END_RECORD))
        last = archive.read(ZIP64_LOCATOR + END_RECORD)
    before, end = last[:-END_RECORD], last[-END_RECORD:]
    if before[:4] == b"PK\x06\x07" or end[:4] != b"PK\x05\x06":
        raise _no_package(file.name)
    count, length, offset = struct.unpack("<HLL", end[10:20])
    if count > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise _too_many(file.name)
    if offset + length != size - END_RECORD:
        raise _no_package(file.name)


def _too_many(name: str) -> MalformedError:
    return MalformedError(f"{name} compte trop d'entrées.", f"{name} has too many entries.")


def _no_package(name: str) -> MalformedError:
    return MalformedError(
        f"{name} n'est ni un dossier ni une archive .zip lisible.",
        f"{name} is neither a folder nor a readable .zip archive.",
    )


def is_inside(name: object) -> bool:
    """Whether a path stays in the package, and is written in one way only."""
    if not isinstance(name, str) or not name or "\\" in name or "\0" in name or ":" in name:
        return False
    return not name.startswith("/") and all(part not in ("", ".", "..") for part in name.split("/"))


def opened(path: Path, findings: Findings) -> Folder | Archive:
    """The package at that place. Raises MalformedError."""
    try:
        return Folder(path, findings) if path.is_dir() else Archive(path, findings)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise _no_package(path.name) from None


def blocks(package: Folder | Archive, name: str, at_most: int) -> Iterator[bytes]:
    """The bytes of a file of the package, which may be `at_most` long. Raises MalformedError."""
    if name not in package.sizes:
        raise MalformedError(f"{name} manque.", f"{name} is missing.")
    if package.sizes[name] > at_most:
        raise MalformedError(f"{name} est démesuré.", f"{name} is far too large.")
    left = at_most
    try:
        with package.open(name) as file:
            while block := file.read(min(BLOCK, left + 1)):
                left -= len(block)
                if left < 0:
                    raise MalformedError(f"{name} est démesuré.", f"{name} is far too large.")
                yield block
    except MalformedError:
        raise
    except Exception:  # each compression has errors of its own
        raise MalformedError(f"{name} ne se lit pas.", f"{name} can't be read.") from None


def read(package: Folder | Archive, name: str) -> bytes:
    """The bytes of a short file. Raises MalformedError."""
    return b"".join(blocks(package, name, LARGEST_DOCUMENT))


def document(package: Folder | Archive, name: str) -> dict[str, Any]:
    """A JSON object of the package. Raises MalformedError; a key given twice is malformed too."""
    return parsed(read(package, name), name)


def parsed(content: bytes, name: str) -> dict[str, Any]:
    """A JSON object. Raises MalformedError."""
    try:
        told = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise MalformedError(f"{name} n'est pas un objet JSON.", f"{name} is not a JSON object.")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


# --- checks


def check_signature(package: Folder | Archive, trust: Trust, findings: Findings) -> bytes:
    """The manifest's bytes, signed by the key given, else by the package's own."""
    own = _raw_key(read(package, KEY), KEY)
    key = own if trust.key_file is None else _raw_key(_given(trust.key_file), trust.key_file.name)
    if trust.key_file is None:
        findings.warn(
            OWN_KEY,
            "ATTENTION : aucune clé indépendante. Le paquet est jugé d'après la clé qu'il contient : cela "
            "n'écarte pas un faux complet. Donner --key avec la clé reçue du partenariat. Empreinte : "
            + hashlib.sha256(own).hexdigest(),
            "WARNING: no independent key. The package is judged by the key that it holds itself, which does "
            "not rule out a complete forgery. Give --key with the key received from the partnership. "
            "Fingerprint: " + hashlib.sha256(own).hexdigest(),
        )
    if key != own:
        findings.find(
            "other_key",
            "Le paquet est d'une autre clé que celle donnée.",
            "The package is of another key than the one given.",
        )
    manifest = read(package, MANIFEST)
    if not _signs(key, _decoded(read(package, SIGNATURE)), manifest):
        findings.find(
            "signature",
            "La signature du manifeste ne tient pas : il a été altéré ou n'est pas du partenariat.",
            "The manifest's signature does not hold: it was altered or is not the partnership's.",
        )
    return manifest


def check_files(package: Folder | Archive, findings: Findings) -> None:
    """Every file of the manifest is there as it says, and no other one."""
    listed = _listed(document(package, MANIFEST)["files"], findings)
    for path in sorted(set(listed) & {MANIFEST, SIGNATURE}):
        findings.unsafe(path)
    for path in sorted(set(listed) - set(package.sizes)):
        findings.find("file_missing", f"{path} manque.", f"{path} is missing.")
    for path in sorted(set(package.sizes) - set(listed) - {MANIFEST, SIGNATURE}):
        findings.find("file_extra", f"{path} n'est pas du manifeste.", f"{path} is not in the manifest.")
    for path in sorted(set(listed) & set(package.sizes)):
        size, digest = listed[path]
        # the size first: what is too long is not read
        if package.sizes[path] != size or _digest(package, path, size) != digest:
            findings.find("file_altered", f"{path} a été altéré.", f"{path} was altered.")


def _listed(files: list[dict[str, Any]], findings: Findings) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file that a list tells, by its path."""
    listed: dict[str, tuple[int, str]] = {}
    for entry in files:
        path, size, digest = entry["path"], entry["bytes"], entry["sha256"]
        if not is_inside(path) or path in listed:
            findings.unsafe(str(path))
        elif type(size) is not int or not 0 <= size <= LARGEST_FILE or not SHA256.fullmatch(digest):
            raise MalformedError(f"{MANIFEST} décrit mal {path}.", f"{MANIFEST} describes {path} badly.")
        else:
            listed[path] = (size, digest)
    return listed


def _digest(package: Folder | Archive, path: str, size: int) -> str:
    digest = hashlib.sha256()
    for block in blocks(package, path, size):
        digest.update(block)
    return digest.hexdigest()


def check_candidate(package: Folder | Archive, findings: Findings) -> None:
    """All that a reader opens is what the candidate's manifest lists: what people signed, and no more."""
    manifest, content = document(package, MANIFEST), read(package, CANDIDATE)
    told = parsed(content, CANDIDATE)
    digest = hashlib.sha256(content).hexdigest()
    if (told["release"], digest) != (manifest["release"], manifest["candidate_sha256"]):
        findings.find(
            "candidate",
            f"{CANDIDATE} n'est pas la candidate que nomme {MANIFEST}.",
            f"{CANDIDATE} is not the candidate that {MANIFEST} names.",
        )
    approved = _listed(told["files"], findings)
    shown = {path: told for path, told in _listed(manifest["files"], findings).items() if path not in APART}
    for path in sorted({*approved, *shown}):
        if approved.get(path) != shown.get(path):
            findings.find(
                "not_approved",
                f"{path} n'est pas ce qui fut approuvé.",
                f"{path} is not what was approved.",
            )


def check_approvals(package: Folder | Archive, trust: Trust, findings: Findings) -> None:
    """Two people, known to the reader, who did not make it, signed the candidate of the package."""
    told = document(package, APPROVALS)
    maker = str(document(package, PROVENANCE)["made_by"]).casefold()
    release = document(package, MANIFEST)["release"]
    candidate = hashlib.sha256(read(package, CANDIDATE)).hexdigest()
    if (told["release"], told["candidate_sha256"]) != (release, candidate):
        findings.find(
            "approvals_of_another",
            f"{APPROVALS} parle d'une autre publication.",
            f"{APPROVALS} speaks of another release.",
        )
    known = None if trust.approvers_file is None else _known_keys(trust.approvers_file)
    message = f"{APPROVAL_PREFIX}\n{release}\n{candidate}".encode()
    signed = _valid_approvals(told["approvals"], message, maker, known, findings)
    if len(signed) < APPROVERS_NEEDED:
        findings.find(
            "approvals_lacking",
            f"{len(signed)} approbation valable de personnes différentes ; il en faut {APPROVERS_NEEDED}.",
            f"{len(signed)} valid approvals by different people; {APPROVERS_NEEDED} are needed.",
        )
    elif known is None:
        findings.warn(
            APPROVERS_NOT_GIVEN,
            "ATTENTION : rien ne dit ici que ces clés sont celles de ces personnes ; qui a volé la clé du "
            "partenariat peut en inventer. Donner --approvers avec la liste reçue, ou comparer : "
            + " ; ".join(signed),
            "WARNING: nothing here tells that these keys are these people's; whoever stole the "
            "partnership's key can invent some. Give --approvers with the list received, or compare: "
            + "; ".join(signed),
        )


def _valid_approvals(
    approvals: list[dict[str, Any]], message: bytes, maker: str, known: set[bytes] | None, findings: Findings
) -> list[str]:
    """Who signed the message, each person once, with the key; what is wrong with the others is found."""
    people: list[set[str]] = []
    signed: list[str] = []
    for approval in approvals:
        name, key = str(approval["who"]), base64.b64decode(approval["public_key"], validate=True)
        known_as = {name.casefold(), str(approval["account"]).casefold(), key.hex()}
        if not _signs(key, base64.b64decode(approval["signature"], validate=True), message):
            findings.find(
                "approval_forged",
                f"La signature de {name} ne tient pas.",
                f"The signature of {name} does not hold.",
            )
        elif known is not None and key not in known:
            findings.find(
                "approver_unknown",
                f"La clé dite de {name} n'est pas de la liste donnée.",
                f"The key said to be of {name} is not on the list given.",
            )
        elif maker in known_as:
            findings.find(
                "approved_by_maker",
                f"{name} a fait la candidate et ne peut l'approuver.",
                f"{name} made the candidate and can't approve it.",
            )
        elif not any(known_as & other for other in people):
            people.append(known_as)
            signed.append(f"{name} {base64.b64encode(key).decode()}")
    return signed


def _known_keys(file: Path) -> set[bytes]:
    """The keys of a list: one a line, in base64, before the person's name."""
    lines = (line.split() for line in _given(file).decode("utf-8", "replace").splitlines())
    try:
        return {base64.b64decode(words[0], validate=True) for words in lines if words and words[0] != "#"}
    except ValueError:
        raise MalformedError(
            f"{file.name} n'est pas une liste de clés.", f"{file.name} is no list of keys."
        ) from None


def check_checkpoint(package: Folder | Archive, findings: Findings) -> None:
    """The checkpoint is of this ledger, and signed by the package's key: it can be handed on alone."""
    told, key = document(package, MERKLE), _raw_key(read(package, KEY), KEY)
    text, _, signature = read(package, CHECKPOINT).decode("utf-8").partition("\n\n")
    origin, size, root, *_ = f"{text}\n".split("\n")
    dash, name, signed = signature.rstrip("\n").split(" ")
    key_id = hashlib.sha256(origin.encode() + b"\n" + ED25519_NOTE + key).digest()[:4]
    decoded = base64.b64decode(signed, validate=True)
    if (
        (dash, name, decoded[:4]) != ("\u2014", origin, key_id)
        or not _signs(key, decoded[4:], f"{text}\n".encode())
        or (size, base64.b64decode(root, validate=True).hex()) != (str(told["tree_size"]), told["root"])
    ):
        findings.find(
            "checkpoint",
            f"{CHECKPOINT} n'est pas celui du grand livre de la publication.",
            f"{CHECKPOINT} is not that of the release's ledger.",
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


def check_previous(package: Folder | Archive, trust: Trust, previous: Path, findings: Findings) -> None:
    """The earlier package is sound, of the same key, and this one's proof starts from its root."""
    verdict = verify(previous, trust.key_file, approvers_file=trust.approvers_file)
    for told in verdict["findings"]:
        findings.find("previous_unsound", f"{previous.name} : {told['fr']}", f"{previous.name}: {told['en']}")
    if verdict["verdict"] == ALTERED:
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
    """As many rows as described, in order, each cell once, and no measure where there can be none."""
    [described] = [r for r in document(package, DESCRIPTOR)["resources"] if r["path"] == FIGURES]
    count, wrong = 0, []
    before: tuple[str, ...] = ()
    for number, row in enumerate(_rows(package, [f["name"] for f in described["schema"]["fields"]]), 2):
        count += 1
        cell = tuple(row[name] for name in CELL)
        if cell <= before or not _agrees(row):
            wrong.append(number)
        before = cell
    if described["rows"] != count:
        findings.find(
            "row_count",
            f"{FIGURES} a {count} lignes ; {DESCRIPTOR} en dit {described['rows']}.",
            f"{FIGURES} has {count} rows; {DESCRIPTOR} says {described['rows']}.",
        )
    if wrong:
        places = ", ".join(map(str, wrong[:SHOWN])) + ("…" if len(wrong) > SHOWN else "")
        findings.find(
            "figures",
            f"{FIGURES} : {len(wrong)} lignes dont le statut dément les chiffres, ou en double ({places}).",
            f"{FIGURES}: {len(wrong)} rows whose status belies the figures, or doubled ({places}).",
        )


def _rows(package: Folder | Archive, columns: list[str]) -> Iterator[dict[Any, str]]:
    """The rows of the figures, which have those columns. Raises MalformedError."""
    lines = _Lines(package)
    try:
        table = csv.DictReader(lines)
        if table.fieldnames != columns:
            raise MalformedError(
                f"Les colonnes de {FIGURES} ne sont pas celles que décrit {DESCRIPTOR}.",
                f"The columns of {FIGURES} are not those that {DESCRIPTOR} describes.",
            )
        for row in table:
            lines.of_a_row = 0
            yield row
    except (UnicodeDecodeError, csv.Error):
        raise MalformedError(f"{FIGURES} n'est pas un CSV.", f"{FIGURES} is not a CSV.") from None


class _Lines:
    """The lines of the figures, none of which is long, nor a row of many: none is kept."""

    def __init__(self, package: Folder | Archive) -> None:
        self._text = io.TextIOWrapper(package.open(FIGURES), "utf-8", newline="")
        self.of_a_row = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, self.of_a_row = self._text.readline(LONGEST_LINE), self.of_a_row + 1
        if len(line) >= LONGEST_LINE or self.of_a_row > MOST_LINES_A_ROW:
            raise csv.Error("too long")
        if not line:
            raise StopIteration
        return line


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


def _given(file: Path) -> bytes:
    """A file of the reader's own. Raises MalformedError."""
    try:
        with file.open("rb") as given:
            return given.read(LARGEST_DOCUMENT)
    except OSError:
        raise MalformedError(f"{file.name} ne se lit pas.", f"{file.name} can't be read.") from None


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


def verify(
    path: Path,
    key_file: Path | None = None,
    previous: Path | None = None,
    approvers_file: Path | None = None,
) -> dict[str, Any]:
    """What was found: `verdict`, `sound`, `release`, `findings`, `warnings`, each with `code`, `fr`, `en`.

    `sound` only where nothing was found and somebody vouches for the key and for the people who approved.
    `release` is None where the signature does not hold: nothing that it says is then believed.
    """
    findings, trust = Findings(), Trust(key_file, approvers_file)
    release = _guarded(findings, _verify, path, trust, previous, findings)
    told = ALTERED if findings.found else NOT_VOUCHED_FOR if _unvouched(findings.warned) else SOUND
    return {
        "verdict": told,
        "sound": told == SOUND,
        "release": release,
        "findings": findings.found,
        "warnings": findings.warned,
    }


def _unvouched(warned: list[dict[str, str]]) -> list[tuple[str, str]]:
    """What nobody but the package vouches for, in French and in English."""
    return [UNVOUCHED[warning["code"]] for warning in warned if warning["code"] in UNVOUCHED]


def _verify(path: Path, trust: Trust, previous: Path | None, findings: Findings) -> int | None:
    """Each step is taken only where nothing was found before: it trusts what the last one checked."""
    package = opened(path, findings)
    if findings.found:
        return None
    manifest = check_signature(package, trust, findings)
    if findings.found:
        return None
    release: int = parsed(manifest, MANIFEST)["release"]
    _guarded(findings, check_files, package, findings)
    if findings.found:
        return release
    for check in (check_release, check_candidate, check_merkle, check_checkpoint, check_figures):
        _guarded(findings, check, package, findings)
    _guarded(findings, check_approvals, package, trust, findings)
    if previous is not None:
        _guarded(findings, check_previous, package, trust, previous, findings)
    return release


def _guarded(findings: Findings, check: Callable[..., Any], *given: Any) -> Any:
    """Make a check; what is not written as expected is a finding, never a crash."""
    try:
        return check(*given)
    except MalformedError as error:
        findings.find("malformed", *error.args)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        what = type(error).__name__
        findings.find("malformed", f"Document mal formé ({what}).", f"Malformed document ({what}).")
    return None


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("package", type=Path, help="dossier ou .zip / folder or .zip")
    parser.add_argument("--key", type=Path, help="clé publique du partenariat / the partnership's public key")
    parser.add_argument("--approvers", type=Path, help="clés des personnes / the people's keys")
    parser.add_argument("--previous", type=Path, help="paquet précédent / the package before")
    parser.add_argument("--json", action="store_true", help="pour un script / for a script")
    given = parser.parse_args()
    verdict = verify(given.package, given.key, given.previous, given.approvers)
    text = json.dumps(verdict, ensure_ascii=False, indent=2) if given.json else as_text(verdict)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")  # whatever the terminal's own encoding
    return EXIT_CODES[verdict["verdict"]]


def as_text(verdict: dict[str, Any]) -> str:
    """The verdict for people, French then English."""
    lines = [f"! {told['fr']}\n  {told['en']}" for told in verdict["warnings"]]
    lines += [f"✗ {told['fr']}\n  {told['en']}" for told in verdict["findings"]]
    number = "?" if verdict["release"] is None else verdict["release"]
    lines.append(_verdict_line(str(number), verdict))
    return "\n".join(lines)


def _verdict_line(number: str, verdict: dict[str, Any]) -> str:
    if verdict["verdict"] == ALTERED:
        return f"Publication {number} : ALTÉRÉE. / Release {number}: NOT SOUND."
    if verdict["verdict"] == SOUND:
        return f"Publication {number} : intacte. / Release {number}: sound."
    nobody = _unvouched(verdict["warnings"])
    french, english = " ni ".join(one[0] for one in nobody), " nor ".join(one[1] for one in nobody)
    return (
        f"Publication {number} : rien d'altéré, mais PERSONNE NE RÉPOND {french} : ce peut être un faux. / "
        f"Release {number}: nothing altered, but NOBODY VOUCHES {english}: it may be a forgery."
    )


if __name__ == "__main__":
    sys.exit(main())
