"""`bilan` in processes of their own, forked from one that imported what commands need and did nothing else.

A command starts there as in a fresh process, without the seconds that importing dbt and Polars takes. That a
cold process does the same is for `tests/integration/acceptance` to say.
"""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bilan.cli.main import COMMANDS, main
from bilan.intake.apart import READER

ROOT = Path(__file__).parents[1]
HEAVY = ("bilan.building.dbt", "bilan.building.figures", "dbt.cli.main", "dbt.adapters.duckdb")


def bilan(*arguments: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[bytes]":
    """Run the command with those environment variables, and no others than this process has."""
    with TemporaryDirectory(prefix="bilan-command-") as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        asked = {
            "arguments": arguments,
            "environment": {**os.environ, **environment},
            "out": str(out),
            "err": str(err),
            "cwd": str(Path.cwd()),
        }
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(["bilan", *arguments], code, out.read_bytes(), err.read_bytes())


@cache
def _server() -> "subprocess.Popen[str]":
    """Started when first asked; it ends with this process, whose end closes its input."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def _serve() -> None:
    """Answer each line of the standard input with an exit code; a child goes on as the command."""
    READER.warm()  # the server that its readers are forked from serves the commands too
    for name in (*COMMANDS.values(), *HEAVY):
        importlib.import_module(name)
    for line in sys.stdin:
        command = get_context("fork").Process(target=_run, kwargs=json.loads(line))
        command.start()
        command.join()
        sys.stdout.write(f"{command.exitcode}\n")
        sys.stdout.flush()


def _run(arguments: list[str], environment: dict[str, str], out: str, err: str, cwd: str) -> None:
    """Run the command in the place of a process started with those words: what it writes and knows."""
    for file, number in ((out, 1), (err, 2)):
        opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["bilan", *arguments]
    main()


if __name__ == "__main__":
    _serve()
