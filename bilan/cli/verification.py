"""All that `bilan verify` looks at, room after room, and that nothing else is there."""

from pathlib import Path

from bilan.coverage import check_nothing_else
from bilan.erasure.receipt import check_keys
from bilan.home import Home
from bilan.ingest.verification import verify_home
from bilan.keyfiles import read_public
from bilan.ledger.checkpoint import Checkpoint, CheckpointError, open_checkpoint
from bilan.ledger.findings import Verdict
from bilan.release.verification.releases import verify_releases
from bilan.signing import public_key
from bilan.warehouse import verify_warehouse


def verify_all(home: Home, checkpoint: Checkpoint | None = None) -> tuple[Verdict, int]:
    """The verdict on a whole home, and how many releases were looked at."""
    verdict = verify_home(home, checkpoint)
    releases = verify_releases(home, verdict, checkpoint)
    check_keys(home.keys, verdict)
    verify_warehouse(home, verdict)
    check_nothing_else(home, verdict)
    return verdict, releases


def read_checkpoint(home: Home, file: Path, key_file: Path | None = None) -> Checkpoint:
    """The checkpoint in a file, by the partnership's key given, else by the home's. CheckpointError."""
    key = read_public(key_file) if key_file else public_key(home.keys)
    if key is None:
        raise CheckpointError("La clé publique du partenariat n'est pas là : la donner par --key.")
    try:
        return open_checkpoint(file.read_text("utf-8"), key)
    except (OSError, UnicodeDecodeError):
        raise CheckpointError(f"{file.name} n'est pas un point de contrôle de Bilan.") from None
