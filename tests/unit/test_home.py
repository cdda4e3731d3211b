import os
import stat
from pathlib import Path

import pytest

from bilan.durable import alone
from bilan.errors import describe
from bilan.home import Home, HomeError
from bilan.printable import printable
from tests.modes import open_entries


def test_a_home_left_open_is_closed_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, outside = Home(tmp_path / "home").create(), tmp_path / "outside"
    outside.touch()
    (home.ledger / "deep" / "er").mkdir(parents=True)
    (home.ledger / "deep" / "er" / "file").touch()
    os.mkfifo(home.inbox / "pipe")
    for entry in (home.root, *home.root.rglob("*"), outside):
        entry.chmod(0o777)
    (home.published / "current").symlink_to(outside)
    assert len(open_entries(home.root)) > 10
    os.umask(0)
    monkeypatch.setenv("BILAN_HOME", str(home.root))
    assert Home.from_environment() == home
    (home.outbox / "later").touch()
    assert open_entries(home.root) == {}
    assert stat.S_IMODE(outside.stat().st_mode) == 0o777


def test_a_home_that_is_not_there_is_not_made_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAN_HOME", str(tmp_path / "home"))
    assert not Home.from_environment().root.exists()


def test_a_home_that_can_not_be_written_to_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match="Rien ne peut être écrit"):
        Home(tmp_path / "file").create()
    home = Home(tmp_path / "home").create()
    (home.root / ".lock").mkdir()
    with pytest.raises(HomeError, match="rien n'a été pris ni perdu"), alone(home.create().root):
        pass


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("[Errno 28] No space left on device: 'Tremblay'", "le disque est plein"),
        ("database or disk is full (Tremblay)", "le disque est plein"),
        ("Read-only file system (os error 30): Tremblay", "l'écriture y est interdite"),
    ],
)
def test_the_cause_is_told_where_it_is_the_disk_and_nothing_else(words: str, told: str) -> None:
    said = describe(RuntimeError(words))
    assert told in said
    assert "Tremblay" not in said
    assert " : " not in describe(RuntimeError("Tremblay"))


def test_what_commands_a_terminal_is_written_out() -> None:
    assert printable("Éva a\u0301-œ « 1 » 日本") == "Éva a\u0301-œ « 1 » 日本"
    assert printable("a\u00a0b\u202fc") == "a b c"
    assert (
        printable("\x1b[2J\x9b\r\n\t\u202e\u2028\ufeff\udcff") == r"\x1b[2J\x9b\r\n\t\u202e\u2028\ufeff\udcff"
    )
