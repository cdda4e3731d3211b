"""The story of `tests/integration/ingest`, for the vault's own proofs."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home
from bilan.identity.access import Access
from bilan.identity.subjects import read_many
from bilan.identity.vault import Vault, open_vault
from tests.commands import bilan
from tests.integration.ingest.conftest import fill, home, taken

__all__ = ["fill", "home", "taken"]
Command = Callable[..., subprocess.CompletedProcess[str]]
Persons = Callable[[Home], dict[str, dict[str, str | None]]]
WHY = Access("un essai")


def run_command(home: Home, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `bilan` as a process of its own; `settings` go to its environment."""
    done = bilan(*arguments, environment={"BILAN_HOME": str(home.root), **settings})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def command() -> Command:
    """`run_command`."""
    return run_command


@pytest.fixture
def persons() -> Persons:
    """Everything that a home's vault knows of persons, by token."""

    def read(home: Home) -> dict[str, dict[str, str | None]]:
        vault = open_vault(home)
        try:
            return read_many(vault, tokens_of(vault), WHY)
        finally:
            vault.close()

    return read


def tokens_of(vault: Vault) -> list[str]:
    return [token for (token,) in vault.rows("select token from subjects order by token")]


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file of a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
