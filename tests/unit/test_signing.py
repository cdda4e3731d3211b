"""The partnership's key: made once, its owner's alone, never replaced in silence."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bilan.keyfiles import public_pem
from bilan.signing import ReleaseKeyError, release_key


def test_it_is_made_on_first_need_and_then_stays(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    first = release_key(keys)
    assert public_pem(release_key(keys)) == public_pem(first) == (keys / "release.pub").read_bytes()
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}
    assert sorted(file.name for file in keys.iterdir()) == ["release.key", "release.pub"]


def test_its_public_half_is_written_again(tmp_path: Path) -> None:
    first = release_key(tmp_path)
    (tmp_path / "release.pub").unlink()
    release_key(tmp_path)
    assert (tmp_path / "release.pub").read_bytes() == public_pem(first)


def test_a_lost_key_is_not_replaced(tmp_path: Path) -> None:
    release_key(tmp_path)
    (tmp_path / "release.key").unlink()
    with pytest.raises(ReleaseKeyError, match="n'est plus là"):
        release_key(tmp_path)
    assert not (tmp_path / "release.key").exists()


def test_two_halves_that_do_not_match_are_told(tmp_path: Path) -> None:
    release_key(tmp_path)
    (tmp_path / "release.pub").write_bytes(public_pem(Ed25519PrivateKey.generate()))
    with pytest.raises(ReleaseKeyError, match="moitié publique"):
        release_key(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAA\n"])
def test_a_key_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "release.key").write_bytes(content)
    with pytest.raises(ReleaseKeyError, match=r"release\.key"):
        release_key(tmp_path)
