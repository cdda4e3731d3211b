"""A checkpoint: how long a log was and its Merkle root, signed, in a form that can be kept anywhere.

The form is C2SP's: a tlog-checkpoint (origin, size, root, and lines of our own) in a signed note. Whoever
holds one can tell, for as long as it is kept, whether the log still contains what it held then: a ledger put
back to an earlier day with its vault and its keys is sound in itself, and shorter than the checkpoint.

Two logs of a home are told of. `events`: the leaves of RFC 6962 are the events' row hashes, as in a package.
`batches`: they are the records of the batches, each of which holds the hash of its events' hashes. Partners
are told of batches: how many events came since their last reply would tell a partner how many the others
sent, which is what disclosure control hides; that a statement came is no secret.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bilan.errors import PlainError
from bilan.ledger.merkle import root_of

FILE_NAME = "checkpoint.txt"
EVENTS, BATCHES = "events", "batches"
_DASH, _ED25519 = "\u2014", b"\x01"
_ID_BYTES, _LONGEST = 4, 10_000


class CheckpointError(PlainError):
    """A file is no checkpoint, or is not signed by the key that it is held against."""


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log; `marks` are lines of our own, `<what> <hash>`: what else stood then."""

    origin: str  # which log, and of whose key
    size: int  # leaves
    root: bytes  # 32
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def log(self) -> str:
        """Which of a home's logs."""
        return self.origin.rpartition("/")[2]

    @property
    def text(self) -> str:
        """What is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        return "".join(f"{line}\n" for line in (*lines, *(" ".join(mark) for mark in self.marks)))

    def is_prefix_of(self, leaves: Sequence[bytes]) -> bool:
        """Whether a log with those leaves begins with this one."""
        return self.size <= len(leaves) and root_of(leaves[: self.size]) == self.root


def sign_checkpoint(
    key: Ed25519PrivateKey, log: str, leaves: Sequence[bytes], marks: Sequence[tuple[str, str]] = ()
) -> str:
    """The signed note of a log as it stands."""
    public = key.public_key().public_bytes_raw()
    origin = f"bilan/{hashlib.sha256(public).hexdigest()[:16]}/{log}"
    checkpoint = Checkpoint(origin, len(leaves), root_of(leaves), tuple(marks))
    signature = base64.b64encode(_key_id(origin, public) + key.sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n{_DASH} {origin} {signature}\n"


def open_checkpoint(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """What a signed note says. CheckpointError where that key did not sign it."""
    text, _, signatures = note[:_LONGEST].partition("\n\n")
    checkpoint, public = _parsed(f"{text}\n"), key.public_bytes_raw()
    start = f"{_DASH} {checkpoint.origin} "
    for line in signatures.splitlines():
        signed = _decoded(line.removeprefix(start)) if line.startswith(start) else b""
        if signed[:_ID_BYTES] == _key_id(checkpoint.origin, public):
            try:
                key.verify(signed[_ID_BYTES:], checkpoint.text.encode())
            except InvalidSignature:
                break
            return checkpoint
    raise CheckpointError(
        "Ce point de contrôle n'est pas signé de la clé du partenariat : il a été altéré, il est d'un autre "
        "partenariat, ou la clé d'ici n'est plus la même."
    )


def _parsed(text: str) -> Checkpoint:
    try:
        origin, size, root, *more = text.removesuffix("\n").split("\n")
        marks = tuple((what, value) for what, value in (line.split(" ") for line in more))
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), marks)
    except ValueError:
        checkpoint = None
    if checkpoint is None or checkpoint.text != text or checkpoint.log not in (EVENTS, BATCHES):
        raise CheckpointError("Ce fichier n'est pas un point de contrôle de Bilan.")
    return checkpoint


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except ValueError:
        return b""


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]
