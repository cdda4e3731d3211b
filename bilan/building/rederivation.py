"""Every figure of a release computed again from its events, in a file of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from bilan.building.dbt import PROJECT, run_dbt
from bilan.building.figures import bounds
from bilan.errors import PlainError
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.candidate.comparing import Difference, compare_exact, compare_shown
from bilan.release.candidate.contents import told_of
from bilan.release.candidate.exact import Exact, read_exact
from bilan.release.candidate.folder import PROVENANCE, STEWARD, candidate_folder, read_document
from bilan.release.candidate.provenance import model_hashes
from bilan.warehouse import record_build
from bilan.warehouse.load import load_events


class NoSuchReleaseError(PlainError):
    """No candidate goes by that number."""


@dataclass(frozen=True)
class Rederived:
    """What came of it. `models_changed`: models that are no longer those that the release was made with."""

    release: int
    figures: int
    differences: tuple[Difference, ...]
    models_changed: tuple[str, ...]
    known_at: tuple[str, str] | None  # what the release says and what its events say, where they differ

    @property
    def sound(self) -> bool:
        """Whether every figure is what the events give."""
        return not self.differences and self.known_at is None


def rederive(home: Home, release: int) -> Rederived:
    """Build the figures of a release's events afresh and hold all that it froze against them.

    The standing warehouse is neither read nor written. NoSuchReleaseError where there is no candidate.
    """
    folder = candidate_folder(home, release)
    if not (folder / PROVENANCE).is_file():
        raise NoSuchReleaseError(f"La publication n° {release} n'existe pas : « bilan release list ».")
    told = read_document(home, release, PROVENANCE)
    derived = _built_again(home, told)
    differences = compare_exact("exact.parquet", pl.read_parquet(folder / "exact.parquet"), derived.values)
    told_now = told_of(derived)
    for file in _shown_files(folder):
        name = file.relative_to(folder).as_posix()
        differences += compare_shown(name, pl.read_parquet(file), told_now)
    known_at = (str(told["known_at"]), derived.known_at.isoformat())
    return Rederived(
        release=release,
        figures=derived.values.height,
        differences=tuple(differences),
        models_changed=_changed(told["model_hashes"], model_hashes()),
        known_at=known_at if known_at[0] != known_at[1] else None,
    )


def _built_again(home: Home, told: dict[str, Any]) -> Exact:
    """The figures of the events that the ledger held at the release's version, and of no others."""
    version = told["ledger"]["version"]
    ledger = DeltaLedger(home.ledger)
    events = ledger.events().filter(pl.col("sequence") <= ledger.last_sequence(version))
    with TemporaryDirectory(dir=home.warehouse, prefix="rederived-") as folder:
        file = Path(folder) / "warehouse.duckdb"  # dbt calls the catalog by the file's stem
        load_events(file, events, version, home.root / "reference")
        run_dbt("run", file, variables=bounds(until=told["until"]))
        record_build(file, PROJECT)
        return read_exact(file)


def _shown_files(folder: Path) -> Sequence[Path]:
    steward = folder / STEWARD
    own = [steward] if steward.is_file() else []
    return [folder / "public.parquet", *own, *sorted((folder / "partners").glob("*.parquet"))]


def _changed(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
