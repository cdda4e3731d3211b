"""The register of releases: every step, who took it, when and why; append-only, each entry chained.

`releases/register.jsonl` holds one JSON object a line. Its length and its last hash are also told beside
the keys, so that a register cut at its end, longer than it was, or an old copy put in its place, is found
out. Before an entry is written the mark names it beside the last one: only then may it be there or not.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bilan import durable
from bilan.errors import PlainError
from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from bilan.ledger.chain import canonical

FILE_NAME = "register.jsonl"
MARK_NAME = "releases.mark"
GENESIS = "0" * 64
ACCEPTED = "register_accepted"


class RegisterError(PlainError):
    """The register is not as it was written: no step is taken on it."""


@dataclass(frozen=True)
class Entry:
    """One step. `release` is None where the step is about an approver."""

    n: int  # 1, 2, 3...
    previous: str  # the hash of the entry before
    step: str
    release: int | None
    who: str
    when: str  # UTC, ISO 8601
    why: str
    candidate_sha256: str | None
    details: Mapping[str, Any] = field(default_factory=dict)
    hash: str = ""

    def computed_hash(self) -> str:
        """The SHA-256 of the entry's canonical JSON, its own hash left out."""
        hashed = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(canonical(hashed).encode()).hexdigest()


@dataclass(frozen=True)
class Reading:
    """The entries that hold together from the first, and what is wrong after them, in French."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]


def register_file(home: Home) -> Path:
    """Where the register is."""
    return home.releases / FILE_NAME


def mark_file(home: Home) -> Path:
    """Where its length and last hash are told."""
    return home.keys / MARK_NAME


def read_register(home: Home) -> tuple[Entry, ...]:
    """Every entry, in order. RegisterError where the register was altered or shortened."""
    reading = examine(home)
    if reading.faults:
        raise RegisterError(
            f"Le registre des publications ({FILE_NAME}) a été altéré : {' '.join(reading.faults)} Rien "
            "n'est publié ni approuvé. Remettre releases/ et keys/ d'une même sauvegarde ; s'il n'y en a pas "
            "de plus récente : « bilan release accept-register »."
        )
    return reading.entries


def examine(home: Home) -> Reading:
    """Read the register and hold it against its chain and its mark."""
    reading = _chained(home)
    faults = reading.faults or tuple(_against_mark(home, reading.entries))
    return Reading(reading.entries, faults)


def accept(home: Home, *, who: str, why: str, when: datetime) -> Entry:
    """Take the register as it stands for the right one, and say so in it. The caller is alone.

    For a register that a restore brought back without its mark, or older than it. RegisterError where
    its own chain is broken: nothing can be said for that one.
    """
    reading = _chained(home)
    if reading.faults:
        raise RegisterError(
            f"Le registre des publications ({FILE_NAME}) ne se tient pas : {' '.join(reading.faults)} Le "
            "remettre d'une sauvegarde."
        )
    faults = _against_mark(home, reading.entries)
    last = reading.entries[-1].hash if reading.entries else GENESIS
    _note(home, len(reading.entries), last)
    return append(home, ACCEPTED, who=who, when=when, why=why, faults=faults)


def _chained(home: Home) -> Reading:
    whole, _ = _lines(register_file(home))
    entries: list[Entry] = []
    faults: list[str] = []
    for number, line in enumerate(whole, start=1):
        entry = _parsed(line)
        expected = entries[-1].hash if entries else GENESIS
        if entry is None or entry.n != number or entry.previous != expected:
            faults.append(f"L'entrée {number} n'est pas celle qui suit.")
        elif entry.computed_hash() != entry.hash or canonical(asdict(entry)).encode() != line:
            faults.append(f"L'entrée {number} n'est plus ce qui fut écrit.")
        if faults or entry is None:
            break
        entries.append(entry)
    return Reading(tuple(entries), tuple(faults))


def append(
    home: Home,
    step: str,
    *,
    who: str,
    when: datetime,
    why: str = "",
    release: int | None = None,
    candidate_sha256: str | None = None,
    **details: Any,
) -> Entry:
    """Add an entry, chained to the last; the disk holds it on return. The caller is alone in `releases/`.

    RegisterError where the register is not sound: nothing is ever chained to an altered one.
    """
    entries = read_register(home)
    drafted = Entry(
        n=len(entries) + 1,
        previous=entries[-1].hash if entries else GENESIS,
        step=step,
        release=release,
        who=who,
        when=stamped(when),
        why=why,
        candidate_sha256=candidate_sha256,
        details=json.loads(canonical(details)),  # as it will be read back: a tuple is a list there
    )
    chained = replace(drafted, hash=drafted.computed_hash())
    _note(home, chained.n - 1, chained.previous, awaited=chained.hash)
    _write(register_file(home), f"{canonical(asdict(chained))}\n".encode())
    _note(home, chained.n, chained.hash)
    return chained


def catch_up(home: Home) -> tuple[Entry, ...]:
    """Every entry, once the mark awaits none: a killed command may have left it so."""
    entries = read_register(home)
    if mark_file(home).is_file():
        last = entries[-1].hash if entries else GENESIS
        if mark_file(home).read_text("ascii") != _marked(len(entries), last):
            _note(home, len(entries), last)
    return entries


def stamped(moment: datetime) -> str:
    """A moment as the register tells it."""
    return moment.isoformat(timespec="microseconds")


def _write(file: Path, line: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    _, length = _lines(file)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        os.ftruncate(descriptor, length)  # what a power cut left of a line that was never acknowledged
        os.lseek(descriptor, length, os.SEEK_SET)
        with os.fdopen(os.dup(descriptor), "wb") as out:
            out.write(line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    durable.sync(file.parent)


def _note(home: Home, count: int, last: str, *, awaited: str = "") -> None:
    durable.replace(mark_file(home), _marked(count, last, awaited).encode("ascii"))


def _marked(count: int, last: str, awaited: str = "") -> str:
    return " ".join(filter(None, (str(count), last, awaited))) + "\n"


def _against_mark(home: Home, entries: Sequence[Entry]) -> list[str]:
    """What is wrong with a register whose chain holds: it is shorter than it was, longer, or another."""
    file = mark_file(home)
    if not file.is_file():
        return [f"Sa marque ({MARK_NAME}) n'est plus parmi les clés."] if entries else []
    marked, _, hashes = file.read_text("ascii", errors="replace").strip().partition(" ")
    if not marked.isdecimal():
        return [f"Sa marque ({MARK_NAME}) est illisible."]
    count, (last, _, awaited) = int(marked), hashes.partition(" ")
    if count > len(entries):
        return [f"Il compte {len(entries)} entrées, il en comptait {count} : la fin en a été coupée."]
    if last != (entries[count - 1].hash if count else GENESIS):
        return [f"Son entrée {count} n'est pas celle que sa marque ({MARK_NAME}) connaît."]
    if [entry.hash for entry in entries[count:]] not in ([], [awaited]):
        return [f"Il compte {len(entries)} entrées, sa marque ({MARK_NAME}) n'en connaît que {count}."]
    return []


def _lines(file: Path) -> tuple[list[bytes], int]:
    """The whole lines, and how many bytes they take: the start of a line is not one."""
    content = file.read_bytes() if file.is_file() else b""
    length = content.rfind(b"\n") + 1
    return content[:length].split(b"\n")[:-1], length


def _parsed(line: bytes) -> Entry | None:
    try:
        return Entry(**json.loads(line))
    except (ValueError, TypeError):
        return None
