"""One lock for whoever writes, and one that readers share."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bilan.durable import alone, together
from bilan.home import HomeError

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
