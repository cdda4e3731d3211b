"""Key files: the very bytes that homes hold, and what is none."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bilan.keyfiles import (
    as_hex,
    from_hex,
    is_locked,
    private_pem,
    public_pem,
    read_hex,
    read_private,
    read_public,
)

RAW = bytes(range(32))
KEY = Ed25519PrivateKey.from_private_bytes(RAW)
IN_HEX = b"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
IN_PEM = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
"""


def test_they_are_written_as_they_always_were(tmp_path: Path) -> None:
    assert as_hex(RAW) == IN_HEX
    assert private_pem(KEY) == IN_PEM
    (tmp_path / "key").write_bytes(IN_HEX)
    assert read_hex(tmp_path / "key") == RAW
    read = read_private(IN_PEM)
    assert read is not None
    assert read.private_bytes_raw() == RAW


def test_the_public_half_reads_back(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_bytes(public_pem(KEY))
    read = read_public(tmp_path / "key.pub")
    assert read is not None
    assert read.public_bytes_raw() == KEY.public_key().public_bytes_raw()


def test_a_locked_key_opens_by_its_passphrase_alone(tmp_path: Path) -> None:
    locked = private_pem(KEY, b"sept mots")
    (tmp_path / "locked").write_bytes(locked)
    (tmp_path / "open").write_bytes(IN_PEM)
    assert is_locked(tmp_path / "locked")
    assert not is_locked(tmp_path / "open")
    assert read_private(locked, b"sept mots") is not None
    assert [read_private(locked, wrong) for wrong in (None, b"huit mots")] == [None, None]


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32])
def test_what_is_no_key_of_32_bytes_is_none(text: str) -> None:
    assert from_hex(text) is None


def test_another_kind_of_key_is_none_of_ours(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    assert read_private(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())) is None
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pub").write_bytes(public)
    assert read_public(tmp_path / "key.pub") is None
    assert read_public(tmp_path / "absent") is None
    assert read_hex(tmp_path / "absent") is None
