"""Whatever a file does to the process that reads it, whoever asked goes on, and learns no word of it.

The « files » are programs, which do what a file can only hope to make its reader do.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bilan.errors import PlainError
from bilan.intake import Reference, Source, UnreadError, read_statement
from bilan.intake import statement as in_this_process
from bilan.intake.apart import Reader
from bilan.intake.reader import Limits

SMALL = Limits(memory=900 << 20, seconds=1, seconds_per_mib=0, patience=3)
Make = dict[str, Callable[..., Any]]
Run = Callable[[str], Any]


@pytest.fixture(scope="module")
def run() -> Run:
    """What an expression is worth in the reading process."""
    reader: Any = Reader(SMALL)

    def run(expression: str) -> Any:
        return reader(eval, expression.encode())

    return run


@pytest.mark.integration
@pytest.mark.parametrize(
    "harm",
    [
        "b'x' * (1 << 32)",
        "__import__('polars').repeat('x', 1 << 29, eager=True).to_list()",
        "any(False for _ in iter(int, 1))",
        "__import__('re').match('(a+)+$', 'a' * 60 + 'b')",
        "__import__('time').sleep(3600)",
        "__import__('os').abort()",
        "__import__('ctypes').string_at(0)",
        "__import__('os')._exit(0)",
    ],
)
def test_what_brings_the_reader_down_is_told(run: Run, harm: str) -> None:
    with pytest.raises(UnreadError, match="plus de mémoire ou de temps"):
        run(harm)
    assert run("1 + 1") == 2


@pytest.mark.parametrize("error", ["ValueError", "BaseException", "KeyboardInterrupt", "SystemExit"])
def test_an_error_is_told_by_its_place_alone(run: Run, error: str) -> None:
    with pytest.raises(UnreadError, match=error) as caught:
        run(f"(_ for _ in ()).throw({error}('Tremblay'))")
    assert "Tremblay" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_more_faults_than_anyone_reads_are_not_told_one_by_one(reference: Reference) -> None:
    """A hundred thousand would fill the memory of who asks, and the sender's reply."""
    source = Source("x", "SPAL", "arrestations", date(2011, 9, 30), ".csv")
    heading = "no_evenement;date_arrestation;suspect_nom;suspect_prenom;suspect_naissance;motif\n"
    with pytest.raises(UnreadError, match="100 000"):
        read_statement((heading + "x;x;;;x;x\n" * 30_000).encode(), source, reference)


@pytest.mark.integration
def test_a_file_is_not_judged_by_what_others_left(run: Run) -> None:
    """Each leaves a third of the memory taken: the reader is renewed, and no file is blamed."""
    kept = "__import__('sys').__dict__.setdefault('kept', [])"
    assert max(run(f"{kept}.append(bytearray(200 << 20)) or len({kept})") for _ in range(6)) < 6


def test_a_reader_is_told_no_key_and_writes_no_file(run: Run, tmp_path: Path) -> None:
    given = {"POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX", "LD_LIBRARY_PATH", "TZ"}
    set_by_libraries = {"LC_CTYPE", "_RJEM_MALLOC_CONF"}
    assert set(run("list(__import__('os').environ)")) <= given | set_by_libraries
    assert run("__import__('os').getcwd()") == "/"
    assert run("__import__('resource').getrlimit(__import__('resource').RLIMIT_CORE)") == (0, 0)
    run(f"open({str(tmp_path / 'x')!r}, 'w').write('Tremblay')")
    assert (tmp_path / "x").read_bytes() == b""


def test_the_environment_may_give_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAN_READER_MIB", "900")
    monkeypatch.setenv("BILAN_READER_SECONDS", "1")
    assert Limits.from_environment() == Limits(memory=900 << 20, seconds=1)
    monkeypatch.setenv("BILAN_READER_SECONDS", "many")
    with pytest.raises(PlainError, match="entiers"):
        Limits.from_environment()


def test_a_large_file_may_take_longer() -> None:
    limits = Limits(seconds=20, seconds_per_mib=2, most_seconds=50)
    assert [limits.seconds_for(mib << 20) for mib in (0, 5, 100)] == [20, 30, 50]


def test_read_apart_a_statement_is_the_same(reference: Reference, make: Make) -> None:
    source = Source("x", "SPAL", "arrestations", date(2011, 9, 30), ".csv")
    content = make["csv"](make["grid"]("arrestations", {}, {"motif": "inconnu"}))
    apart = read_statement(content, source, reference)
    here = in_this_process.read_statement(content, source, reference)
    assert apart.accepted.equals(here.accepted)
    assert (apart.refusals.rows(), apart.rows) == (here.refusals.rows(), 2)
