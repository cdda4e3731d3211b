"""The rows of every table in every file of a published build.

Publication writes them. `bilan verify` makes them again from the frozen releases, and compares each cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl

from bilan.dashboards.tables import (
    BUILD_INFO,
    CHECKS,
    COMPANIONS,
    FIGURES,
    KPI_CATALOGUE,
    REFUSALS,
    RELEASES,
    REPORTS,
    REVISIONS,
    STATE,
    TABLES,
    TRANSMITTED,
    Table,
)
from bilan.release.candidate.contents import Contents
from bilan.release.candidate.quality.making import judged
from bilan.release.publication.shown.figures import Frozen, figures
from bilan.release.publication.shown.state import day_of, releases, state
from bilan.release.register.releases import Release
from bilan.release.schema import SHOWN_CATALOGUE, nothing, schema_of, shaped
from bilan.release.wording.labels import Diffusion

PUBLIC, STEWARD = "public", "steward"
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Out:
    """A release that is out, with what was frozen of it."""

    release: Release
    contents: Contents


@dataclass(frozen=True)
class Shown:
    """Rows by table: `shared` are in every file, `own` are those that each reader's file has besides."""

    shared: Tables
    own: Mapping[str, Tables]

    def of(self, reader: str) -> Tables:
        """All tables of a reader's file, each with all its rows."""
        added = self.own[reader]
        return {
            table.name: pl.concat(
                [tables[table.name] for tables in (self.shared, added) if table.name in tables]
            )
            for table in TABLES
        }


def file_of(reader: str) -> str:
    """Where a reader's file is in a build."""
    return f"{reader}.duckdb" if reader in {PUBLIC, STEWARD} else f"partners/{reader}.duckdb"


def shown(out: Sequence[Out], ever: Sequence[Release]) -> Shown:
    """The rows of a build. `out`: the releases that are out; `ever`: all that ever were; newest first."""
    diffusions = {
        release.number: Diffusion(
            release.number,
            date.fromisoformat(release.knows["known_at"]),
            is_newest=bool(out) and release.number == out[0].release.number,
        )
        for release in ever
    }
    partners = sorted({code for one in out for code in one.contents.partners} or {*ever[0].partners})
    catalogue = _catalogue(out)
    rows = _figures(out, catalogue, diffusions, partners)
    shared = {
        FIGURES.name: rows[PUBLIC],
        RELEASES.name: releases(ever, diffusions),
        **_entries(catalogue.join(rows[PUBLIC], on="code", how="semi", maintain_order="left")),
        BUILD_INFO.name: _info(out[0].release if out else ever[0]),
    }
    own = {
        reader: {
            **_quality(reader, out, diffusions),
            STATE.name: _state(reader, out, diffusions),
            **({} if reader == PUBLIC else _own_figures(rows[reader], catalogue, shared)),
        }
        for reader in (PUBLIC, STEWARD, *partners)
    }
    return Shown(shared, own)


def _figures(
    out: Sequence[Out],
    catalogue: pl.DataFrame,
    diffusions: Mapping[int, Diffusion],
    partners: Iterable[str],
) -> Tables:
    readers = (PUBLIC, STEWARD, *partners)
    if not out:
        return dict.fromkeys(readers, nothing(FIGURES))
    frozen = []
    for one in out:
        of_readers = {PUBLIC: one.contents.public, STEWARD: one.contents.steward, **one.contents.partners}
        frozen.append(Frozen(diffusions[one.release.number], of_readers))
    return {**dict.fromkeys(readers, nothing(FIGURES)), **figures(frozen, catalogue)}


def _own_figures(rows: pl.DataFrame, catalogue: pl.DataFrame, shared: Tables) -> Tables:
    new = catalogue.join(rows, on="code", how="semi", maintain_order="left")
    new = new.join(shared[KPI_CATALOGUE.name], on="code", how="anti", maintain_order="left")
    return {FIGURES.name: rows, **_entries(new)}


def _catalogue(out: Sequence[Out]) -> pl.DataFrame:
    """What the newest release that knows a code says of it."""
    frames = [shaped(SHOWN_CATALOGUE, one.contents.catalogue) for one in out]
    return pl.concat([nothing(SHOWN_CATALOGUE), *frames]).unique("code", keep="first").sort("code")


def _entries(catalogue: pl.DataFrame) -> Tables:
    """What those entries mean, and which figure is shown beside theirs."""
    beside = catalogue.filter(pl.col("companion") != "").select(
        "code", "companion", said_fr="companion_fr", said_en="companion_en"
    )
    words = pl.col("said_fr", "said_en")
    return {
        KPI_CATALOGUE.name: shaped(KPI_CATALOGUE, catalogue),
        COMPANIONS.name: shaped(COMPANIONS, beside.with_columns(pl.when(words != "").then(words))),
    }


def _state(reader: str, out: Sequence[Out], diffusions: Mapping[int, Diffusion]) -> pl.DataFrame:
    frames = [nothing(STATE)]
    for one in out:
        known = dict(one.contents.quality.organisations.iter_rows())
        organisation = None if reader in {PUBLIC, STEWARD} else (reader, known.get(reader, reader))
        frames.append(
            state(
                one.release,
                diffusions[one.release.number],
                one.contents.public,
                one.contents.quality.reports,
                organisation,
            )
        )
    return pl.concat(frames)


def _quality(reader: str, out: Sequence[Out], diffusions: Mapping[int, Diffusion]) -> Tables:
    """A reader's tables on quality: its own rows for a partner, all for the steward, none for the public."""
    tables: dict[str, list[pl.DataFrame]] = {
        table.name: [nothing(table)] for table in (REPORTS, REFUSALS, REVISIONS, CHECKS, TRANSMITTED)
    }
    for place, one in enumerate(out if reader != PUBLIC else ()):
        quality, diffusion = one.contents.quality, diffusions[one.release.number]
        for table in (REPORTS, REFUSALS, REVISIONS):
            tables[table.name].append(_of(diffusion, table, _mine(quality.tables[table.name], reader)))
        if reader == STEWARD:
            on = day_of(one.release.checked_at) or date.min
            checks = judged(quality.checks, one.release.checks, on)
            tables[CHECKS.name].append(_of(diffusion, CHECKS, checks))
        if place == 0:  # what is sent now
            tables[TRANSMITTED.name].append(shaped(TRANSMITTED, _mine(quality.transmitted, reader)))
    return {name: pl.concat(frames) for name, frames in tables.items()}


def _mine(rows: pl.DataFrame, reader: str) -> pl.DataFrame:
    return rows if reader == STEWARD else rows.filter(sender=reader)


def _of(diffusion: Diffusion, table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    named = rows.with_columns(
        release=pl.lit(diffusion.release),
        diffusion_fr=pl.lit(diffusion.french),
        diffusion_en=pl.lit(diffusion.english),
    )
    return shaped(table, named)


def _info(release: Release) -> pl.DataFrame:
    """The row of `build_info`: what is shown, or the notice of what no longer is."""
    published = datetime.fromisoformat(release.published_at or "").astimezone(UTC).replace(tzinfo=None)
    row = {
        "build": release.number,
        "published_at": published,
        "ledger_version": release.knows["ledger_version"],
        "known_at": date.fromisoformat(release.knows["known_at"]),
        "synthetic": release.knows["synthetic"],
        "notice_fr": release.notice_fr,
        "notice_en": release.notice_en,
    }
    return pl.DataFrame([row], schema=schema_of(BUILD_INFO))
