"""Measure intake, the whole run, the boards, linkage and disclosure control; write `docs/mesures.md`."""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks import boards, disclosure, hidden, linkage
from benchmarks.big_log import write_big_log
from bilan.cli.demo import approve_by_ourselves
from bilan.home import Home
from bilan.samples import write_samples

ROOT = Path(__file__).parent.parent
BILAN = Path(sys.executable).with_name("bilan")
TABLE = ROOT / "docs" / "mesures.md"
REPEATS = 3
ROWS = (10_000, 100_000, 1_000_000)


def main() -> None:
    """Run every measure and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        intake = [_intake(Path(folder) / str(rows), rows) for rows in ROWS]
        steps = _whole_run(Path(folder) / "run")
        approve_by_ourselves(Home(Path(folder) / "run"))
        opened = boards.section(Home(Path(folder) / "run"))
        masked = hidden.section(Home(Path(folder) / "run"))
    TABLE.write_text(_page(intake, steps, [*opened, "", *masked]), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


def _intake(folder: Path, rows: int) -> dict[str, float]:
    path = write_big_log(folder / "files", rows)
    raw = _median(lambda _: _raw_copy(path, folder / "raw.parquet"))
    first = _median(lambda run: _bilan(folder / f"home{run}", "ingest", str(path)))
    again = write_big_log(folder / "again", rows).rename(path.with_name("arrestations_2011-07-31.csv"))
    resend = _median(lambda run: _bilan(folder / f"home{run}", "ingest", str(again)))
    return {"rows": rows, "raw": raw, "first": first, "resend": resend}


def _median(measure: Callable[[int], object]) -> float:
    seconds = []
    for run in range(REPEATS):
        start = time.perf_counter()
        measure(run)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _raw_copy(source: Path, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (from read_csv('{source}', all_varchar=true)) to '{target}' (format parquet)"
        )


def _bilan(home: Path, *arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [BILAN, *arguments, "--json"],
        env={**os.environ, "BILAN_HOME": str(home)},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 3):
        raise RuntimeError(f"bilan {arguments[0]} ended with {done.returncode}: {done.stderr.decode()}")
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def _whole_run(home: Path) -> list[tuple[str, float]]:
    start = time.perf_counter()
    files = write_samples(home / "inbox")
    steps = [(f"écrire les journaux d'exemple ({len(files)} fichiers)", time.perf_counter() - start)]
    start = time.perf_counter()
    answer = _bilan(home, "run")
    whole = time.perf_counter() - start
    measured = answer["seconds"]
    if not isinstance(measured, dict):
        raise TypeError("bilan run --json says no seconds per step")
    steps += [(f"`bilan run` : {name}", float(seconds)) for name, seconds in measured.items()]
    steps.append(("`bilan run`, du début à la fin du processus", whole))
    start = time.perf_counter()
    _bilan(home, "run")
    steps.append(("`bilan run` une seconde fois, sans rien de nouveau", time.perf_counter() - start))
    return steps


def _page(intake: list[dict[str, float]], steps: list[tuple[str, float]], opened: list[str]) -> str:
    lines = [
        "# Mesures",
        "",
        f"Mesuré le {datetime.now(UTC).date()} par `make benchmarks` : {os.cpu_count()} cœurs, "
        f"Python {platform.python_version()} ; médianes de {REPEATS}. "
        "Des processus entiers, démarrage compris.",
        "",
        "## Prendre un journal",
        "",
        "Un CSV d'arrestations, une personne pour cinq lignes, à côté de la copie brute "
        "du même fichier en Parquet par DuckDB.",
        "",
        "| lignes | DuckDB brut (s) | première prise (s) | lignes par seconde | fois DuckDB | renvoi (s) |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {m['rows']:.0f} | {m['raw']:.2f} | {m['first']:.2f} | {m['rows'] / m['first']:.0f} "
        f"| {m['first'] / m['raw']:.1f} | {m['resend']:.2f} |"
        for m in intake
    ]
    lines += ["", "## Toute la chaîne, sur les journaux d'exemple", "", "| étape | s |", "|---|---:|"]
    lines += [f"| {name} | {seconds:.1f} |" for name, seconds in steps]
    lines += ["", *opened, "", *linkage.section(), "", *disclosure.section()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
