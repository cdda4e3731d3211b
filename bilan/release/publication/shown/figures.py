"""The table `figures`: every cell of the releases that are out, with all that is written of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from bilan.dashboards.tables import DIMENSIONS, FIGURES
from bilan.release.publication.shown.changes import with_changes
from bilan.release.publication.shown.running import with_running
from bilan.release.wording.labels import Diffusion
from bilan.release.wording.periods import PERIOD_KINDS
from bilan.release.wording.written import with_figures

EVERYWHERE = ("Tous les territoires", "All territories")


@dataclass(frozen=True)
class Frozen:
    """The rows of a release that is out, by their readers; columns of `schema.FROZEN_FIGURES`."""

    diffusion: Diffusion
    rows: Mapping[str, pl.DataFrame]


def figures(releases: Sequence[Frozen], catalogue: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rows of `schema.FIGURES` for each reader, newest release first, as `releases` are.

    All readers' rows are shaped at once: what is written of a figure is the same whoever reads it.
    `catalogue` says how each code is shown: it has `code` and the columns of `schema.SHOWING`.
    """
    readers = list(dict.fromkeys(reader for release in releases for reader in release.rows))
    of_releases = [_of_all_readers(release) for release in releases]
    shaped = []
    for place, (release, rows) in enumerate(zip(releases, of_releases, strict=True)):
        older = place + 1 < len(of_releases)
        before = of_releases[place + 1] if older else None
        number = releases[place + 1].diffusion.release if older else None
        shaped.append(_shaped(with_changes(rows, before, number), catalogue, release.diffusion))
    whole = pl.concat(shaped)
    parts = whole.partition_by("reader", as_dict=True, include_key=False, maintain_order=True)
    nothing = whole.drop("reader").clear()
    return {reader: parts.get((reader,), nothing) for reader in readers}


def _of_all_readers(release: Frozen) -> pl.DataFrame:
    return pl.concat(
        rows.with_columns(pl.lit(reader).alias("reader")) for reader, rows in release.rows.items()
    ).sort("reader", *DIMENSIONS)


def _shaped(rows: pl.DataFrame, catalogue: pl.DataFrame, diffusion: Diffusion) -> pl.DataFrame:
    """With their texts, in the columns of the table."""
    entries = catalogue.select("code", "adds_up", "signed")
    rows = rows.join(entries, on="code", how="left", maintain_order="left")
    return with_running(with_figures(rows)).select(
        "reader", *(_column(name, diffusion).alias(name) for name in FIGURES.columns)
    )


def _column(name: str, diffusion: Diffusion) -> pl.Expr:
    """A column of the table: what the release is, what stands under another name, or as it is."""
    made = {
        "release": pl.lit(diffusion.release, pl.Int32),
        "diffusion_fr": pl.lit(diffusion.french),
        "diffusion_en": pl.lit(diffusion.english),
        "level": _level(),
        "programme_fr": pl.col("programme_name"),
        "programme_en": pl.col("programme_name_en"),
        "period_fr": pl.col("period_label"),
        "period_en": pl.col("period_label_en"),
    }
    for place, language in enumerate(("fr", "en")):
        kinds = {kind: both[place] for kind, both in PERIOD_KINDS.items()}
        made[f"territory_{language}"] = pl.col("territory").fill_null(EVERYWHERE[place])
        made[f"period_kind_{language}"] = pl.col("period_kind").replace_strict(kinds, return_dtype=pl.String)
    return made.get(name, pl.col(name))


def _level() -> pl.Expr:
    return (
        pl.when(pl.col("partner").is_not_null())
        .then(pl.lit("partner"))
        .when(pl.col("breakdown").is_not_null())
        .then(pl.lit("breakdown"))
        .otherwise(pl.lit("all"))
    )
