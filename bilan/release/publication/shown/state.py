"""What a board rests on: known at which date, published when, what is awaited; and every release."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import polars as pl

from bilan.dashboards.tables import RELEASES, STATE
from bilan.release.candidate.quality.wording import NOT_DUE, RECEIVED, RECEIVED_LATE, lowered
from bilan.release.register.releases import Release
from bilan.release.schema import schema_of
from bilan.release.wording.labels import Diffusion
from bilan.release.wording.periods import day_en, day_fr

AT_MOST = 160  # characters of what is awaited; beyond, the other logs are counted
IN_FORCE, TAKEN_BACK = ("en vigueur", "in force"), ("retirée", "withdrawn")


def state(
    release: Release,
    diffusion: Diffusion,
    figures: pl.DataFrame,
    reports: pl.DataFrame,
    organisation: tuple[str, str] | None,
) -> pl.DataFrame:
    """The rows of `schema.STATE` of one release that is out, in the file of `organisation` (code, name)."""
    programmes = (
        figures.group_by("programme", "programme_name", "programme_name_en")
        .agg(pl.col("known_at").max())
        .sort("programme")
    )
    published = day_of(release.published_at) or date.min
    rows = []
    for programme, french, english, known_at in programmes.iter_rows():
        awaited = awaited_in_words(reports.filter(programme=programme))
        rows.append(
            {
                **_named(diffusion),
                "programme": programme,
                "programme_fr": french,
                "programme_en": english,
                "known_at": known_at,
                "known_fr": day_fr(known_at),
                "known_en": day_en(known_at),
                "published_fr": day_fr(published),
                "published_en": day_en(published),
                "synthetic": release.knows["synthetic"],
                "awaited_fr": awaited[0],
                "awaited_en": awaited[1],
                "organisation": organisation and organisation[0],
                "organisation_name": organisation and organisation[1],
            }
        )
    return pl.DataFrame(rows, schema=schema_of(STATE))


def releases(ever: Iterable[Release], diffusions: dict[int, Diffusion]) -> pl.DataFrame:
    """The rows of `schema.RELEASES`: every release that was ever out, newest first."""
    rows = []
    for release in ever:
        words = IN_FORCE if release.is_out else TAKEN_BACK
        rows.append(
            {
                **_named(diffusions[release.number]),
                "state_fr": words[0],
                "state_en": words[1],
                "known_at": date.fromisoformat(release.knows["known_at"]),
                "made_at": day_of(release.made_at),
                "published_at": day_of(release.published_at),
                "withdrawn_at": day_of(release.withdrawn_at),
                "approvers": " ; ".join(signature.name for signature in release.signatures),
                "notice_fr": release.notice_fr,
                "notice_en": release.notice_en,
                "synthetic": release.knows["synthetic"],
            }
        )
    return pl.DataFrame(rows, schema=schema_of(RELEASES))


def awaited_in_words(reports: pl.DataFrame) -> tuple[str, str] | tuple[None, None]:
    """« depuis mai 2019 : références (CAVAC) ; effectifs (CJM, SPAL) »: the logs whose newest months due
    did not come, and since which month.
    """
    pair = ("sender", "log")
    last_told = pl.col("month").filter(pl.col("state").is_in([RECEIVED, RECEIVED_LATE])).max()
    missing = (
        reports.filter(pl.col("state") != NOT_DUE)
        .filter(pl.col("month") > last_told.over(pair).fill_null(date.min))
        .sort("month")
        .unique(pair, keep="first")
        .sort("month", "log", "sender")
        .group_by("month", "month_fr", "month_en", "log", "log_fr", "log_en", maintain_order=True)
        .agg("sender")
    )
    if missing.is_empty():
        return None, None
    french, english = (
        _by_month(missing.select(f"month_{language}", f"log_{language}", "sender"), since)
        for language, since in (("fr", "depuis {} : {}"), ("en", "since {}: {}"))
    )
    return _listed(french, " ; ", _MORE_FR), _listed(english, "; ", _MORE_EN)


def _by_month(missing: pl.DataFrame, since: str) -> list[str]:
    """A text for each log of a month, the first one telling the month."""
    texts, last = [], None
    for month, log, senders in missing.iter_rows():
        text = f"{lowered(log)} ({', '.join(senders)})"
        texts.append(text if month == last else since.format(month, text))
        last = month
    return texts


_MORE_FR = (" et {} autre journal", " et {} autres journaux")
_MORE_EN = (" and {} other log", " and {} other logs")


def _listed(texts: Sequence[str], separator: str, more: tuple[str, str]) -> str:
    """As many as fit, one at least, and how many others there are."""
    shown = texts[0]
    for place, text in enumerate(texts[1:], 1):
        if len(shown) + len(separator) + len(text) > AT_MOST:
            left = len(texts) - place
            return shown + more[left > 1].format(left)
        shown += separator + text
    return shown


def day_of(moment: str | None) -> date | None:
    """The day, UTC, of what the register notes."""
    return datetime.fromisoformat(moment).astimezone(UTC).date() if moment else None


def _named(diffusion: Diffusion) -> dict[str, object]:
    return {
        "release": diffusion.release,
        "diffusion_fr": diffusion.french,
        "diffusion_en": diffusion.english,
        "is_newest": diffusion.is_newest,
    }
