"""The partnership's key: it signs packages, checkpoints, builds and the warehouse's file as they were left.

`keys/release.key` (PEM, its owner's alone) is made on first need; `keys/release.pub` is its public half,
to be handed to readers by another way than the packages.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bilan.durable import make, replace
from bilan.errors import PlainError
from bilan.keyfiles import private_pem, public_pem, read_private, read_public

PRIVATE_NAME, PUBLIC_NAME = "release.key", "release.pub"


class ReleaseKeyError(PlainError):
    """The partnership's key can't be read, or is gone though it has signed before."""


def release_key(keys: Path) -> Ed25519PrivateKey:
    """The partnership's private key, made on first need with its public half beside it.

    ReleaseKeyError where it can't be read, and where its public half alone is left: a new key in its
    place would make every reader refuse the packages that follow.
    """
    file = keys / PRIVATE_NAME
    if not file.is_file():
        if (keys / PUBLIC_NAME).is_file():
            raise ReleaseKeyError(
                f"La clé du partenariat (keys/{PRIVATE_NAME}) n'est plus là, mais {PUBLIC_NAME} l'est : la "
                "remettre d'une sauvegarde. Pour changer de clé, retirer aussi la clé publique et donner la "
                "nouvelle à chaque lecteur."
            )
        make(file, private_pem(Ed25519PrivateKey.generate()))
    key = _read(file)
    public = public_pem(key)
    if not (keys / PUBLIC_NAME).is_file():
        replace(keys / PUBLIC_NAME, public)
    if (keys / PUBLIC_NAME).read_bytes() != public:
        raise ReleaseKeyError(
            f"keys/{PUBLIC_NAME} n'est pas la moitié publique de {PRIVATE_NAME} : retirer celle des deux qui "
            "n'est pas du partenariat."
        )
    return key


def _read(file: Path) -> Ed25519PrivateKey:
    try:
        key = read_private(file.read_bytes())
    except OSError:
        key = None
    if key is None:
        raise ReleaseKeyError(f"keys/{file.name} n'est pas une clé Ed25519 lisible : la remettre.")
    return key


def signed_list(key: Ed25519PrivateKey, files: Sequence[Mapping[str, object]]) -> bytes:
    """A list of files (`path`, `bytes`, `sha256`) as a JSON document, and its signature in its last line."""
    listed = json.dumps(list(files), ensure_ascii=False, indent=1).encode()
    return listed + b"\n" + base64.b64encode(key.sign(listed)) + b"\n"


def read_signed_list(content: bytes, key: Ed25519PublicKey) -> list[dict[str, Any]] | None:
    """The files of a signed list; None where that key did not sign it as it is."""
    listed, _, signature = content.removesuffix(b"\n").rpartition(b"\n")
    try:
        key.verify(base64.b64decode(signature, validate=True), listed)
    except (InvalidSignature, ValueError):
        return None
    files: list[dict[str, Any]] = json.loads(listed)
    return files


def public_key(keys: Path) -> Ed25519PublicKey | None:
    """The partnership's public key; None where it is not there, or is none."""
    return read_public(keys / PUBLIC_NAME)
