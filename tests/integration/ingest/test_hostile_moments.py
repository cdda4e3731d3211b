"""A file replaced or half sent, another run, a full or closed disk, an open home, a clock that goes back:

nothing is lost or counted twice, and it is said.
"""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from bilan.home import Home
from bilan.ingest import ingest
from tests.modes import open_entries

pytestmark = pytest.mark.integration

PROGRAM = "import sys; from bilan.cli.main import main; main()"
TEN_YEARS_AGO = """
import datetime, time
now, back = time.time, datetime.timedelta(days=3653)
time.time = lambda: now() - back.total_seconds()
class Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) - back
datetime.datetime = Then
"""
# a command's own view of the disk, on which the folder named first takes nothing
CLOSED = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
HEAD = "no_reference;date_reference;de;vers;jeune_ref;decision\n"
NAME = "CJM/references_2010-01-31.csv"


def put(home: Path, rows: int, name: str = NAME) -> Path:
    """A statement of that many rows, sent as a careful sender does: beside its place, then into it."""
    lines = [f"N{n};2009-03-01;SPAL;CJM;REF-{n};\n" for n in range(rows)]
    file, draft = home / "inbox" / name, home.parent / "draft"
    file.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(HEAD + "".join(lines), "utf-8")
    return draft.replace(file)


def start(
    home: Path, before: str = "true", *, program: str = PROGRAM, command: str = "ingest"
) -> "subprocess.Popen[bytes]":
    """A run, after words to the shell about its limits."""
    return subprocess.Popen(
        ["sh", "-c", f'{before}; exec "$@"', "sh", sys.executable, "-c", program, command, "--json"],
        env={**os.environ, "BILAN_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(run: "subprocess.Popen[bytes]") -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, files and error output."""
    out, err = run.communicate(timeout=120)
    return run.returncode, json.loads(out)["files"] if out else [], err.decode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.parametrize("milliseconds", range(2, 90, 8))
def test_a_file_replaced_while_it_is_taken_is_not_lost(home: Path, milliseconds: int) -> None:
    """The last version of a name is always taken in the end, at whatever moment it came."""
    put(home, 1)
    resend = threading.Timer(milliseconds / 1000, put, (home, 2))
    first = ingest(Home(home), progress=lambda done, total, name: resend.start() if done < total else None)
    resend.join()
    second = ingest(Home(home))
    assert sum(file.asserted for report in (first, second) for file in report.files) == 2
    assert not [file for file in (home / "inbox").rglob("*") if file.is_file()]


def test_two_runs_at_once_take_each_file_once(home: Path) -> None:
    for month in range(1, 9):
        put(home, month, f"CJM/references_2010-{month:02d}-28.csv")
    runs = [start(home) for _ in range(2)]
    told = [ended(run) for run in runs]
    assert [code for code, _, _ in told] == [0, 0], told
    assert sum(file["asserted"] for _, files, _ in told for file in files) == 8
    assert not [file for file in (home / "inbox").rglob("*") if file.is_file()]


@pytest.mark.parametrize("blocks", [40, 300])
def test_where_nothing_more_can_be_written_it_is_said_and_finished_later(home: Path, blocks: int) -> None:
    """A file that may grow no further fails as on a full disk."""
    put(home, 3)
    put(home, 4, "SPAL/references_2010-01-31.csv")
    code, _, said = ended(start(home, f"ulimit -f {blocks}"))
    assert code == 1
    assert "le disque est plein" in said
    assert "Traceback" not in said
    code, files, _ = ended(start(home))
    assert code == 0
    assert {file["path"]: file["rows"] for file in files}.get("SPAL/references_2010-01-31.csv", 4) == 4
    assert ended(start(home))[1] == []


def test_a_home_that_others_could_open_is_closed_to_them(home: Path) -> None:
    put(home, 2)
    put(home, 0, "SPAL/references_2010-01-31.csv")
    code, _, _ = ended(start(home, "umask 0"))
    assert code == 3
    for file in (home, *home.rglob("*")):
        file.chmod(0o777)
    put(home, 3)
    code, _, _ = ended(start(home, "umask 0"))
    assert code == 0
    assert open_entries(home) == {}


@pytest.mark.parametrize("command", ["ingest", "run"])
def test_where_nothing_can_be_written_it_is_said_and_done_later(home: Path, command: str) -> None:
    """A disk that became read-only, which is how a failing one is mounted."""
    put(home, 3)
    assert ended(start(home))[0] == 0
    waiting = put(home, 4, "SPAL/references_2010-01-31.csv")
    words = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        CLOSED,
        "sh",
        str(home),
        sys.executable,
        "-c",
        PROGRAM,
        command,
    ]
    closed = subprocess.run(
        words, env={**os.environ, "BILAN_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in closed.stderr:
        pytest.skip("this machine lets nobody mount")
    assert closed.returncode == 1
    assert re.search("Rien ne peut être écrit|l'écriture y est interdite", closed.stderr), closed.stderr
    assert "Traceback" not in closed.stderr
    assert waiting.exists()
    code, files, _ = ended(start(home))
    assert (code, [file["rows"] for file in files]) == (0, [4])


def test_a_clock_that_goes_back_loses_and_doubles_nothing(home: Path) -> None:
    """What came before is told by the order of the ledger, and by the statements' own dates."""
    told = []
    for month, program in enumerate((PROGRAM, TEN_YEARS_AGO + PROGRAM, PROGRAM), start=1):
        put(home, 2 + month, f"CJM/references_2010-{month:02d}-28.csv")
        code, files, _ = ended(start(home, program=program))
        told.append((code, *(file["asserted"] for file in files)))
    assert told == [(0, 3), (0, 1), (0, 1)]
    verified = start(home, command="verify")
    assert json.loads(verified.communicate(timeout=120)[0])["findings"] == []
    assert verified.returncode == 0
