"""Bring the warehouse up to date, or build it as it would have been at a date."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bilan.building.dbt import PROJECT, run_dbt
from bilan.home import Home
from bilan.warehouse import (
    Filters,
    is_sealed,
    load,
    models_of,
    reading,
    record_build,
    warehouse_file,
    writing,
)
from bilan.warehouse.freshness import built, is_behind, models_hash

NOT_STAGING = ("--exclude", "bilan.staging")


def refresh(home: Home) -> Path:
    """Load the ledger and run dbt on the standing file, only when something changed; the file."""
    file = warehouse_file(home)
    with reading(home):
        behind = is_behind(home, PROJECT, file) or not is_sealed(home)
    if behind:
        load(home)
        with writing(home):
            build(file)
    return file


def build(file: Path) -> None:
    """Run every model on a file that events were loaded into, and record it."""
    before = built(file).models_hash
    changed = before not in ("", models_hash(PROJECT))
    run_dbt("run", file, *(["--full-refresh"] if changed else []))
    record_build(file, PROJECT)


def bounds(
    *,
    until: date | None = None,
    known_at: date | None = None,
    through: int | None = None,
    partners: str | None = None,
) -> dict[str, str]:
    """The two clocks, the ledger's end and the partners' names as dbt's vars."""
    given = {"until": until, "known_at": known_at, "through": through, "partners": partners}
    return {name: str(bound) for name, bound in given.items() if bound is not None}


@contextmanager
def as_of(
    home: Home,
    wanted: Filters | Sequence[str],
    *,
    until: date | None = None,
    known_at: date | None = None,
    through: int | None = None,
    partners: str | None = None,
) -> Iterator[tuple[Path, list[str]]]:
    """A throw-away copy of the standing file, and its models that hold what is wanted as of those dates.

    Wanted are the figures that pass filters, or models by name.

    `through` is the sequence of the last event that may be read, for what a release knew; `partners`
    « successor » reads a partner's figures under the organisation that it has become. Only what
    is wanted is built. The standing file is read and never written; the copy is gone afterwards.
    """
    standing = refresh(home)
    with reading(home):
        models = models_of(standing, wanted) if isinstance(wanted, Filters) else list(wanted)
    variables = bounds(until=until, known_at=known_at, through=through, partners=partners)
    with TemporaryDirectory(dir=home.warehouse, prefix="as-of-") as folder:
        copy = Path(folder) / standing.name  # dbt calls the catalog by the file's stem
        with reading(home):
            shutil.copyfile(standing, copy)
        if models:
            run_dbt("run", copy, "--select", *(f"+{m}" for m in models), *NOT_STAGING, variables=variables)
        yield copy, models
