"""Losing the vault, its key, or both: the figures stay, nothing new is made in silence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bilan.home import Home
from tests.integration.vault.conftest import Command, run_command
from tests.thorough import either

pytestmark = pytest.mark.integration
Lose = Callable[[Home], None]
QUESTIONS = (
    ("kpi", "--json"),
    ("kpi", "--code", "M02", "--known-at", "2010-03-31", "--json"),
    ("trace", "M02", "--json"),
    *either((), (("explain", "M02", "--from", "2010-03-31", "--to", "2010-04-30", "--json"),)),
)


@pytest.fixture(scope="module")
def answered(taken: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, list[str]]:
    """The story in a warehouse, and what it answers while all is well."""
    home = Home(tmp_path_factory.mktemp("answered") / "home")
    shutil.copytree(taken.root, home.root, symlinks=True)
    return home, answers(home)


def answers(home: Home) -> list[str]:
    found = [run_command(home, *question) for question in QUESTIONS]
    assert [(done.returncode, done.stderr) for done in found] == [(0, "")] * len(QUESTIONS)
    return [done.stdout for done in found]


def vault(home: Home) -> None:
    shutil.rmtree(home.vault)


def vault_file(home: Home) -> None:
    for file in home.vault.glob("vault.db*"):
        file.unlink()


def key(home: Home) -> None:
    (home.keys / "master.key").unlink()


def vault_and_mark(home: Home) -> None:
    vault(home)
    (home.keys / "vault.mark").unlink()


def vault_key_and_mark(home: Home) -> None:
    vault(home)
    shutil.rmtree(home.keys)


LOSSES: dict[Lose, str] = {
    vault: "Le coffre n'est plus là",
    vault_file: "Le coffre n'est plus là",
    key: "La clé maîtresse manque",
    vault_and_mark: "Le coffre n'est plus là",
    vault_key_and_mark: "Le coffre n'est plus là",
}


@pytest.mark.parametrize(
    "lose", either([vault_key_and_mark], [vault_key_and_mark, key]), ids=lambda lose: lose.__name__
)
def test_the_figures_stay(answered: tuple[Home, list[str]], tmp_path: Path, lose: Lose) -> None:
    whole, before = answered
    home = Home(tmp_path / "home")
    shutil.copytree(whole.root, home.root, symlinks=True)
    lose(home)
    assert answers(home) == before


def test_what_is_compared_are_figures(answered: tuple[Home, list[str]]) -> None:
    assert '"value": 3' in answered[1][0] or '"value": 2' in answered[1][0]
    assert all(len(answer) > 100 for answer in answered[1])


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_nothing_new_is_made_in_silence(
    home: Home, fill: Callable[[Path], None], command: Command, lose: Lose
) -> None:
    lose(home)
    fill(home.inbox)
    left = sorted(str(file.relative_to(home.root)) for file in home.root.rglob("*") if file.is_file())
    for _ in range(2):  # what a first try would leave behind must not help a second one
        done = command(home, "ingest", "--json")
        assert (done.returncode, done.stdout) == (1, "")
        assert LOSSES[lose] in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(str(file.relative_to(home.root)) for file in home.root.rglob("*") if file.is_file()) == left


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_a_verification_says_so(home: Home, command: Command, lose: Lose) -> None:
    lose(home)
    done = command(home, "verify")
    assert done.returncode == 1
    assert "coffre" in done.stdout + done.stderr


def test_a_new_home_has_nothing_to_lose(
    tmp_path: Path, fill: Callable[[Path], None], command: Command
) -> None:
    """The same command, where there never was a vault, makes one."""
    home = Home(tmp_path / "new").create()
    fill(home.inbox)
    assert command(home, "ingest").returncode == 3  # the story has refused rows
    assert (home.vault / "vault.db").is_file()
