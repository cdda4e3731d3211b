"""How keys are written in files: 32 bytes in hexadecimal, or an Ed25519 key in PEM.

A file outlives the version that wrote it: what is read here stays read.
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

KEY_BYTES = 32


def as_hex(key: bytes) -> bytes:
    """A key as its file holds it, in hexadecimal."""
    return f"{key.hex()}\n".encode("ascii")


def from_hex(text: str) -> bytes | None:
    """The 32 bytes that a text says in hexadecimal; None where it says others, or none."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def read_hex(file: Path) -> bytes | None:
    """The same of a file; None where it can't be read."""
    try:
        return from_hex(file.read_text("ascii", errors="replace"))
    except OSError:
        return None


def private_pem(key: Ed25519PrivateKey, passphrase: bytes | None = None) -> bytes:
    """A private key in PEM, locked by the passphrase if there is one."""
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def read_private(content: bytes, passphrase: bytes | None = None) -> Ed25519PrivateKey | None:
    """The private key that PEM holds; None where it holds none of ours, or the passphrase is not its own."""
    try:
        key = load_pem_private_key(content, passphrase)
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None


def is_locked(file: Path) -> bool:
    """Whether the private key in the file asks for a passphrase."""
    return file.is_file() and b"ENCRYPTED" in file.read_bytes()[:100]


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public half, in PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public(file: Path) -> Ed25519PublicKey | None:
    """The public key that a file holds in PEM; None where it holds none of ours."""
    try:
        key = load_pem_public_key(file.read_bytes())
    except (OSError, ValueError):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None
