"""Secrets: from the environment, else made once and kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def secret(name: str, folder: Path) -> str:
    """The secret `name` (64 hex digits when made here).

    Taken from the variable `BILAN_<NAME>`, else from `folder/<name>`, which is made if absent. Two
    processes that start together agree: the first one to make the file wins.
    """
    given = os.environ.get(f"BILAN_{name.upper()}")
    if given:
        return given
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    if not path.exists():
        _make(path)
    return path.read_text("ascii")


def _make(path: Path) -> None:
    """Write a whole new secret beside, then link it in place: no reader ever sees half of one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
