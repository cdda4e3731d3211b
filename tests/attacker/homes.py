"""A finished home, attacked: what it publishes for the attackers, its exact rows for the scoring and for partners."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from tests.attacker.attack import attack_knowing, read
from tests.attacker.reading import catalogue_of, releases_of
from tests.attacker.report import aims_of, found_by, truth_of

PUBLIC = "public"


class Published:
    """What the current build of a home publishes, and what is true."""

    def __init__(self, home: Path) -> None:
        file = (home / "published" / "current").resolve() / "public.duckdb"
        self.catalogue = catalogue_of(file)
        self.releases = releases_of(file)
        folders = sorted((home / "releases").glob("*/candidate/exact.parquet"), key=lambda f: int(f.parts[-3]))
        self.exact = [pl.read_parquet(folder) for folder in folders]

    @property
    def partners(self) -> list[str]:
        """Who has figures of its own."""
        return sorted(self.exact[-1]["partner"].drop_nulls().unique())

    def attacked(
        self, some: slice, seconds: float, attackers: list[str] | None = None
    ) -> Iterator[tuple[str, pl.DataFrame, dict[str, int]]]:
        """Per attacker (all by default): its name, what it was after and found, and what was contradicted."""
        releases, exact = self.releases[some], self.exact[some]
        truth = truth_of(exact, self.catalogue)
        known = read(releases, self.catalogue)
        aims = aims_of(known.numbers, truth) if seconds else None
        for name in attackers if attackers is not None else [PUBLIC, *self.partners]:
            own = None if name == PUBLIC else [release.filter(partner=name) for release in exact]
            findings = attack_knowing(known, self.catalogue, own, aims=aims, seconds=seconds)
            yield name, found_by(findings, truth), findings.contradicted
