"""A file made to harm whoever opens it is named and set aside; the other senders' files are taken."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ingest import hostile

pytestmark = pytest.mark.integration

PROGRAM = "import sys; from bilan.cli.main import main; main()"
GOOD = "no_reference;date_reference;de;vers;jeune_ref;decision\nN1;2009-03-01;SPAL;CJM;REF-1;\n"
ESCAPE, OVERRIDE = "\x1b[\x07\x9b", "\u202e"
Put = Callable[[str | bytes, bytes | str], Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def put(home: Path) -> Put:
    """Put a file into the inbox."""

    def put(name: str | bytes, content: bytes | str) -> Path:
        file = home / "inbox" / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return put


def bilan(home: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """The command, in a process that no test shares."""
    environment = {**os.environ, "BILAN_HOME": str(home), "COLUMNS": "200"}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=300)
    assert done.returncode in {0, 3}, (done.returncode, done.stderr)
    return done


def taken(home: Path) -> dict[str, Any]:
    """Each file of the inbox's report, by its path."""
    files: dict[str, Any] = {
        f["path"]: f for f in json.loads(bilan(home, "ingest", "--json").stdout)["files"]
    }
    return files


def test_poison_is_named_and_set_aside_and_the_others_are_taken(home: Path, put: Put) -> None:
    poisons = {
        f"SPAL/arrestations_{2010 + n}-01-31.xlsx": content
        for n, content in enumerate(hostile.SMALL_BOOKS.values())
    }
    poisons["SPAL/arrestations_2010-02-28.xlsx"] = hostile.workbook(hostile.rows_bomb(1_500_000))
    poisons["SPAL/arrestations_2010-04-30.csv"] = hostile.CSV_HEAD.encode() + b"x" * 2_000_000
    good = [f"{sender}/references_2010-{day}.csv" for sender in ("CJM", "SPAL") for day in ("01-01", "12-31")]
    for name, content in poisons.items():
        put(name, content)
    for name in good:
        put(name, GOOD)
    files = taken(home)
    assert files.keys() == poisons.keys() | set(good)
    for name in good:
        assert (files[name]["accepted"], files[name]["held"]) == (1, False), name
    for name in poisons:
        assert (files[name]["accepted"], files[name]["asserted"]) == (0, 0), name
        assert [refusal["code"] for refusal in files[name]["refusals"]] == ["unreadable_file"], name
        assert (home / "outbox" / f"{name.rpartition('.')[0]}.refus.csv").is_file(), name
    assert taken(home) == {}


def test_what_is_no_file_is_named_and_never_opened(
    home: Path, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(hostile.CSV_HEAD + hostile.CSV_ROW)
    put("CJM/references_2010-01-01.csv", GOOD)
    inbox = home / "inbox"
    (inbox / "SPAL").mkdir()
    odd = {
        f"SPAL/arrestations_2010-0{n}-28.csv": inbox / f"SPAL/arrestations_2010-0{n}-28.csv"
        for n in range(1, 6)
    }
    to_file, dangling, to_folder, pipe, plug = odd.values()
    to_file.symlink_to(secret)
    dangling.symlink_to(tmp_path / "nowhere.csv")
    to_folder.symlink_to(tmp_path)
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(plug.parent)  # a socket's path has 107 bytes at most
        listener.bind(plug.name)
        (inbox / "CAVAC").symlink_to(tmp_path)
        for _ in range(2):
            files = taken(home)
            assert files.keys() - {"CJM/references_2010-01-01.csv"} == odd.keys() | {"CAVAC"}
            assert all(files[name]["refusals"][0]["message"].startswith("Ni un fichier") for name in odd)
    assert secret.is_file()
    assert all(os.path.lexists(file) for file in odd.values())


@pytest.mark.parametrize("arguments", [["ingest"], ["ingest", "--json"]])
def test_a_name_commands_no_terminal(home: Path, put: Put, arguments: list[str]) -> None:
    sheet = GOOD.replace("decision", f"decision;{ESCAPE}{OVERRIDE}titre").replace("REF-1;", "REF-1;;x")
    put(f"CJM/references{ESCAPE}_2010-01-31.csv", sheet)
    put(f"CJM[/references]{OVERRIDE}_2010-02-28.csv", sheet)
    put(b"CJM/references\xff_2010-03-31.csv", sheet)
    put(f"INCONNU/{ESCAPE}{OVERRIDE}.csv", sheet)
    put(b"INCONNU\xfe/x\n.csv", sheet)
    done = bilan(home, *arguments)
    told = done.stdout + done.stderr
    assert b"\\x1b" in told
    for forbidden in (b"\x1b", b"\x07", "\x9b".encode(), OVERRIDE.encode(), b"\xff", b"\xfe"):
        assert forbidden not in told
    replies = b"".join(file.read_bytes() for file in (home / "outbox").rglob("*.csv"))
    assert b"\x1b" not in replies
    assert {file.name for file in (home / "inbox").rglob("*.csv")} == {"x\n.csv", f"{ESCAPE}{OVERRIDE}.csv"}


def test_a_file_that_is_still_being_written_waits_for_its_end(home: Path, put: Put) -> None:
    name = "CJM/references_2010-01-31.csv"
    file = put(name, "")
    put("SPAL/references_2010-01-31.csv", GOOD)
    with file.open("w", encoding="utf-8") as copying:
        copying.write(GOOD)
        copying.flush()
        files = taken(home)
        assert files["SPAL/references_2010-01-31.csv"]["asserted"] == 1
        assert files[name]["refusals"][0]["message"].startswith("Encore en cours")
        copying.write("N2;2009-03-01;SPAL;CJM;REF-2;\n")
    assert taken(home)[name]["asserted"] == 2
    assert taken(home) == {}
