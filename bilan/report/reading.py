"""What the document is made from: the public part of a release that is out, and its signed package.

Nothing else is opened: no warehouse, no vault, no partner's file, no exact figure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from bilan.errors import PlainError
from bilan.home import Home
from bilan.release.candidate.folder import check_untouched, read_contents
from bilan.release.publication.extracts import manifest_sha256, published_package
from bilan.release.publication.shown.figures import Frozen, figures
from bilan.release.register.entries import read_register
from bilan.release.register.releases import Release, out, releases_of
from bilan.release.wording.labels import Diffusion
from bilan.release.wording.periods import day_fr
from bilan.report.typography import Language

PUBLIC = "public"
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
    """A release as the document needs it; `rows` are those of one programme, as `schema.FIGURES` has them."""

    number: int
    previous: int | None  # the release before it that is out: what changes are told from
    programme: str
    known_at: date  # the last statement of that programme
    published_on: date
    synthetic: bool
    manifest_sha256: str  # of the package: what its signature covers
    approvals: tuple[Approval, ...]
    methods: Mapping[Language, str]  # in Markdown, as the package tells them
    rows: pl.DataFrame
    catalogue: pl.DataFrame


def read_source(home: Home, number: int, programme: str) -> Source:
    """Read the release, once it is found to be out and as it was approved and signed.

    ReleaseRefusedError where it is not; ReportError where it has no figure of that programme.
    """
    package = published_package(home, number)
    releases = releases_of(read_register(home))
    release = releases[number]
    previous = next((r for r in out(releases) if r.number < number), None)
    frozen = [_frozen(home, one, programme) for one in (release, previous) if one is not None]
    catalogue = read_contents(home, number).catalogue
    rows = written_rows(frozen, catalogue, programme, number)
    return Source(
        number=number,
        previous=previous.number if previous else None,
        programme=programme,
        known_at=max(day for day in rows["known_at"] if day is not None),
        published_on=_day(release.published_at or ""),
        synthetic=release.knows["synthetic"],
        manifest_sha256=manifest_sha256(home, number),
        approvals=_approvals(package),
        methods={language: (package / name).read_text("utf-8") for language, name in METHODS.items()},
        rows=rows,
        catalogue=catalogue,
    )


def _frozen(home: Home, release: Release, programme: str) -> Frozen:
    """The public rows of a programme, once they are found to be those that were approved."""
    check_untouched(home, release.number, release.candidate_sha256)
    known_at = date.fromisoformat(release.knows["known_at"])
    rows = read_contents(home, release.number).public.filter(pl.col("programme") == programme)
    return Frozen(Diffusion(release.number, known_at, is_newest=False), {PUBLIC: rows})


def written_rows(
    releases: Sequence[Frozen], catalogue: pl.DataFrame, programme: str, number: int
) -> pl.DataFrame:
    """The first release's rows with all that is written of them, changes since the second one included.

    ReportError where it has none, or knows of no day of the programme.
    """
    begins = releases[0].rows[PUBLIC].filter(period_kind="total")["period_start"].min()
    if not isinstance(begins, date):
        raise ReportError(f"La publication n° {number} n'a aucun chiffre du programme {programme}.")
    known_at = releases[0].diffusion.known_at
    if begins > known_at:
        raise ReportError(
            f"La publication n° {number} ne sait rien du programme {programme} : elle est connue au "
            f"{day_fr(known_at)}, et il commence le {day_fr(begins)}."
        )
    return figures(releases, catalogue)[PUBLIC].filter(pl.col("release") == number)


def _approvals(package: Path) -> tuple[Approval, ...]:
    document = json.loads((package / "approvals.json").read_bytes())
    return tuple(Approval(one["who"], _day(one["when"])) for one in document["approvals"])


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
