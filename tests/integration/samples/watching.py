"""A small home that holds a file of every kind, and what may be done to a file by whoever can write there."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
from deltalake import DeltaTable

from bilan.building.dbt import PROJECT
from bilan.cli.verification import verify_all
from bilan.erasure.receipt import check_keys
from bilan.errors import PlainError
from bilan.home import Home
from bilan.ingest import ingest
from bilan.ingest.verification import verify_home
from bilan.ledger.delta import DeltaLedger
from bilan.ledger.findings import Verdict
from bilan.warehouse import record_build, verify_warehouse, warehouse_file, writing
from bilan.warehouse.freshness import record_load
from tests import releasing
from tests.integration.ingest.conftest import write_files
from tests.unit.release.conftest import FIGURES, Row, figure, write_warehouse

Alter = Callable[[Path, Path], None]  # a file, and where it would be in the same home earlier
_KINDS = (
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}", "ID"),
    (r"\d{4}-\d\d-\d\d", "DAY"),
    (r"(partners|outbox)/[^./]+", r"\1/CODE"),
    (r"CODE/\w+_DAY", "CODE/LOG_DAY"),
    (r"\d+", "N"),
)


def kind_of(name: str) -> str:
    """A file's place with its numbers, days, digests and codes left out."""
    for pattern, word in _KINDS:
        name = re.sub(pattern, word, name)
    return name


def files_of(root: Path) -> dict[str, Path]:
    """Every file and link of a home, by its place."""
    found = (path for path in sorted(root.rglob("*")) if path.is_symlink() or path.is_file())
    return {path.relative_to(root).as_posix(): path for path in found}


def one_of_each_kind(root: Path) -> dict[str, str]:
    """A file of each kind, by the kind."""
    return {kind_of(name): name for name in reversed(files_of(root))}


def small_home(home: Home, earlier: Path) -> None:
    """Two statements of each sender, two releases; `earlier` is the same home after the first."""
    write_files(home.inbox)
    ingest(home)
    _build(home, FIGURES)
    releasing.publish(home)
    shutil.copytree(home.root, earlier, symlinks=True)
    write_files(home.inbox)
    for file in list(home.inbox.rglob("*.csv")):
        day = date(2010, 6, 30)
        file.rename(file.with_name(f"{file.name.rpartition('_')[0]}_{day}.csv"))
    ingest(home)
    DeltaTable(home.ledger).create_checkpoint()
    _build(home, (figure(value=60.0), *FIGURES[1:]))
    releasing.publish(home)


def _build(home: Home, figures: tuple[Row, ...]) -> None:
    with writing(home):
        warehouse_file(home).unlink(missing_ok=True)
        write_warehouse(warehouse_file(home), figures)
        with duckdb.connect(warehouse_file(home)) as warehouse:
            record_load(warehouse, DeltaLedger(home.ledger).version(), None)
        record_build(warehouse_file(home), PROJECT)


def flip(file: Path, earlier: Path) -> None:
    """A bit of a file; a link to somewhere else."""
    if file.is_symlink():
        _point(file, "1")
        return
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def truncate(file: Path, earlier: Path) -> None:
    """To half its length; a link to nowhere."""
    if file.is_symlink():
        _point(file, "nulle-part")
        return
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def put_back(file: Path, earlier: Path) -> None:
    """An older version of the file; where there is none, nothing."""
    if file.is_symlink():
        _point(file, str(earlier.readlink()))
    elif earlier.is_file():
        file.write_bytes(earlier.read_bytes())


def remove(file: Path, earlier: Path) -> None:
    file.unlink()


def add(file: Path, earlier: Path) -> None:
    """The same under another name, beside it."""
    shutil.copyfile(file, file.with_name(f"autre-{file.name}"), follow_symlinks=False)


def _point(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(target)


ALTERATIONS: tuple[Alter, ...] = (flip, truncate, put_back, remove, add)


def is_noticed(home: Home) -> bool:
    """Whether `bilan verify` finds something: those of its parts that take little time are asked first."""
    verdict = Verdict()
    try:
        check_keys(home.keys, verdict)
        verify_warehouse(home, verdict)
        return not (verdict.sound and verify_home(home).sound and verify_all(home)[0].sound)
    except PlainError:
        return True


def told_of(home: Home) -> str:
    """All that a verification says, names of files included."""
    verdict, _ = verify_all(home)
    return " ".join(f"{finding.file} {finding.message}" for finding in verdict.findings)
