"""Receipts: what was destroyed, where was looked, what remains; without a name, signed with Ed25519.

A consent withdrawn has one too, for a restored home to learn of it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bilan.durable import make, replace
from bilan.erasure.places import CLEAN, DESTROYED, REMAINS, UNREACHABLE, Place
from bilan.errors import PlainError
from bilan.identity.noted import noting
from bilan.identity.vault import Vault
from bilan.keyfiles import as_hex, read_hex
from bilan.ledger.chain import canonical
from bilan.ledger.findings import Verdict

FORMAT, WITHDRAWAL_FORMAT = "bilan-erasure-receipt/1", "bilan-withdrawal-receipt/1"
PRIVATE_NAME, PUBLIC_NAME = "receipt.key", "receipt.pub"
FOLDER = "receipts"

PLACES_FR = {
    "ledger": "grand livre",
    "warehouse": "entrepôt",
    "releases": "publications figées",
    "published": "éditions publiées",
    "outbox": "réponses aux expéditeurs",
    "dagster": "Dagster",
    "superset": "Superset",
    "other": "reste du dossier",
    "vault": "coffre",
    "landed": "fichiers reçus",
    "inbox": "boîte de dépôt",
    "backups": "sauvegardes",
}
STATES_FR = {
    CLEAN: "rien d'elle",
    DESTROYED: "détruit",
    REMAINS: "RESTE",
    UNREACHABLE: "HORS D'ATTEINTE",
}
GROUNDS_FR = {
    "request": "demande",
    "access_period": "période d'accès échue",
    "consent_withdrawn": "consentement retiré",
}


class ReceiptError(PlainError):
    """A receipt, or a manifest, that is not what was signed."""


@dataclass(frozen=True)
class Receipt:
    """A signed account, as JSON holds it."""

    content: dict[str, Any]

    @property
    def complete(self) -> bool:
        """Whether nothing of her remains anywhere that was looked at, and everything could be."""
        return bool(self.content["complete"])

    @property
    def text(self) -> str:
        """The same in plain French."""
        content = self.content
        lines = [
            f"Reçu d'effacement {content['id']}, {content['erased_at'][:10]}"
            f" (motif : {GROUNDS_FR[content['ground']]}).",
            f"Jetons effacés : {', '.join(content['tokens'])}.",
        ]
        if content["linked_left_alone"]:
            lines.append(
                "La même personne est connue d'autres expéditeurs, sous des jetons laissés intacts : "
                f"{', '.join(content['linked_left_alone'])}."
            )
        lines += [_line(place) for place in content["places"]]
        if content["complete"]:
            lines.append("Effacement complet partout où Bilan garde quelque chose.")
        else:
            lines.append("Effacement INCOMPLET : voir ce qui reste ou n'a pu être atteint.")
        return "\n".join(lines)


def _line(place: dict[str, Any]) -> str:
    looked = f"{place['files']} fichiers" + (f", {place['tables']} tables" if place["tables"] else "")
    details = f" : {', '.join(place['details'])}" if place["details"] else ""
    return f"- {PLACES_FR[place['place']]} ({looked}) : {STATES_FR[place['state']]}{details}"


def make_receipt(keys: Path, facts: dict[str, Any], places: list[Place]) -> Receipt:
    """Sign what an erasure did; `told`: id, erased_at, ground, tokens, linked_left_alone, batch."""
    complete = all(place.state in (CLEAN, DESTROYED) for place in places)
    content = {"format": FORMAT, **facts, "places": [asdict(place) for place in places], "complete": complete}
    return Receipt(sign(keys, content))


def keep_receipt(vault: Vault, receipt: Receipt) -> Path:
    """Write a receipt beside the vault, which notes its digest, whole or not at all."""
    target = vault.folder / FOLDER / f"{receipt.content['id']}.json"
    content = as_json(receipt.content)
    with noting(vault, f"{vault.folder.name}/{FOLDER}/{target.name}", content):
        replace(target, content)
    return target


def as_json(content: dict[str, Any]) -> bytes:
    """A document as it is written."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_receipt(file: Path, public: Path | None = None, formats: Sequence[str] = (FORMAT,)) -> Receipt:
    """A receipt of one of the formats, whose signature holds. Raises ReceiptError."""
    content = read_json(file)
    if content.get("format") not in formats:
        raise ReceiptError(f"{file.name} n'est pas un reçu d'effacement.")
    check_signature(content, public)
    return Receipt(content)


def receipts_in(folder: Path) -> list[Path]:
    """The files of a folder that are receipts by their name."""
    return sorted(folder.glob("[0-9a-f]*.json"))


# signatures


def sign(keys: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The content with its signature, by the home's key for receipts, made on first use."""
    key = _private(keys)
    whole = {**content, "public_key": key.public_key().public_bytes_raw().hex()}
    return {**whole, "signature": key.sign(canonical(whole).encode()).hex()}


def check_signature(content: dict[str, Any], public: Path | None = None) -> None:
    """Raise ReceiptError unless the content is as it was signed, and by that public key if one is given."""
    whole = {name: value for name, value in content.items() if name != "signature"}
    try:
        claimed = bytes.fromhex(content["public_key"])
        Ed25519PublicKey.from_public_bytes(claimed).verify(
            bytes.fromhex(content["signature"]), canonical(whole).encode()
        )
    except (InvalidSignature, KeyError, ValueError, TypeError):
        raise ReceiptError("La signature ne tient pas : le document a été altéré.") from None
    if public is not None and read_hex(public) != claimed:
        raise ReceiptError("Le document est signé d'une autre clé que celle d'ici.")


def public_key(keys: Path) -> Path | None:
    """Where the home's public key stands, if there is one."""
    file = keys / PUBLIC_NAME
    return file if file.is_file() else None


def check_keys(keys: Path, verdict: Verdict) -> None:
    """Add to the verdict that the two halves of the key for receipts do not belong together."""
    private, public = keys / PRIVATE_NAME, keys / PUBLIC_NAME
    if not (private.exists() or public.exists()):
        return
    key = read_hex(private)
    if key is None or read_hex(public) != _public_of(key):
        message = f"keys/{PRIVATE_NAME} et {PUBLIC_NAME} ne vont pas ensemble : les remettre."
        verdict.find("key_altered", message, file=PRIVATE_NAME)
    verdict.vouch(private, public)


def read_json(file: Path) -> dict[str, Any]:
    """A JSON object. Raises ReceiptError."""
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        raise ReceiptError(f"{file.name} ne peut pas être lu.") from None
    if not isinstance(content, dict):
        raise ReceiptError(f"{file.name} n'est pas un document de Bilan.")
    return content


def _private(keys: Path) -> Ed25519PrivateKey:
    file = keys / PRIVATE_NAME
    if not file.is_file():
        make(file, as_hex(Ed25519PrivateKey.generate().private_bytes_raw()))
    key = read_hex(file)
    if key is None:
        raise ReceiptError(f"keys/{PRIVATE_NAME} n'est pas une clé lisible : la remettre d'une sauvegarde.")
    if not (keys / PUBLIC_NAME).is_file():
        replace(keys / PUBLIC_NAME, as_hex(_public_of(key)))
    return Ed25519PrivateKey.from_private_bytes(key)


def _public_of(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
