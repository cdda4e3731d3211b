"""A finished home, attacked: its published rows are the attackers', its exact ones the scoring's."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.attacker.attack import Known, attack_knowing, read
from tests.attacker.reading import catalogue_of, releases_of
from tests.attacker.report import aims_of, found_by, truth_of

PUBLIC = "public"


@dataclass(frozen=True)
class Read:
    """Some releases, read once for all attackers, and what is true of them."""

    catalogue: pl.DataFrame
    known: Known
    exact: Sequence[pl.DataFrame]

    def attacked(self, name: str, seconds: float) -> pl.DataFrame:
        """The small counts that an attacker (`PUBLIC` or a partner) is after, and which it found.

        `seconds` are for programmes; with none, bounds are only passed along.
        """
        truth = truth_of(self.exact, self.catalogue)
        aims = aims_of(self.known.numbers, truth) if seconds else None
        own = None if name == PUBLIC else [release.filter(partner=name) for release in self.exact]
        return found_by(attack_knowing(self.known, self.catalogue, own, aims=aims, seconds=seconds), truth)


class Published:
    """What the current build of a home publishes, and what is true."""

    def __init__(self, home: Path) -> None:
        file = (home / "published" / "current").resolve() / "public.duckdb"
        self.catalogue = catalogue_of(file)
        self.releases = releases_of(file)
        files = sorted((home / "releases").glob("*/candidate/exact.parquet"), key=lambda f: int(f.parts[-3]))
        self.exact = [pl.read_parquet(file) for file in files]

    @property
    def partners(self) -> list[str]:
        """Who has figures of its own."""
        return sorted(self.exact[-1]["partner"].drop_nulls().unique())

    def known(self, some: slice) -> Read:
        """Those of the releases, as everybody reads them."""
        return Read(self.catalogue, read(self.releases[some], self.catalogue), self.exact[some])
