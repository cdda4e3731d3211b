"""Locks, and files that are written whole or not at all."""

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bilan.durable import alone, make, replace, together
from bilan.home import HomeError

Write = Callable[[Path, bytes], None]
HOLD = "import sys, pathlib, bilan.durable as d; h = getattr(d, sys.argv[1])(pathlib.Path(sys.argv[2]))"


@contextmanager
def held(folder: Path, how: str) -> Iterator[None]:
    """Another process holds the folder's lock, until it is killed."""
    program = f"{HOLD}; h.__enter__(); print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, how, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"\n"
        yield
        process.kill()


def is_free(folder: Path, kind: int) -> bool:
    with (folder / ".lock").open("r+b") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@pytest.mark.parametrize(("how", "is_shared"), [("alone", False), ("together", True)])
def test_a_lock_keeps_out_whom_it_should_and_a_killed_process_leaves_it(
    tmp_path: Path, how: str, is_shared: bool
) -> None:
    with held(tmp_path, how):
        assert is_free(tmp_path, fcntl.LOCK_SH) == is_shared
        assert not is_free(tmp_path, fcntl.LOCK_EX)
    with alone(tmp_path):
        assert (tmp_path / ".lock").stat().st_mode & 0o777 == 0o600


def test_a_lock_is_let_go_when_what_is_done_under_it_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), together(tmp_path / "new"):
        raise RuntimeError
    assert is_free(tmp_path / "new", fcntl.LOCK_EX)


def test_a_lock_that_can_not_be_made_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match="Rien ne peut être écrit"), alone(tmp_path / "file"):
        pass


@pytest.mark.parametrize("write", [make, replace])
def test_a_file_is_its_owner_s_alone_and_nothing_else_is_left(tmp_path: Path, write: Write) -> None:
    file = tmp_path / "new" / "file"
    write(file, b"whole")
    assert file.read_bytes() == b"whole"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_file_is_replaced_whatever_a_killed_writer_left(tmp_path: Path) -> None:
    elsewhere, file = tmp_path / "elsewhere", tmp_path / "file"
    elsewhere.write_text("kept")
    file.write_text("old")
    (tmp_path / ".file.draft").symlink_to(elsewhere)
    replace(file, b"new")
    assert file.read_text() == "new"
    assert elsewhere.read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "file"]


def test_a_file_that_is_made_is_never_written_over(tmp_path: Path) -> None:
    make(tmp_path / "file", b"first")
    make(tmp_path / "file", b"second")
    assert (tmp_path / "file").read_bytes() == b"first"


@pytest.mark.parametrize("write", [make, replace])
def test_a_file_that_can_not_be_held_by_the_disk_is_not_there(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write(tmp_path / "file", b"half")
    assert not (tmp_path / "file").exists()
