"""`python -m tests.attacker HOME`: attack what a finished home publishes, and say what was found."""

import sys
import time
from pathlib import Path

import polars as pl

from tests.attacker.attack import attack
from tests.attacker.reading import catalogue_of, releases_of
from tests.attacker.report import scored, summary, truth_of


def main(home: Path) -> None:
    """Attack the current build of a home as the public."""
    build = home / "published" / "current"
    file = build.resolve() / "public.duckdb"
    catalogue = catalogue_of(file)
    rows = releases_of(file)
    numbers = sorted(int(folder.name) for folder in (home / "releases").iterdir() if folder.is_dir())
    exact = [pl.read_parquet(home / "releases" / str(n) / "candidate" / "exact.parquet") for n in numbers]
    for name, some in (("last release", slice(-1, None)), ("all releases", slice(None))):
        start = time.monotonic()
        findings = attack(rows[some], catalogue)
        told = scored(findings, truth_of(exact[some], catalogue))
        print(f"public, {name} ({time.monotonic() - start:.0f} s): {summary(told)}")
        print("  contradicted:", sum(findings.contradicted.values()), findings.contradicted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
