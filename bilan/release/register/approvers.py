"""Who may approve a release: people with a key of their own, known to the register by its public half.

The private key is written once, into a file that the person keeps; nothing of it stays here.
"""

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bilan.durable import alone
from bilan.home import PRIVATE_FILE, Home
from bilan.keyfiles import private_pem, read_private
from bilan.release.errors import ReleaseRefusedError
from bilan.release.register.entries import Entry, append, read_register, stamped

ADDED, REMOVED = "approver_added", "approver_removed"
_PREFIX = b"bilan-approval-v1\n"


@dataclass(frozen=True)
class Approver:
    """A person: name, account, raw public key in base64, and since when; `removed_at` None: may sign.

    `is_demonstration`: nobody at all, who may sign what is said to be synthetic and nothing else.
    """

    name: str
    account: str
    public_key: str
    added_at: str
    removed_at: str | None = None
    is_demonstration: bool = False

    def is_same_person(self, other: "Approver") -> bool:
        """By name, by account or by key: one of them is enough."""
        return bool(self.designations & other.designations) or self.public_key == other.public_key

    @property
    def designations(self) -> frozenset[str]:
        """What the person goes by, however it is written."""
        return frozenset({folded(self.name), folded(self.account)})


def folded(name: str) -> str:
    """A name without regard to case, spaces or how its accents are encoded."""
    return " ".join(normalize("NFKC", name).casefold().split())


def approvers_of(entries: Iterable[Entry]) -> tuple[Approver, ...]:
    """Everyone who ever was an approver, in the order of the register."""
    known: dict[str, Approver] = {}
    for entry in entries:
        if entry.step == ADDED:
            details = entry.details
            added = Approver(
                name=details["name"],
                account=details["account"],
                public_key=details["public_key"],
                added_at=entry.when,
                is_demonstration=details["demonstration"],
            )
            known[added.public_key] = added
        elif entry.step == REMOVED:
            gone = known[entry.details["public_key"]]
            known[gone.public_key] = replace(gone, removed_at=entry.when)
    return tuple(known.values())


def standing(entries: Iterable[Entry]) -> tuple[Approver, ...]:
    """Those who may sign now."""
    return tuple(approver for approver in approvers_of(entries) if approver.removed_at is None)


def add_approver(
    home: Home, name: str, account: str, out: Path, *, passphrase: bytes | None, who: str, now: datetime
) -> Approver:
    """Make a person's key: its private half into `out`, its public half into the register.

    ReleaseRefusedError where `out` exists or lies within the home (a backup of it, or whoever runs
    Bilan, would then hold the key), and where that name or account may sign already.
    """
    if out.resolve().is_relative_to(home.root.resolve()):
        raise ReleaseRefusedError(
            f"{out} est dans le dossier de Bilan : la clé d'une personne se garde chez elle. Autre --out."
        )
    added = Approver(" ".join(name.split()), account.strip(), "", stamped(now))
    return _keep_key(home, added, out, passphrase=passphrase, who=who, now=now)


def add_demonstration(home: Home, name: str, account: str, out: Path, *, who: str, now: datetime) -> Approver:
    """An approver who does not exist; the key may lie in the home."""
    added = Approver(name, account, "", stamped(now), is_demonstration=True)
    return _keep_key(home, added, out, passphrase=None, who=who, now=now)


def _keep_key(
    home: Home, asked: Approver, out: Path, *, passphrase: bytes | None, who: str, now: datetime
) -> Approver:
    key = Ed25519PrivateKey.generate()
    added = replace(asked, public_key=_public(key))
    if not added.name or not added.account:
        raise ReleaseRefusedError("Il faut un nom et un compte.")
    with alone(home.releases):
        for other in standing(read_register(home)):
            if added.is_same_person(other):
                raise ReleaseRefusedError(
                    f"{other.name} ({other.account}) approuve déjà. Pour changer de clé : « bilan approver "
                    "remove », puis « add »."
                )
        _write_key(out, key, passphrase)
        try:
            append(
                home,
                ADDED,
                who=who,
                when=now,
                name=added.name,
                account=added.account,
                public_key=added.public_key,
                demonstration=added.is_demonstration,
            )
        except BaseException:
            out.unlink()
            raise
    return added


def remove_approver(home: Home, name: str, *, why: str, who: str, now: datetime) -> Approver:
    """Take the right to sign from a person; signatures not yet acted upon count no more."""
    with alone(home.releases):
        for approver in standing(read_register(home)):
            if folded(name) in approver.designations:
                key = approver.public_key
                append(home, REMOVED, who=who, when=now, why=why, name=approver.name, public_key=key)
                return approver
    raise ReleaseRefusedError(f"{name} n'approuve rien ; voir « bilan approver list ».")


def read_key(file: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    """A person's private key. ReleaseRefusedError where the file is not one, or the passphrase wrong."""
    try:
        key = read_private(file.read_bytes(), passphrase)
    except OSError:
        raise ReleaseRefusedError(f"{file} ne peut être lu.") from None
    if key is None:
        raise ReleaseRefusedError(
            f"{file} n'est pas une clé faite par « bilan approver add », ou la phrase de passe n'est pas la "
            "bonne."
        )
    return key


def sign(key: Ed25519PrivateKey, release: int, candidate_sha256: str) -> tuple[str, str]:
    """The public key and the signature of a candidate's hash, in base64."""
    return _public(key), base64.b64encode(key.sign(_message(release, candidate_sha256))).decode()


def is_signed(public_key: str, signature: str, release: int, candidate_sha256: str) -> bool:
    """Whether that key signed that candidate."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _message(release, candidate_sha256))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(release: int, candidate_sha256: str) -> bytes:
    return _PREFIX + f"{release}\n{candidate_sha256}".encode("ascii")


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _write_key(out: Path, key: Ed25519PrivateKey, passphrase: bytes | None) -> None:
    try:
        # straight to its place, and not by `durable.make`: it is often a stick, which knows no hard links
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    except FileExistsError:
        raise ReleaseRefusedError(f"{out} existe déjà : donner un autre fichier à --out.") from None
    except OSError:
        raise ReleaseRefusedError(f"{out} ne peut être écrit.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(private_pem(key, passphrase))
        file.flush()
        os.fsync(descriptor)
