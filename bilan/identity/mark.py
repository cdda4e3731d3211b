"""How far the vault has come, told beside its key: an old copy put in its place is found out.

The mark may lag behind (a killed run writes none); it is never ahead of the vault. It finds a vault put
back by mistake, or by someone who can't write the file: whoever rewrites the vault's own count of its
transactions passes by it, which only the ledger, when it is ahead, then tells.
"""

import hmac
import os
from pathlib import Path

from bilan.home import PRIVATE_FILE, PRIVATE_FOLDER
from bilan.identity.crypto import keyed_hash
from bilan.identity.store import VaultError

FILE_NAME = "vault.mark"


class MarkError(VaultError):
    """The vault is not the one that was here last: lost, older, or another's."""


def note_generation(folder: Path, key: bytes, generation: int) -> None:
    """Write the mark, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    temporary = folder / f".{FILE_NAME}"  # one writer at a time: what a killed run left is written over
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as out:
        out.write(f"{generation} {_seal(key, str(generation))}\n")
    temporary.replace(folder / FILE_NAME)


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


def check_not_older(folder: Path, key: bytes, generation: int) -> None:
    """Raise MarkError where the vault is behind its mark, or where the mark was altered."""
    file = folder / FILE_NAME
    if not file.is_file():
        return
    told, _, seal = file.read_text("ascii", errors="replace").strip().partition(" ")
    if not hmac.compare_digest(seal.encode(), _seal(key, told).encode()):
        raise MarkError(
            f"La marque du coffre ({file.name}) n'est pas de sa main : elle a été altérée, ou elle est celle "
            "d'un autre coffre. Si le coffre est le bon, retirer ce fichier."
        )
    if int(told) > generation:
        raise MarkError(
            "Le coffre est plus ancien que la dernière fois : une vieille copie l'a remplacé. Remettre le "
            "coffre d'hier, ou le restaurer par « bilan restore », qui refait les effacements."
        )


def forget_generation(folder: Path) -> None:
    """Drop the mark: the vault that follows is another one, on purpose."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def _seal(key: bytes, told: str) -> str:
    return keyed_hash(key, f"generation|{told}")
