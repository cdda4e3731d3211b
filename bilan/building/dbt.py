"""Run dbt in this process, quietly. Imported inside commands alone: dbt takes seconds to import."""

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan.durable import make
from bilan.errors import PlainError
from bilan.warehouse.freshness import models_hash
from bilan.warehouse.staging import write_staging

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
FILE_VARIABLE = "BILAN_WAREHOUSE_FILE"
_FAILED = frozenset({"error", "fail", "runtime error"})


@dataclass(frozen=True)
class Ran:
    """What became of a model or of a test; `failures` are the rows that a test objects to."""

    unique_id: str
    name: str
    status: str
    seconds: float
    failures: int


class DbtError(PlainError):
    """A model or a test failed. The message names them and never quotes data; `ran` is all that was tried."""

    def __init__(self, message: str, ran: Sequence[Ran] = ()) -> None:
        super().__init__(message)
        self.ran = ran


def run_dbt(command: str, file: Path, *options: str, variables: Mapping[str, str] | None = None) -> list[Ran]:
    """Run `dbt <command>` on a warehouse's file; what became of each node.

    Raises DbtError, with the names of what failed, when dbt could not do it all.
    """
    from dbt.cli.main import dbtRunner

    arguments = [command, *_places(file), "--no-write-json", *options, *_vars(variables)]
    with _environment(file), _silence():
        result = dbtRunner(manifest=_manifest(file)).invoke(arguments)
    tried = getattr(result.result, "results", [])
    ran = [
        Ran(one.node.unique_id, one.node.name, str(one.status), one.execution_time, one.failures or 0)
        for one in tried
    ]
    _release()
    if not result.success:
        failed = [_named(one) for one in tried if str(one.status) in _FAILED]
        why = ", ".join(failed) or type(result.exception).__name__
        raise DbtError(f"dbt {command} failed: {why}", ran)
    return ran


def _named(failed: Any) -> str:
    """What failed, and the constraint that it broke; the rest of a database's message may quote data."""
    message = failed.message or ""
    if null := re.search(r"NOT NULL constraint failed: \w+\.(\w+)", message):
        return f"{failed.node.name} ({null[1]} is null)"
    if "duplicate key" in message.lower():
        return f"{failed.node.name} (two rows have one primary key)"
    return str(failed.node.name)


def compiled(file: Path, model: str, variables: Mapping[str, str]) -> str:
    """The SQL of a model as dbt would run it on that file with those vars."""
    from dbt.cli.main import dbtRunner

    arguments = ["compile", *_places(file), "--no-write-json", "--select", model, *_vars(variables)]
    with _environment(file), _silence():
        result = dbtRunner(manifest=_manifest(file)).invoke(arguments)
    _release()
    # a model's data tests are compiled with it
    texts = {node.node.name: node.node.compiled_code for node in getattr(result.result, "results", [])}
    if not result.success or model not in texts:
        raise DbtError(f"dbt compile failed: {model}")
    return str(texts[model])


def documented(file: Path) -> Path:
    """dbt's documentation of the project as one page that needs no network; where it was written."""
    from dbt.cli.main import dbtRunner

    with _environment(file), _silence():
        result = dbtRunner(manifest=_manifest(file)).invoke(["docs", "generate", "--static", *_places(file)])
    _release()
    if not result.success:
        raise DbtError("dbt docs generate failed")
    return _output(file) / "static_index.html"


def _vars(variables: Mapping[str, str] | None) -> list[str]:
    pairs = ", ".join(f"{name}: '{value}'" for name, value in (variables or {}).items())
    return ["--vars", "{" + pairs + "}"] if pairs else []


def _places(file: Path) -> list[str]:
    """Where dbt reads, and where it writes: beside the file, so that two homes never meet."""
    output = _output(file)
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(output), "--log-path", str(output)),
        *("--log-level", "none", "--log-level-file", "none"),
    ]


def _output(file: Path) -> Path:
    return file.parent / "dbt"


def parsed_project(file: Path) -> "Manifest":
    """What dbt understood of the project, for that warehouse's file; five seconds if a file changed."""
    with _environment(file), _silence():
        return _manifest(file)


def _manifest(file: Path) -> "Manifest":
    """What dbt understood of the project, parsed once per state of its files.

    dbt would parse it all again for each home (the profile's path differs) and for each `--vars`.
    """
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder
    from dbt.version import __version__

    write_staging(PROJECT)
    kept = PROJECT / "target" / f"manifest-{__version__}-{models_hash(PROJECT)[:16]}.msgpack"
    if kept.is_file():
        manifest = Manifest.from_msgpack(kept.read_bytes(), decoder=extended_mashumuro_decoder)
    else:
        parsed = dbtRunner().invoke(["parse", *_places(file), "--no-partial-parse"])
        if not isinstance(parsed.result, Manifest):
            raise DbtError("dbt could not parse the project")
        manifest = parsed.result
        _keep(kept, manifest)
    untyped: Any = manifest
    untyped.build_flat_graph()
    return manifest


def _keep(kept: Path, manifest: "Manifest") -> None:
    """Write the manifest for the next run, whole or not at all; a read-only project does without."""
    from dbt.parser.manifest import extended_mashumaro_encoder

    try:
        kept.parent.mkdir(exist_ok=True)
        make(kept, manifest.to_msgpack(extended_mashumaro_encoder))
    except OSError:
        logging.getLogger(__name__).debug("the manifest could not be kept")


@contextmanager
def _environment(file: Path) -> Iterator[None]:
    before = os.environ.get(FILE_VARIABLE)
    os.environ[FILE_VARIABLE] = str(file)
    try:
        yield
    finally:
        if before is None:
            del os.environ[FILE_VARIABLE]
        else:
            os.environ[FILE_VARIABLE] = before


@contextmanager
def _silence() -> Iterator[None]:
    """Keep dbt's events, and what it prints, away from a command's stdout."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        yield


def _release() -> None:
    """Let go of the file: dbt-duckdb keeps it open until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    manager: Any = DuckDBConnectionManager
    manager.close_all_connections()
