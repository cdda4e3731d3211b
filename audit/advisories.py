"""Advisories in OSV's form, read from a file, and which of them apply to a version of a package."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

Advisory = dict[str, Any]  # one entry as OSV's schema 1 has it
ECOSYSTEM, SCHEMA = "PyPI", "1"
START = "0"  # in OSV, before every version


class AdvisoriesError(Exception):
    """The advisory file is missing, or is not OSV's, or says nothing of Python packages."""


@dataclass(frozen=True)
class Applies:
    """An advisory that applies to a version, and the versions that mend it, oldest first."""

    advisory: Advisory
    fixed: tuple[Version, ...]


class Advisories:
    """Those of a file: a JSON list, a folder of JSON files, or a zip of them."""

    def __init__(self, path: Path) -> None:
        """Read them all. Raises AdvisoriesError, which names the file and why."""
        self._of: dict[str, list[Advisory]] = defaultdict(list)
        self.newest, self.count = "", 0
        for name, content in _documents(path):
            for advisory in _entries(name, content):
                self._keep(advisory)
        if not self.count:
            raise AdvisoriesError(f"{path}: no advisory about {ECOSYSTEM} packages in it")

    def _keep(self, advisory: Advisory) -> None:
        names = {canonicalize_name(part["package"]["name"]) for part in _python(advisory)}
        for name in names:
            self._of[name].append(advisory)
        if names:
            self.count += 1
            self.newest = max(self.newest, str(advisory.get("modified", "")))

    def of(self, name: str, version: str) -> list[Applies]:
        """Those that apply to a version of a package, but for those withdrawn."""
        package, found = canonicalize_name(name), []
        for advisory in self._of.get(package, []):
            parts = [
                part for part in _python(advisory) if canonicalize_name(part["package"]["name"]) == package
            ]
            hit = any(_is_affected(part, Version(version)) for part in parts)
            if hit and not advisory.get("withdrawn"):
                found.append(Applies(advisory, _fixed(parts)))
        return found


def _documents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each JSON text, and where it is."""
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield str(file), file.read_bytes()
    elif not path.is_file():
        raise AdvisoriesError(f"{path}: there is no such advisory file")
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield f"{path}: {name}", archive.read(name)
    else:
        yield str(path), path.read_bytes()


def _entries(name: str, content: bytes) -> list[Advisory]:
    try:
        read = json.loads(content)
    except ValueError:
        raise AdvisoriesError(f"{name}: not JSON, so no OSV advisory") from None
    entries = read if isinstance(read, list) else [read]
    if not all(_is_osv(entry) for entry in entries):
        raise AdvisoriesError(f"{name}: not an OSV advisory of schema {SCHEMA}")
    return entries


def _is_osv(entry: Any) -> bool:
    """Whether all that is read of an entry is there, in its type: else it would be missed in silence."""
    try:
        parts = entry["affected"] if "affected" in entry or "withdrawn" not in entry else []
        ranges = [one for part in parts for one in part.get("ranges", [])]
        return (
            isinstance(entry["id"], str)
            and str(entry.get("schema_version", SCHEMA)).partition(".")[0] == SCHEMA
            and all(isinstance(part["package"]["name"], str) for part in parts if "package" in part)
            and all(isinstance(part.get("versions", []), list) for part in parts)
            and all(isinstance(one["type"], str) and isinstance(one["events"], list) for one in ranges)
        )
    except (AttributeError, KeyError, TypeError):
        return False


def _python(advisory: Advisory) -> list[dict[str, Any]]:
    """The parts that speak of Python packages."""
    parts = advisory.get("affected", [])
    return [part for part in parts if part.get("package", {}).get("ecosystem") == ECOSYSTEM]


def _is_affected(part: dict[str, Any], version: Version) -> bool:
    """Whether it names the version, or a range that holds it; one that names neither means every version."""
    versions, ranges = part.get("versions", []), _ranges(part)
    if not versions and not ranges:
        return True
    named = {_parsed(one) for one in versions}
    return bool({version, Version(version.public)} & named) or any(_holds(one, version) for one in ranges)


def _ranges(part: dict[str, Any]) -> list[list[dict[str, str]]]:
    return [one["events"] for one in part.get("ranges", []) if one["type"] == "ECOSYSTEM"]


def _holds(events: list[dict[str, str]], version: Version) -> bool:
    """OSV's own rule: walk what happened, oldest first. Where a bound can't be read, every version is in."""
    bounds = [(kind, bound) for event in events for kind, bound in event.items()]
    read = [(kind, Version("0.dev0") if bound == START else _parsed(bound)) for kind, bound in bounds]
    known = [(kind, bound) for kind, bound in read if bound is not None]
    if len(known) < len(read):
        return True
    public, inside = Version(version.public), False
    for kind, bound in sorted(known, key=lambda one: one[1]):
        if kind == "introduced" and public >= bound:
            inside = True
        elif (kind in ("fixed", "limit") and public >= bound) or (kind == "last_affected" and public > bound):
            inside = False
    return inside


def _fixed(parts: list[dict[str, Any]]) -> tuple[Version, ...]:
    events = [event for part in parts for events in _ranges(part) for event in events]
    read = {_parsed(event["fixed"]) for event in events if "fixed" in event}
    return tuple(sorted(version for version in read if version is not None))


def _parsed(version: str) -> Version | None:
    """None of what is no Python version."""
    try:
        return Version(version)
    except (InvalidVersion, TypeError):
        return None
