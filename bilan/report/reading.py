"""What the document is made from: the public part of a release that is out, and its signed package.

Nothing else is opened: no warehouse, no vault, no partner's file, no exact figure.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from bilan.errors import PlainError
from bilan.home import Home
from bilan.release.candidate import check_untouched, read_contents
from bilan.release.entries import read_register
from bilan.release.extraction import published_package
from bilan.release.extracts import manifest_sha256
from bilan.release.releases import Release, out, releases_of
from bilan.report.typography import Language

METHODS = {Language.FR: "METHODES.md", Language.EN: "METHODS.md"}


class ReportError(PlainError):
    """The document can't be made. The message says why, in French."""


@dataclass(frozen=True)
class Approval:
    """Who approved the release, and on which day."""

    who: str
    on: date


@dataclass(frozen=True)
class Source:
    """A release as the document needs it; `rows` and `before` are of one programme, partners summed."""

    number: int
    programme: str
    known_at: date
    published_on: date
    synthetic: bool
    manifest_sha256: str  # of the package: what its signature covers
    approvals: tuple[Approval, ...]
    methods: Mapping[Language, str]  # in Markdown, as the package tells them
    rows: pl.DataFrame
    catalogue: pl.DataFrame
    previous: int | None  # the release before that is still out
    before: pl.DataFrame | None  # its rows


def read_source(home: Home, number: int, programme: str) -> Source:
    """Read the release, once it is found to be out and as it was approved and signed.

    ReleaseRefusedError where it is not; ReportError where it has no figure of that programme.
    """
    package = published_package(home, number)
    releases = releases_of(read_register(home))
    release = releases[number]
    check_untouched(home, number, release.candidate_sha256)
    contents = read_contents(home, number)
    previous = next((r for r in out(releases) if r.number < number), None)
    return Source(
        number=number,
        programme=programme,
        known_at=date.fromisoformat(release.knows["known_at"]),
        published_on=_day(release.published_at or ""),
        synthetic=release.knows["synthetic"],
        manifest_sha256=manifest_sha256(home, number),
        approvals=_approvals(package),
        methods={language: (package / name).read_text("utf-8") for language, name in METHODS.items()},
        rows=_of_programme(contents.public, programme, number),
        catalogue=contents.catalogue,
        previous=previous.number if previous else None,
        before=_before(home, previous, programme),
    )


def _before(home: Home, previous: Release | None, programme: str) -> pl.DataFrame | None:
    if previous is None:
        return None
    check_untouched(home, previous.number, previous.candidate_sha256)
    return read_contents(home, previous.number).public.filter(pl.col("programme") == programme)


def _of_programme(rows: pl.DataFrame, programme: str, number: int) -> pl.DataFrame:
    found = rows.filter(pl.col("programme") == programme)
    if found.is_empty():
        there = " ou ".join(sorted(rows["programme"].unique().to_list()))
        raise ReportError(
            f"La publication n° {number} n'a aucun chiffre du programme {programme} : --programme {there}."
        )
    return found


def _approvals(package: Path) -> tuple[Approval, ...]:
    told = json.loads((package / "approvals.json").read_bytes())
    return tuple(Approval(one["who"], _day(one["when"])) for one in told["approvals"])


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
