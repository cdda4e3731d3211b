"""Where the exact figures pass disclosure control on their way into a candidate."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from bilan.disclosure.figures import Earlier
from bilan.home import Home
from bilan.release.candidate.contents import Contents, contents_of
from bilan.release.candidate.exact import Exact
from bilan.release.candidate.folder import candidate_folder
from bilan.release.register.releases import Release


def protected(home: Home, exact: Exact, earlier: Sequence[Release]) -> tuple[Contents, dict[str, Any]]:
    """What readers get, and the protection's report: at least `safe` and `coarsened`.

    `earlier` are the releases that are out: what they show is known to everyone.
    """
    known = sorted(earlier, key=lambda release: release.number)
    return contents_of(exact, [_told_by(home, release) for release in known])


def _told_by(home: Home, release: Release) -> Earlier:
    """What a release was made from, and what it showed."""
    folder = candidate_folder(home, release.number)
    return Earlier(pl.read_parquet(folder / "exact.parquet"), pl.read_parquet(folder / "public.parquet"))
