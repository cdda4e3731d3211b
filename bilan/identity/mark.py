"""How far the vault has come, told beside its key: another vault put in its place is found out.

The mark tells how many transactions the vault has seen, and the digest of what it held as it was left; sealed
with a key of the vault's, so that nobody else writes one. Where it no longer holds that, somebody else wrote
into it: that is told in the mark too, from then on, until the steward takes the vault for the
right one. While a run writes, the mark says so: a run that is killed leaves a vault ahead of its mark, and
only then may it be.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bilan.durable import replace
from bilan.identity.crypto import keyed_hash
from bilan.identity.store import VaultError

FILE_NAME = "vault.mark"
NEW, OPEN, ALTERED = "new", "open", "altered"  # just made; being written; written by others


class MarkError(VaultError):
    """The vault is not the one that was here last: lost, older, or another's."""


@dataclass(frozen=True)
class Mark:
    """What the mark tells; `state` is the SHA-256 of the vault, or one of the words above."""

    generation: int
    state: str


def write_mark(folder: Path, key: bytes, mark: Mark) -> None:
    """Write the mark, whole or not at all."""
    line = f"{mark.generation} {mark.state}"
    replace(folder / FILE_NAME, f"{line} {_seal(key, line)}\n".encode("ascii"))


def check_not_lost(folder: Path) -> None:
    """Raise MarkError where a vault is about to be made though there was one: a mark speaks of it."""
    if (folder / FILE_NAME).is_file():
        raise lost()


def lost() -> MarkError:
    """What is said where a vault is gone and must not be replaced by a new one in silence."""
    return MarkError(
        "Le coffre n'est plus là. Le grand livre et tous les chiffres restent ; mais sans le coffre "
        "personne n'est reconnu et rien de neuf ne peut être pris. Le remettre, ou « bilan restore »."
    )


def checked_mark(folder: Path, key: bytes, generation: int, digest: Callable[[], str]) -> Mark:
    """The mark of the vault as it is found: ALTERED where its `digest` is not the one that was left.

    Raises MarkError where the vault is behind its mark, or ahead of it though no run was cut short, or where
    the mark is missing or not the vault's.
    """
    mark = _read(folder, key, generation)
    if mark.generation > generation:
        raise MarkError(
            "Le coffre est plus ancien que la dernière fois : une vieille copie l'a remplacé. Remettre le "
            "coffre d'hier, ou le restaurer par « bilan restore », qui refait les effacements."
        )
    if mark.state not in (NEW, OPEN) and mark.generation < generation:
        raise MarkError(
            f"La marque du coffre ({FILE_NAME}) est plus ancienne que lui : une vieille copie l'a remplacée, "
            "ou l'on a écrit dans le coffre sans Bilan. La remettre." + _ACCEPT
        )
    if mark.state in (NEW, OPEN, ALTERED):
        return mark
    return mark if digest() == mark.state else Mark(mark.generation, ALTERED)


def digest_of(file: Path) -> str:
    """The SHA-256 of the vault's file; `ALTERED` where what it holds is not all in it."""
    log = file.with_name(f"{file.name}-wal")
    if log.is_file() and log.stat().st_size:
        return ALTERED
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_ACCEPT = " Si le coffre est le bon : « bilan vault accept », qui le consigne."


def _read(folder: Path, key: bytes, generation: int) -> Mark:
    file = folder / FILE_NAME
    if not file.is_file():
        if generation == 0:
            return Mark(0, NEW)  # nothing was ever written into it
        raise MarkError(
            f"La marque du coffre ({FILE_NAME}) n'est plus parmi les clés : rien ne dit que ce coffre n'est "
            "pas une vieille copie. La remettre." + _ACCEPT
        )
    line, _, seal = file.read_text("ascii", errors="replace").strip().rpartition(" ")
    if not hmac.compare_digest(seal.encode(), _seal(key, line).encode()):
        raise MarkError(
            f"La marque du coffre ({FILE_NAME}) n'est pas de sa main : elle a été altérée, ou elle est celle "
            "d'un autre coffre." + _ACCEPT
        )
    count, _, state = line.partition(" ")
    return Mark(int(count), state)


def _seal(key: bytes, line: str) -> str:
    return keyed_hash(key, f"mark|{line}")
