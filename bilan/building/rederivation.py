"""Every figure of a release computed again from its events, in a file of its own, compared cell by cell."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from bilan.building.dbt import PROJECT, run_dbt
from bilan.building.figures import bounds
from bilan.cube import SHOWN
from bilan.dashboards.tables import DIMENSIONS, MEASURES, NO_FIGURES
from bilan.errors import PlainError
from bilan.home import Home
from bilan.ledger.delta import DeltaLedger
from bilan.release.candidate.contents import told_of
from bilan.release.candidate.exact import Exact, read_exact
from bilan.release.candidate.folder import PROVENANCE, STEWARD, candidate_folder, read_document
from bilan.release.candidate.provenance import model_hashes
from bilan.warehouse import record_build
from bilan.warehouse.load import load_events

FIGURES = tuple(name for name in MEASURES if name not in NO_FIGURES)
# a sum of floats depends, in its last digits, on the order in which threads add them
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Difference:
    """A measure of a cell that is not what it should be; `file` is where it stands in the candidate."""

    file: str
    cell: dict[str, Any]
    measure: str
    released: str | float | None
    derived: str | float | None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        cell = {name: v.isoformat() if isinstance(v, date) else v for name, v in self.cell.items()}
        return {**asdict(self), "cell": cell}


def compare_exact(file: str, released: pl.DataFrame, derived: pl.DataFrame) -> list[Difference]:
    """Every cell of one side against the other; a cell that one lacks differs by its status."""
    joined = _joined(released, derived, "full")
    return list(_differences(file, joined, ("status", *FIGURES)))


def compare_shown(file: str, shown: pl.DataFrame, exact: pl.DataFrame) -> list[Difference]:
    """Every figure that readers see against the exact one; what is hidden is not looked at."""
    seen = shown.filter(pl.col("status").is_in(SHOWN))
    joined = _joined(seen, exact, "left")
    # a measure may be hidden in a cell that is shown, never the reverse
    kept = [
        pl.when(pl.col(name).is_null()).then(None).otherwise(pl.col(f"{name}_derived")) for name in FIGURES
    ]
    measures = [expression.alias(f"{name}_derived") for name, expression in zip(FIGURES, kept, strict=True)]
    return list(_differences(file, joined.with_columns(measures), ("status", *FIGURES)))


def _joined(released: pl.DataFrame, derived: pl.DataFrame, how: Any) -> pl.DataFrame:
    """One row a cell, the measures of the second under `<name>_derived`."""
    names = [*DIMENSIONS, "status", *FIGURES]
    return released.select(names).join(
        derived.select(names),
        on=list(DIMENSIONS),
        how=how,
        nulls_equal=True,
        suffix="_derived",
        coalesce=True,
    )


def _differences(file: str, joined: pl.DataFrame, measures: Iterable[str]) -> Iterable[Difference]:
    for name in measures:
        ours, theirs = pl.col(name), pl.col(f"{name}_derived")
        wrong = joined.filter(~(_near(ours, theirs) if name in FIGURES else ours.eq_missing(theirs)))
        for row in wrong.sort(list(DIMENSIONS), nulls_last=False).iter_rows(named=True):
            cell = {dimension: row[dimension] for dimension in DIMENSIONS}
            yield Difference(file, cell, name, row[name], row[f"{name}_derived"])


def _near(ours: pl.Expr, theirs: pl.Expr) -> pl.Expr:
    ours, theirs = ours.cast(pl.Float64), theirs.cast(pl.Float64)
    near = (ours - theirs).abs() <= _TOLERANCE * pl.max_horizontal(ours.abs(), theirs.abs(), pl.lit(1.0))
    return ours.eq_missing(theirs) | near.fill_null(value=False)


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
    provenance = read_document(home, release, PROVENANCE)
    derived = _built_again(home, provenance)
    differences = compare_exact("exact.parquet", pl.read_parquet(folder / "exact.parquet"), derived.values)
    told_now = told_of(derived)
    for file in _shown_files(folder):
        name = file.relative_to(folder).as_posix()
        differences += compare_shown(name, pl.read_parquet(file), told_now)
    known_at = (str(provenance["known_at"]), derived.known_at.isoformat())
    return Rederived(
        release=release,
        figures=derived.values.height,
        differences=tuple(differences),
        models_changed=_changed(provenance["model_hashes"], model_hashes()),
        known_at=known_at if known_at[0] != known_at[1] else None,
    )


def _built_again(home: Home, provenance: dict[str, Any]) -> Exact:
    """The figures of the events that the ledger held at the release's version, and of no others."""
    version = provenance["ledger"]["version"]
    ledger = DeltaLedger(home.ledger)
    events = ledger.events().filter(pl.col("sequence") <= ledger.last_sequence(version))
    with TemporaryDirectory(dir=home.warehouse, prefix="rederived-") as folder:
        file = Path(folder) / "warehouse.duckdb"  # dbt calls the catalog by the file's stem
        load_events(file, events, version, home.root / "reference")
        run_dbt("run", file, variables=bounds(until=provenance["until"]))
        record_build(file, PROJECT)
        return read_exact(file)


def _shown_files(folder: Path) -> Sequence[Path]:
    steward = folder / STEWARD
    own = [steward] if steward.is_file() else []
    return [folder / "public.parquet", *own, *sorted((folder / "partners").glob("*.parquet"))]


def _changed(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
